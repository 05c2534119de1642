import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { failsWith } from '../../test/history/migrations.ts'
import { now } from '../fields/default-functions.ts'
import { f } from '../fields/f.ts'
import { check, exclusion, index, unique } from '../models/parts.ts'
import { q } from '../models/q.ts'
import { addConstraint } from '../operations/add-constraint.ts'
import { addField } from '../operations/add-field.ts'
import { addIndex } from '../operations/add-index.ts'
import { batched } from '../operations/batched.ts'
import { createModel } from '../operations/create-model.ts'
import type { Operation } from '../operations/operation.ts'
import { runCode } from '../operations/run-code.ts'
import { runSql } from '../operations/run-sql.ts'
import { writeMigration } from './write-migration.ts'

function written(operations: readonly Operation[], header?: string): string {
  const definition = { dependencies: [['billing', '0001_initial'] as const], operations }
  return writeMigration({ app: 'billing', name: '0002_next', definition }, header === undefined ? {} : { header })
}

describe('a written migration', () => {
  test('is what a person would write', () => {
    const source = written(
      [
        addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength: 20 }), fillExisting: 'draft' }),
        addIndex({ model: 'Invoice', index: index({ fields: ['status', '-issuedAt'], where: q.isNull('paidAt') }) }),
        addConstraint({ model: 'Line', constraint: check({ name: 'positive', condition: q.gt('qty', 0) }) }),
      ],
      'Written by Godwit 1.0.0 on 2026-11-21',
    )
    assert.equal(
      source,
      `// Written by Godwit 1.0.0 on 2026-11-21
import { addConstraint, addField, addIndex, check, defineMigration, f, index, q } from 'godwit/migrations'

export default defineMigration({
  dependencies: [['billing', '0001_initial']],
  operations: [
    addField({ model: 'Invoice', name: 'status', field: f.char({ maxLength: 20 }), fillExisting: 'draft' }),
    addIndex({ model: 'Invoice', index: index({ fields: ['status', '-issuedAt'], where: q.isNull('paidAt') }) }),
    addConstraint({ model: 'Line', constraint: check({ name: 'positive', condition: q.gt('qty', 0) }) }),
  ],
})
`,
    )
  })

  test('has a line for each field of a model, and breaks what is too long', () => {
    const source = written([
      createModel({
        name: 'Invoice',
        fields: {
          id: f.bigAuto({ primaryKey: true }),
          owner: f.foreignKey('accounts.User', { onDelete: 'restrict', relatedName: 'invoices' }),
          status: f.char({
            maxLength: 20,
            default: 'draft',
            choices: ['draft', 'sent', 'paid'],
            comment: "where it's at, as the customer sees it",
          }),
          createdAt: f.dateTime({ default: now() }),
          quantity: f.positiveInteger(),
        },
        options: { constraints: [unique({ fields: ['owner', 'status'] })] },
      }),
    ])
    assert.equal(
      source.slice(source.indexOf('    createModel')),
      `    createModel({
      name: 'Invoice',
      fields: {
        id: f.bigAuto({ primaryKey: true }),
        owner: f.foreignKey('accounts.User', { onDelete: 'restrict', relatedName: 'invoices' }),
        status: f.char({
          maxLength: 20,
          default: 'draft',
          choices: ['draft', 'sent', 'paid'],
          comment: "where it's at, as the customer sees it",
        }),
        createdAt: f.dateTime({ default: now() }),
        quantity: f.positiveInteger(),
      },
      options: { constraints: [unique({ fields: ['owner', 'status'] })] },
    }),
  ],
})
`,
    )
  })

  test('writes the finer points of fields, indexes and constraints by their factories', () => {
    const source = written([
      createModel({
        name: 'Booking',
        fields: {
          state: f.enum(['open', 'paid'], { native: 'booking_state', default: 'open' }),
          tags: f.array(f.char({ maxLength: 30 }), { default: ['new'] }),
          during: f.dateTimeRange(),
          estimate: f.duration({ default: 'PT45M' }),
          search: f.custom({ types: { postgres: 'tsvector', sqlite: 'text' }, null: true }),
          room: f.foreignKey('hotel.Room', { onDelete: 'cascade', deferrable: 'deferred' }),
        },
        options: {
          schema: 'hotel',
          indexes: [
            index({ fields: ['tags'], method: 'gin' }),
            index({
              fields: ['state', '-estimate'],
              expressions: [{ expression: q.lower('search'), operatorClass: 'text_pattern_ops' }],
              include: ['room'],
              nulls: { estimate: 'last' },
              prefixLengths: { state: 12 },
              name: 'by_state',
            }),
          ],
          constraints: [
            unique({ fields: ['room', 'during'], nullsNotDistinct: true, deferrable: 'immediate' }),
            exclusion({
              name: 'apart',
              elements: [
                { field: 'room', operator: '=' },
                { field: 'during', operator: '&&' },
              ],
              where: q.isNotNull('room'),
            }),
          ],
        },
      }),
    ])
    assert.equal(
      source.slice(source.indexOf('      fields: {')),
      `      fields: {
        state: f.enum(['open', 'paid'], { native: 'booking_state', default: 'open' }),
        tags: f.array(f.char({ maxLength: 30 }), { default: ['new'] }),
        during: f.dateTimeRange(),
        estimate: f.duration({ default: 'PT45M' }),
        search: f.custom({ types: { postgres: 'tsvector', sqlite: 'text' }, null: true }),
        room: f.foreignKey('hotel.Room', { onDelete: 'cascade', deferrable: 'deferred' }),
      },
      options: {
        schema: 'hotel',
        indexes: [
          index({ fields: ['tags'], method: 'gin' }),
          index({
            fields: ['state', '-estimate'],
            expressions: [{ expression: q.lower('search'), operatorClass: 'text_pattern_ops' }],
            nulls: { estimate: 'last' },
            prefixLengths: { state: 12 },
            include: ['room'],
            name: 'by_state',
          }),
        ],
        constraints: [
          unique({ fields: ['room', 'during'], nullsNotDistinct: true, deferrable: 'immediate' }),
          exclusion({
            name: 'apart',
            elements: [{ field: 'room', operator: '=' }, { field: 'during', operator: '&&' }],
            where: q.isNotNull('room'),
          }),
        ],
      },
    }),
  ],
})
`,
    )
    assert.match(source, /^import \{ createModel, defineMigration, exclusion, f, index, q, unique \} from/m)
  })

  test('writes as data what no factory makes', () => {
    const constraint = { ...check({ name: 'positive', condition: q.gt('qty', 0) }), notValid: true } as const
    assert.match(
      written([addConstraint({ model: 'Line', constraint })]),
      /constraint: \{ kind: 'check', name: 'positive', condition: q\.gt\('qty', 0\), notValid: true \}/,
    )
  })

  test('without operations is a skeleton to fill in', () => {
    assert.equal(
      written([]),
      `import { defineMigration } from 'godwit/migrations'

export default defineMigration({
  dependencies: [['billing', '0001_initial']],
  operations: [],
})
`,
    )
  })

  test('keeps the lines of SQL', () => {
    const source = written([runSql({ forwards: 'CREATE VIEW `a` AS\n  SELECT $' + '{1}', backwards: [] })])
    assert.match(source, /forwards: `CREATE VIEW \\`a\\` AS\n {2}SELECT \\\$\{1\}`,\n {6}backwards: \[\],/)
  })

  test('cannot hold code of the user, however deep', () => {
    const code = runCode({ forwards: () => {} })
    const nested: Operation = { kind: 'separateDatabaseAndState', databaseOperations: [code], stateOperations: [] }
    assert.throws(
      () => written([code]),
      failsWith('migrations.codeNotWritable', { migration: 'billing.0002_next', kind: 'runCode' }),
    )
    assert.throws(() => written([nested]), failsWith('migrations.codeNotWritable'))
  })

  test('holds a backfill as the values that it sets', () => {
    const source = written([
      batched({
        model: 'Invoice',
        where: { status: null },
        run: { set: { status: 'draft', total: 9007199254740993n, sentAt: new Date(0) } },
        backwards: 'nothing',
      }),
    ])
    assert.equal(
      source.slice(source.indexOf('    batched')),
      `    batched({
      model: 'Invoice',
      where: { status: null },
      run: { set: { status: 'draft', total: { $bigint: '9007199254740993' }, sentAt: '1970-01-01T00:00:00.000Z' } },
      backwards: 'nothing',
    }),
  ],
})
`,
    )
  })
})
