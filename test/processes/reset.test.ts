import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { migrate } from '../../src/api/migrate.ts'
import { restoreReset } from '../../src/api/reset/restore.ts'
import { resetMigrations } from '../../src/api/reset-migrations.ts'
import { hasCode } from '../../src/errors/error.ts'
import { allRows } from '../support/all-rows.ts'
import { testOnEach } from '../support/databases.ts'
import { openSession } from '../support/open-session.ts'
import { createProject, finished } from '../support/project.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'

const deep = process.env['GODWIT_DEEP'] === '1'
const script = join(import.meta.dirname, 'reset-and-die.ts')
const imports = "import { addField, createModel, defineMigration, f } from 'godwit/migrations'"
const files = {
  'billing/models.ts': `
import { f, model } from 'godwit'
export const Invoice = model('Invoice', { number: f.char({ maxLength: 20 }), total: f.integer({ default: 0 }) })
`,
  'billing/migrations/0001_initial.ts': `${imports}
export default defineMigration({ operations: [createModel({ name: 'Invoice', fields: { id: f.bigAuto({ primaryKey: true }), number: f.char({ maxLength: 20 }) } })] })
`,
  'billing/migrations/0002_total.ts': `${imports}
export default defineMigration({ dependencies: [['billing', '0001_initial']], operations: [addField({ model: 'Invoice', name: 'total', field: f.integer({ default: 0 }) })] })
`,
}

/** A project at the end of its history, to be copied: the first of each copy's files that is imported is the one that Node knows from then on. */
interface Start {
  readonly dir: string
  readonly database: TestDatabase
}

async function start(on: DatabaseUnderTest, action: 'reset' | 'restore'): Promise<Start> {
  const database = await on.create()
  const { dir } = createProject({ files, database })
  await migrate({ cwd: dir })
  const client = await database.connect()
  await client.exec("INSERT INTO billing_invoice (number, total) VALUES ('A-1', 7), ('A-2', 0)")
  await client.close()
  if (action === 'restore') await resetMigrations({ cwd: dir, apps: ['billing'] })
  return { dir, database }
}

async function copyOf({ dir, database }: Start): Promise<Start> {
  const copy = await database.copy()
  const kept = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !entry.parentPath.includes('node_modules') && entry.name !== 'godwit.config.ts',
    )
    .map((entry) => join(entry.parentPath, entry.name))
  const texts = kept.map((path) => [relative(dir, path), readFileSync(path, 'utf8')])
  return { dir: createProject({ files: Object.fromEntries(texts), database: copy }).dir, database: copy }
}

async function stepsOf(place: Start, action: 'reset' | 'restore', fatal = 0): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, place.dir, action, String(fatal)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { code, stdout, stderr, signal } = await finished(child)
  assert.deepEqual([code, signal], fatal === 0 ? [0, null] : [null, 'SIGKILL'], stderr)
  return stdout.trim().split('\n')
}

/** What is in the folder of the migrations, and what the record says of them. */
async function standing({ dir, database }: Start) {
  const folder = join(dir, 'billing/migrations')
  const texts = readdirSync(folder).filter((entry) => /^[^_]*\.ts$/.test(entry) || entry.startsWith('000'))
  const session = await openSession(database.url)
  try {
    const rows = await session.query({ parts: ['SELECT name, checksum FROM godwit_migrations ORDER BY name'] })
    return {
      files: Object.fromEntries(
        texts
          .filter((entry) => entry.endsWith('.ts'))
          .toSorted()
          .map((entry) => [entry, withoutDay(readFileSync(join(folder, entry), 'utf8'))]),
      ),
      record: rows.map((row) => `${row['name']} ${row['checksum']}`),
    }
  } finally {
    await session.close()
  }
}

function withoutDay(text: string): string {
  return text.replace(/on \d{4}-\d\d-\d\d/, '')
}

