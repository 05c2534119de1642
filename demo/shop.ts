import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { showCommand } from './show.ts'

const repository = join(import.meta.dirname, '..')
const stages = join(import.meta.dirname, 'stages')
const namedFolder = process.argv[2]
const shop = namedFolder === undefined ? join(repository, '.demo') : resolve(namedFolder)
const bin = join(repository, 'src', 'cli', 'bin.ts')
const database = join(shop, 'shop.db')

const config = `import { defineConfig } from 'godwit'

export default defineConfig({
  apps: { accounts: './accounts', catalogue: './catalogue', billing: './billing', blog: './blog' },
  databases: { default: 'sqlite:./shop.db' },
})
`

/** One row of a query. */
export type Row = Readonly<Record<string, unknown>>

/** Makes the scratch folder anew: a project in which `godwit` can be imported, from the sources of this repository. */
export function openShop(): void {
  // A folder that was named on the command line may be anybody's: it must not be there yet, and mkdir says so.
  if (namedFolder === undefined) rmSync(shop, { recursive: true, force: true })
  mkdirSync(shop)
  const installed = join(shop, 'node_modules', 'godwit')
  mkdirSync(installed, { recursive: true })
  const exports = { '.': './src/index.ts', './migrations': './src/migrations.ts' }
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ name: 'godwit', type: 'module', exports }))
  // Node resolves the link before it looks whether a file lies in node_modules, where it would strip no types.
  symlinkSync(join(repository, 'src'), join(installed, 'src'), 'junction')
  writeFileSync(join(shop, 'package.json'), JSON.stringify({ name: 'shop', type: 'module' }))
  writeFileSync(join(shop, 'godwit.config.ts'), config)
}

/** Copies the files of a stage into the shop. */
export function installStage(stage: string): void {
  cpSync(join(stages, stage), shop, { recursive: true, filter: (file) => !file.endsWith('.sql') })
}

/** The text of a file of the shop; empty where there is none. */
export function readShopFile(file: string): string {
  const path = join(shop, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** The names of all migration files, sorted. */
export function migrationFiles(): readonly string[] {
  return globSync('*/migrations/*.ts', { cwd: shop })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
}

/** Runs the real command line in the shop and shows what it prints. Throws when it ends with another exit code than expected. */
export function godwit(args: readonly string[], { exitCode = 0, mostLines = 100 } = {}): string {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: shop, env, encoding: 'utf8' })
  const output = stdout + stderr
  showCommand(
    ['godwit', ...args.map(quotedForShell)].join(' '),
    output,
    status ?? -1,
    status === exitCode ? mostLines : Infinity,
  )
  if (status !== exitCode) throw new Error(`Expected exit code ${exitCode}, got ${status}.`)
  return output
}

/** An argument as it is typed in a POSIX shell. */
function quotedForShell(arg: string): string {
  if (!/[\s"'$]/.test(arg)) return arg
  return `"${arg}"`
}

/** Fills the tables of the first stage. */
export function insertRows(): void {
  withDatabase((db) => db.exec(readFileSync(join(stages, '0-initial', 'rows.sql'), 'utf8')))
}

/** The rows of a query, asked as an application would: by a connection that has never heard of Godwit. */
export function rowsOf(query: string): readonly Row[] {
  return withDatabase((db) => db.prepare(query).all())
}

/** How many rows each table has; Godwit's own tables and SQLite's are left out. */
export function countRows(): ReadonlyMap<string, number> {
  const tables = rowsOf(`SELECT name FROM sqlite_schema WHERE type = 'table' AND ${ofTheShop}`)
  return new Map(tables.map(({ name }) => [String(name), rowsOf(`SELECT * FROM "${name}"`).length]))
}

/** Everything that the database holds besides rows, as SQLite itself keeps it. */
export function schemaOf(): readonly Row[] {
  return rowsOf(`SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE ${ofTheShop} ORDER BY type, name`)
}

const ofTheShop = "tbl_name NOT LIKE 'godwit%' AND tbl_name NOT LIKE 'sqlite%'"

function withDatabase<Answer>(use: (db: DatabaseSync) => Answer): Answer {
  const db = new DatabaseSync(database)
  try {
    return use(db)
  } finally {
    db.close()
  }
}
