import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { shopDatabase } from './database.ts'
import { showCommand } from './show.ts'

const repository = join(import.meta.dirname, '..')
const stages = join(import.meta.dirname, 'stages')
const { positionals, values } = parseArgs({ allowPositionals: true, options: { database: { type: 'string' } } })
const [namedFolder] = positionals
const shop = namedFolder === undefined ? join(repository, '.demo') : resolve(namedFolder)
const bin = join(repository, 'src', 'cli', 'bin.ts')

/** The database of the shop: a file in its folder, or the one that was named. */
export const database = shopDatabase(values.database ?? 'sqlite:./shop.db', join(shop, 'shop.db'))

const config = `import { defineConfig } from 'godwit'

export default defineConfig({
  apps: { accounts: './accounts', catalogue: './catalogue', billing: './billing', blog: './blog' },
  databases: { default: ${JSON.stringify(database.url).replaceAll('"', "'")} },
})
`

/** One row of a query. */
export type Row = Readonly<Record<string, unknown>>

/** Makes the scratch folder anew: a project in which `godwit` can be imported, from the sources of this repository. */
export async function openShop(): Promise<void> {
  // A folder that was named on the command line may be anybody's: it must not be there yet, and mkdir says so.
  if (namedFolder === undefined) rmSync(shop, { recursive: true, force: true })
  mkdirSync(shop)
  // So may a database that was named.
  if ((await database.tables()).length > 0) throw new Error('The database must be empty.')
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
export function insertRows(): Promise<void> {
  return database.run(readFileSync(join(stages, '0-initial', 'rows.sql'), 'utf8'))
}

/** How many rows each table has. */
export async function countRows(): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const table of await database.tables()) {
    counts.set(table, (await database.rows(`SELECT 1 AS one FROM "${table}"`)).length)
  }
  return counts
}
