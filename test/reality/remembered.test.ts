import assert from 'node:assert/strict'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph, type Graph } from '../../src/history/graph.ts'
import type { MigrationDefinition } from '../../src/history/migration.ts'
import { migrationKey } from '../../src/history/migration.ts'
import { rememberedObjects } from '../../src/history/remembered-objects.ts'
import {
  addField,
  alterModelTable,
  createModel,
  defineMigration,
  f,
  renameField,
  runCode,
  runSql,
} from '../../src/migrations.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { testOnEach } from '../support/databases.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

function graphOf(definitions: Readonly<Record<string, MigrationDefinition>>): Graph {
  let previous: string | undefined
  const migrations = Object.entries(definitions).map(([name, definition]) => {
    const dependencies = previous === undefined ? [] : ([['shop', previous]] as const)
    previous = name
    return { app: 'shop', name, definition: { ...definition, dependencies } }
  })
  return buildGraph(migrations)
}

/** What is remembered, a line each: what it is, and who made it. */
async function told(session: Session): Promise<readonly string[]> {
  const found = await rememberedObjects(session)
  return found
    .map(({ kind, name, table, migration }) => `${kind} ${table === undefined ? '' : `${table}.`}${name}: ${migration}`)
    .sort()
}

async function onDatabase(on: DatabaseUnderTest, work: (session: Session) => Promise<void>): Promise<void> {
  const database = await on.createScratch()
  const session = await database.openSession()
  try {
    await work(session)
  } finally {
    await session.close()
  }
}

const to = (name: string) => ({ kind: 'migration', app: 'shop', key: migrationKey('shop', name) }) as const

const initial = defineMigration({
  operations: [
    createModel({ name: 'Order', fields: { id: f.bigAuto({ primaryKey: true }), total: f.integer(), note: f.text() } }),
  ],
})

const triggers = {
  sqlite: (body: string) =>
    `CREATE TRIGGER order_audit AFTER UPDATE ON shop_order BEGIN INSERT INTO shop_audit (text) VALUES ('${body}'); END`,
  postgres: (body: string) =>
    `CREATE OR REPLACE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO shop_audit (text) VALUES ('${body}'); RETURN NEW; END $$;
     DROP TRIGGER IF EXISTS order_audit ON shop_order;
     CREATE TRIGGER order_audit AFTER UPDATE ON shop_order FOR EACH ROW EXECUTE FUNCTION audit()`,
  mariadb: (body: string) =>
    `CREATE TRIGGER order_audit AFTER UPDATE ON shop_order FOR EACH ROW INSERT INTO shop_audit (text) VALUES ('${body}')`,
}

const perDatabase = (make: (trigger: (body: string) => string) => string) => ({
  sqlite: make(triggers.sqlite),
  postgres: make(triggers.postgres),
  mariadb: make(triggers.mariadb),
  mysql: make(triggers.mariadb),
})

const dropTrigger = {
  sqlite: 'DROP TRIGGER order_audit',
  postgres: 'DROP TRIGGER order_audit ON shop_order; DROP FUNCTION audit()',
  mariadb: 'DROP TRIGGER order_audit',
  mysql: 'DROP TRIGGER order_audit',
}

const byHand = defineMigration({
  operations: [
    runSql({
      forwards: perDatabase(
        (trigger) => `CREATE TABLE shop_audit (text varchar(100));
        CREATE VIEW shop_totals AS SELECT total FROM shop_order;
        CREATE INDEX by_total ON shop_order (total);
        ${trigger('first')}`,
      ),
      backwards: {
        ...Object.fromEntries(
          Object.entries(dropTrigger).map(([kind, drop]) => [
            kind,
            `${drop}; DROP INDEX by_total${kind.startsWith('m') ? ' ON shop_order' : ''}; DROP VIEW shop_totals; DROP TABLE shop_audit`,
          ]),
        ),
      },
    }),
  ],
})

const made = (kind: string, { trigger = '0002', table = 'shop_order', name = 'by_total' } = {}): readonly string[] =>
  [
    ...(kind === 'postgres' ? [`function audit(): shop.${trigger}`] : []),
    `index ${table}.${name}: shop.0002`,
    'table shop_audit: shop.0002',
    `trigger ${table}.order_audit: shop.0002`,
    'view shop_totals: shop.0002',
  ].sort()

