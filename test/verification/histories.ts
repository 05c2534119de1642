import { buildGraph, type Graph } from '../../src/history/graph.ts'
import type { MigrationDefinition } from '../../src/history/migration.ts'
import {
  addConstraint,
  addField,
  alterField,
  batched,
  check,
  createModel,
  defineMigration,
  f,
  q,
  removeField,
  runCode,
  runSql,
  unique,
} from '../../src/migrations.ts'

const id = f.bigAuto({ primaryKey: true })

/** Migrations of one app, each behind the one before it. */
export function historyOf(definitions: Readonly<Record<string, Omit<MigrationDefinition, 'dependencies'>>>): Graph {
  const names = Object.keys(definitions)
  return buildGraph(
    Object.entries(definitions).map(([name, definition], index) => {
      const before = names[index - 1]
      const dependencies = before === undefined ? [] : [['shop', before] as const]
      return { app: 'shop', name, definition: defineMigration({ ...definition, dependencies }) }
    }),
  )
}

const initial = {
  operations: [
    createModel({
      name: 'Customer',
      fields: { id, name: f.char({ maxLength: 30, null: true }), age: f.integer(), code: f.slug({ unique: true }) },
    }),
    createModel({
      name: 'Order',
      fields: {
        id,
        customer: f.foreignKey('shop.Customer', { onDelete: 'cascade' }),
        total: f.decimal({ maxDigits: 10, decimalPlaces: 2 }),
        low: f.integer(),
        high: f.integer(),
        helpers: f.manyToMany('shop.Customer'),
      },
      options: {
        constraints: [check({ name: 'order_range', condition: q.and(q.gt('low', 100), q.gt('high', q.field('low'))) })],
      },
    }),
  ],
}

/** One migration for each kind of finding. */
export const withFindings = historyOf({
  '0001_initial': initial,
  '0002_one_name': {
    operations: [addConstraint({ model: 'Customer', constraint: unique({ fields: ['name'], name: 'customer_name' }) })],
  },
  '0003_nickname': {
    operations: [addField({ model: 'Customer', name: 'nickname', field: f.char({ maxLength: 10 }) })],
  },
  '0004_older': {
    operations: [
      runCode({
        description: 'Make everybody older',
        async forwards({ db }) {
          await db
            .updateTable('shop_customer')
            .set(({ eb }) => ({ age: eb('age', '+', 1) }))
            .execute()
        },
      }),
    ],
  },
  '0005_prune': { operations: [runSql({ forwards: 'DELETE FROM shop_order WHERE total <= 0', backwards: [] })] },
  '0006_no_age': { operations: [removeField({ model: 'Customer', name: 'age', fillRestored: 0 })] },
  '0007_same_name': {
    operations: [
      runSql({ forwards: "UPDATE shop_customer SET name = 'x' WHERE name = '1'", backwards: [] }),
      runSql({
        forwards: "INSERT INTO shop_customer (id, name, nickname, code) VALUES (7, 'y', 'y', 'y')",
        backwards: [],
      }),
    ],
  },
  '0008_view': { operations: [runSql({ forwards: 'CREATE VIEW big AS SELECT id FROM shop_order', backwards: [] })] },
  '0009_code': {
    operations: [
      createModel({
        name: 'Code',
        fields: { id, code: f.char({ maxLength: 9 }) },
        options: {
          constraints: [check({ name: 'code_form', condition: q.sql("code = 'this' AND length(code) = 1") })],
        },
      }),
    ],
  },
  '0010_lost': { operations: [addField({ model: 'Code', name: 'note', field: f.text({ null: true }) })] },
})

/** What people do all day, and nothing to be found in it but for what it says. */
export const withoutFindings = historyOf({
  '0001_initial': initial,
  '0002_email': {
    operations: [addField({ model: 'Customer', name: 'email', field: f.email({ null: true }) })],
  },
  '0003_emails': {
    atomic: false,
    operations: [
      runCode({
        models: { Customer: 'Customer' },
        async forwards({ db }) {
          for (const { id: key } of await db.selectFrom('shop_customer').select('id').execute()) {
            await db
              .updateTable('shop_customer')
              .set({ email: `c${key}@example.org` })
              .where('id', '=', key)
              .execute()
          }
        },
        async backwards({ db }) {
          await db.updateTable('shop_customer').set({ email: null }).execute()
        },
      }),
      batched({ model: 'Order', run: { set: { low: 101 } }, where: { low: 101 }, backwards: 'nothing' }),
    ],
  },
  // What the step before it has filled may be NOT NULL and unique.
  '0004_email_always': {
    operations: [alterField({ model: 'Customer', name: 'email', field: f.email({ unique: true }) })],
  },
  '0005_referrer': {
    operations: [
      addField({
        model: 'Customer',
        name: 'referrer',
        field: f.foreignKey('self', { null: true, onDelete: 'setNull' }),
      }),
      addField({ model: 'Order', name: 'note', field: f.text(), fillExisting: '' }),
    ],
  },
})
