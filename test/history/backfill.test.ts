import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import { f } from '../../src/fields/f.ts'
import { loadMigrations } from '../../src/history/loader.ts'
import { fillNulls } from '../../src/operations/fill-nulls.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { sql } from '../../src/schema/sql.ts'
import { findField, findModel } from '../../src/state/project-state.ts'
import { stateOf } from '../../src/state/with-model.ts'
import { writeMigration } from '../../src/writer/write-migration.ts'

const scratch = mkdtempSync(join(tmpdir(), 'godwit-backfill-'))
after(() => rmSync(scratch, { recursive: true, force: true }))
const migrationsModule = new URL('../../src/migrations.ts', import.meta.url).href

/** Loads a migration file of an app of its own. */
async function loaded(app: string, source: string): Promise<readonly Operation[]> {
  const folder = join(scratch, app)
  mkdirSync(join(folder, 'migrations'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'migrations/0001_fill.ts'), source.replace('godwit/migrations', migrationsModule))
  const [migration] = await loadMigrations(new Map([[app, folder]]))
  return migration?.definition.operations ?? []
}

const state = stateOf([
  { app: 'accounts', name: 'User', fields: { id: f.bigAuto({ primaryKey: true }) } },
  {
    app: 'billing',
    name: 'Invoice',
    fields: {
      id: f.bigAuto({ primaryKey: true }),
      owner: f.foreignKey('accounts.User', { null: true }),
      weight: f.bigInteger({ null: true }),
      note: f.text({ null: true }),
    },
  },
])

function fillOf(name: string, value: Parameters<typeof fillNulls>[2]): Operation {
  const model = findModel(state, 'billing.Invoice')
  const entry = model && findField(model, name)
  if (model === undefined || entry === undefined) throw new Error(`There is no field ${name}.`)
  return fillNulls(model, entry, value)
}

/** What earlier versions wrote into the second of the safe three steps. */
const writtenBefore = `import { defineMigration, runCode } from 'godwit/migrations'

export default defineMigration({
  atomic: false,
  operations: [
    runCode({
      description: 'Fill line.status where it is NULL',
      atomic: false,
      async forwards({ db, log }) {
        // Each batch is committed by itself and fills only what is NULL, so this can be stopped and run again.
        let last: { id: unknown } | undefined
        for (let batch = 1; ; batch += 1) {
          const after = last
          let open = db.selectFrom('line').select(['id']).where('status', 'is', null)
          if (after !== undefined) open = open.where('id', '>', after.id)
          const rows = await open.orderBy('id').limit(1000).execute()
          const end = rows.at(-1)
          if (end === undefined) return
          let filling = db.updateTable('line').set({ status: 'draft' }).where('status', 'is', null)
          filling = filling.where('id', '<=', end.id)
          if (after !== undefined) filling = filling.where('id', '>', after.id)
          await filling.execute()
          log(\`line.status: batch \${batch} of \${rows.length} rows filled\`)
          last = end
        }
      },
      backwards() {},
    }),
  ],
})
`

describe('a backfill in a file', () => {
  test('is the same when it is loaded again, whatever its value', async () => {
    const operations = [fillOf('owner', 7), fillOf('weight', { $bigint: '9007199254740993' }), fillOf('note', "it's")]
    const source = writeMigration({
      app: 'billing',
      name: '0001_fill',
      definition: { atomic: false, operations },
    })
    assert.match(
      source,
      /where: \{ ownerId: null \},\n {6}run: \{ set: \{ ownerId: 7 \} \},\n {6}backwards: 'nothing',\n {6}elidable: true,/,
    )
    assert.deepEqual(await loaded('billing', source), operations)
  })

  test('that an earlier version wrote loads and does its work', async () => {
    const [operation] = await loaded('before', writtenBefore)
    assert.equal(operation?.kind, 'runCode')
    const session = await openSqlite({ path: ':memory:' })
    try {
      await session.script('CREATE TABLE line (id INTEGER PRIMARY KEY, status TEXT)')
      await session.query(sql`
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2499)
        INSERT INTO line SELECT i, CASE WHEN i % 5 = 0 THEN 'kept' END FROM n`)
      const said: string[] = []
      await operation.forwards({
        models: {},
        db: session.kysely,
        log: (message) => void said.push(message),
        progress: () => {},
      })
      const rows = await session.query(sql`SELECT status, count(*) AS n FROM line GROUP BY status ORDER BY status`)
      assert.deepEqual(
        rows.map(({ status, n }) => [status, Number(n)]),
        [
          ['draft', 2000],
          ['kept', 500],
        ],
      )
      assert.equal(said.length, 2)
    } finally {
      await session.close()
    }
  })
})