/** The old files are all in the backup, or all in their place. */
function assertNothingLost({ dir }: Start, old: Readonly<Record<string, string>>): void {
  const backups = join(dir, '.godwit/resets')
  const [stamp] = existsSync(backups) ? readdirSync(backups) : []
  const places = [
    join(dir, 'billing/migrations'),
    ...(stamp === undefined ? [] : [join(backups, stamp, 'files/billing')]),
  ]
  const isWhole = (folder: string): boolean =>
    Object.entries(old).every(
      ([name, text]) => existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') === text,
    )
  assert.ok(places.some(isWhole))
}

const old = Object.fromEntries(
  Object.entries(files).flatMap(([path, text]) =>
    path.includes('migrations') ? [[path.slice('billing/migrations/'.length), text]] : [],
  ),
)

for (const action of ['reset', 'restore'] as const) {
  testOnEach(
    `a ${action} killed at any step is finished by running it again, taken back, or adopted by migrate`,
    async (on) => {
      const first = await start(on, action)
      const rows = await allRows(first.database.url)
      const untouched = await standing(first)
      const undisturbed = await copyOf(first)
      const steps = await stepsOf(undisturbed, action)
      const done = await standing(undisturbed)
      const [before, after] = action === 'reset' ? [untouched, done] : [done, untouched]
      // Elsewhere only the steps about rows are others; their files are files.
      const points = steps
        .map((_, index) => index + 1)
        .filter((point) => on.kind === 'sqlite' || /^(record|put billing.0002|commit)/.test(steps[point - 1] ?? ''))

      type Found = Awaited<ReturnType<typeof standing>>
      const again = async (place: Start, _: Found, at: string): Promise<void> => {
        await resetMigrations({ cwd: place.dir, apps: ['billing'] })
        assert.deepEqual(await standing(place), done, at)
      }
      const back = async (place: Start, _: Found, at: string): Promise<void> => {
        await restoreReset({ cwd: place.dir }).catch(alreadyDone)
        assert.deepEqual(await standing(place), before, at)
      }
      const onwards = async (place: Start, found: Found, at: string): Promise<void> => {
        const migrated = await outcomeOf(place)
        if (migrated === 'refused') {
          assert.notDeepEqual(Object.keys(found.files), Object.keys(after.files), at)
          return
        }
        assert.deepEqual(migrated, [], at)
        assert.deepEqual((await standing(place)).files, found.files, at)
        assert.equal(await allRows(place.database.url), rows, at)
      }
      const recoveries = action === 'reset' ? [again, back, onwards] : [back, onwards]

      for (const point of points) {
        const at = `killed before "${steps[point - 1]}"`
        const dead = await copyOf(first)
        await stepsOf(dead, action, point)
        const found = await standing(dead)
        assertNothingLost(dead, old)
        assert.ok(Object.keys(found.files).length > 0 && found.record.length > 0, at)
        assert.ok(
          [before.record, after.record].some((record) => record.join() === found.record.join()),
          at,
        )
        assert.equal(await allRows(dead.database.url), rows, at)

        for (const [turn, recover] of recoveries.entries()) {
          // Neighbouring points leave the same or nearly: in the ordinary run each has one of the ways on, in turn.
          if (deep || (point + turn) % recoveries.length === 0) await recover(await copyOf(dead), found, at)
        }
      }
      console.log(`${on.name}, ${action}: ${points.length} of ${steps.length} steps killed the process`)
    },
  )
}

/** Nothing to put back: the process died before anything was changed, or when all of it was. */
function alreadyDone(error: unknown): void {
  if (!hasCode(error, 'resets.noBackup')) throw error
}

/** What `migrate` applies where a process has died; it refuses files of which a part is there. */
async function outcomeOf({ dir }: Start): Promise<'refused' | readonly string[]> {
  try {
    return (await migrate({ cwd: dir })).applied.map(({ app, name }) => `${app}.${name}`)
  } catch (error) {
    if (!hasCode(error, 'resets.fileOfGone')) throw error
    return 'refused'
  }
}