testOnEach('what SQL of migrations makes is remembered, and follows what later ones rename', async (on) => {
  await onDatabase(on, async (session) => {
    const graph = graphOf({
      '0001': initial,
      '0002': byHand,
      '0003': defineMigration({
        operations: [
          addField({ model: 'Order', name: 'paid', field: f.boolean({ default: false }) }),
          alterModelTable({ name: 'Order', table: 'orders' }),
          renameField({ model: 'Order', from: 'total', to: 'amount' }),
        ],
      }),
    })
    await migrate({ session, graph, target: to('0001') })
    assert.deepEqual(await told(session), [])
    await migrate({ session, graph, target: to('0002') })
    assert.deepEqual(await told(session), made(on.kind))
    await migrate({ session, graph, onDependents: async () => true })
    assert.deepEqual(await told(session), made(on.kind, { table: 'orders' }))
    const index = (await rememberedObjects(session)).find(({ kind }) => kind === 'index')
    assert.match(index?.definition ?? '', /amount/)
    await migrate({ session, graph, target: to('0002'), onDependents: async () => true })
    assert.deepEqual(await told(session), made(on.kind))
    await migrate({ session, graph, target: to('0001') })
    assert.deepEqual(await told(session), [])
    await migrate({ session, graph, fake: true })
    assert.deepEqual(await told(session), [])
  })
})

const changing = defineMigration({
  atomic: false,
  operations: [
    runSql({
      forwards: 'ALTER TABLE shop_audit ADD COLUMN seen integer; DROP VIEW shop_totals',
      backwards: 'ALTER TABLE shop_audit DROP COLUMN seen; CREATE VIEW shop_totals AS SELECT total FROM shop_order',
    }),
    runCode({
      atomic: false,
      forwards: async ({ db }) => {
        await db.schema.createView('shop_notes').as(db.selectFrom('shop_order').select('note')).execute()
      },
      backwards: async ({ db }) => {
        await db.schema.dropView('shop_notes').execute()
      },
    }),
  ],
})

const changed = (kind: string): readonly string[] =>
  made(kind)
    .map((line) =>
      line.replace(/^view .*/, 'view shop_notes: shop.0003').replace(/^table .*/, 'table shop_audit: shop.0003'),
    )
    .sort()

testOnEach(
  'what code makes is remembered, and what a later migration changes is its own until it goes back',
  async (on) => {
    await onDatabase(on, async (session) => {
      const graph = graphOf({ '0001': initial, '0002': byHand, '0003': changing })
      await migrate({ session, graph })
      assert.deepEqual(await told(session), changed(on.kind))
      await migrate({ session, graph, target: to('0002') })
      assert.deepEqual(await told(session), made(on.kind))
    })
  },
)

/** Made so that it may run again where a run was cut off, as nobody can see how far it came. */
const again = {
  made: defineMigration({
    atomic: false,
    operations: [
      runSql({
        forwards: 'DROP VIEW IF EXISTS shop_totals; CREATE VIEW shop_totals AS SELECT total FROM shop_order',
        backwards: 'DROP VIEW IF EXISTS shop_totals',
      }),
      runSql({
        forwards: 'CREATE TABLE IF NOT EXISTS shop_audit (text varchar(100))',
        backwards: 'DROP TABLE IF EXISTS shop_audit',
      }),
    ],
  }),
  changed: defineMigration({
    atomic: false,
    operations: [
      runCode({
        atomic: false,
        forwards: async ({ db }) => {
          await db.schema.dropView('shop_totals').ifExists().execute()
          await db.schema.createView('shop_totals').as(db.selectFrom('shop_order').select('note')).execute()
        },
        backwards: async ({ db }) => {
          await db.schema.dropView('shop_totals').ifExists().execute()
          await db.schema.createView('shop_totals').as(db.selectFrom('shop_order').select('total')).execute()
        },
      }),
    ],
  }),
}

testOnEach('a run that died at any statement leaves nothing forgotten', async (on) => {
  const database = await on.create()
  const graph = graphOf({ '0001': initial, '0002': again.made, '0003': again.changed })
  const whole = await database.openSession()
  await migrate({ session: whole, graph, target: to('0001') })
  await whole.close()
  let isDead = true
  for (let last = 1; isDead; last += 11) {
    let left = Number.POSITIVE_INFINITY
    isDead = false
    const dying = await database.openSession({
      observe: (phase) => {
        if (phase === 'before') left -= 1
        isDead ||= left < 0
        if (left < 0) throw new Error('dead')
      },
    })
    left = last
    await migrate({ session: dying, graph, wait: 0 }).catch(() => undefined)
    left = Number.POSITIVE_INFINITY
    await dying.close()
    const session = await database.openSession()
    try {
      await migrate({ session, graph, interrupted: 'again' })
      assert.deepEqual(
        await told(session),
        ['table shop_audit: shop.0002', 'view shop_totals: shop.0003'],
        `died at statement ${last}`,
      )
      await migrate({ session, graph, target: to('0001') })
      assert.deepEqual(await told(session), [], `died at statement ${last}`)
    } finally {
      await session.close()
    }
  }
})
