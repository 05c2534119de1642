import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sqlite } from '../../../src/dialects/sqlite/index.ts'
import { diff } from '../../../src/schema/diff.ts'
import type { Check, Column, ForeignKey, Index, Schema, Table } from '../../../src/schema/schema.ts'
import { emptySchema } from '../../../src/schema/schema.ts'
import { carryOut, database, differences, rows, runnableWays, schemaOf, table } from './support.ts'

const { comparison } = sqlite()
const tableNames = ['alpha', 'beta', 'gamma'] as const
const columnNames = ['one', 'two', 'three'] as const

interface DrawnColumn {
  readonly present: boolean
  readonly type: string
  readonly nullable: boolean
  readonly fallback: boolean
  readonly renamed: boolean
}

interface DrawnTable {
  readonly present: boolean
  readonly renamed: boolean
  readonly columns: readonly DrawnColumn[]
  readonly refersTo: number | undefined
  readonly onDelete: ForeignKey['onDelete']
  readonly index: boolean
  readonly unique: boolean
  readonly check: boolean
}

const drawnColumn: fc.Arbitrary<DrawnColumn> = fc.record({
  present: fc.boolean(),
  type: fc.constantFrom('integer', 'bigint', 'text', 'varchar(20)'),
  nullable: fc.boolean(),
  fallback: fc.boolean(),
  renamed: fc.boolean(),
})
const drawnTable: fc.Arbitrary<DrawnTable> = fc.record({
  present: fc.boolean(),
  renamed: fc.boolean(),
  columns: fc.tuple(drawnColumn, drawnColumn, drawnColumn),
  refersTo: fc.option(fc.nat(2), { nil: undefined }),
  onDelete: fc.constantFrom('cascade', 'restrict', 'setNull', 'noAction'),
  index: fc.boolean(),
  unique: fc.boolean(),
  check: fc.boolean(),
})
const drawnSchema = fc.tuple(drawnTable, drawnTable, drawnTable)

function tableName(drawn: readonly DrawnTable[], index: number): string {
  return `${tableNames[index]}${drawn[index]?.renamed ? '_renamed' : ''}`
}

function toTable(drawn: readonly DrawnTable[], index: number): readonly Table[] {
  const own = drawn[index]
  if (own === undefined || !own.present) return []
  const name = tableName(drawn, index)
  const lineage = tableNames[index] ?? ''
  const columns = own.columns.flatMap((column, position): readonly Column[] => {
    if (!column.present) return []
    const nullable = column.nullable || !column.fallback
    return [
      {
        name: `${columnNames[position]}${column.renamed ? '_renamed' : ''}`,
        identity: `${lineage}.${position}`,
        type: column.type,
        nullable,
        ...(column.fallback ? { default: { kind: 'value', value: 7 } } : {}),
      },
    ]
  })
  const target = own.refersTo
  const refers = target !== undefined && drawn[target]?.present === true
  const [first] = columns
  const read = { kind: 'column', name: first?.name ?? 'id' } as const
  const index_: Index = {
    name: `${lineage}_index`,
    generatedName: true,
    parts: [{ expression: read, descending: true }],
  }
  const unique: Index = {
    name: `${lineage}_unique`,
    parts: [{ expression: { kind: 'sql', sql: `coalesce(${read.name}, 0) + id` } }],
  }
  const check: Check = { name: `${lineage}_check`, expression: { kind: 'sql', sql: `${name}.${read.name} <> 99` } }
  const foreignKey: ForeignKey = {
    name: `${lineage}_key`,
    generatedName: true,
    columns: ['reference'],
    references: { table: refers ? tableName(drawn, target) : name, columns: ['id'] },
    onDelete: own.onDelete,
    onUpdate: 'noAction',
  }
  return [
    table(name, {
      identity: lineage,
      columns: [
        { name: 'id', identity: `${lineage}.id`, type: 'integer', nullable: false, autoIncrement: true },
        { name: 'reference', identity: `${lineage}.reference`, type: 'integer', nullable: true },
        ...columns,
      ],
      primaryKey: { columns: ['id'] },
      foreignKeys: refers ? [foreignKey] : [],
      indexes: own.index ? [index_] : [],
      uniques: own.unique ? [unique] : [],
      checks: own.check ? [check] : [],
    }),
  ]
}

const toSchema = (drawn: readonly DrawnTable[]): Schema =>
  schemaOf(...tableNames.flatMap((_, index) => toTable(drawn, index)))

/** Whether a table refers to the same one before and after, so that its rows can refer to rows. */
function keepsReference(entry: Table, before: Schema, after: Schema): boolean {
  const target = (schema: Schema): string | undefined => {
    const own = [...schema.tables.values()].find(({ identity }) => identity === entry.identity)
    return schema.tables.get(own?.foreignKeys[0]?.references.table ?? '')?.identity
  }
  return target(before) !== undefined && target(before) === target(after)
}

/** Rows by identity of table and column, so that they can be found again after renames. */
async function contents(session: Awaited<ReturnType<typeof database>>, schema: Schema, other: Schema) {
  const kept = new Map(
    [...other.tables.values()].map((entry) => [
      entry.identity,
      new Set(entry.columns.map((column) => column.identity)),
    ]),
  )
  const found: Record<string, unknown> = {}
  for (const entry of schema.tables.values()) {
    const columns = entry.columns.filter((column) => kept.get(entry.identity)?.has(column.identity))
    if (columns.length === 0) continue
    const list = columns
      .map((column) => `coalesce(CAST("${column.name}" AS text), '7') AS "${column.identity}"`)
      .join(', ')
    found[entry.identity ?? ''] = await rows(session, `SELECT ${list} FROM "${entry.name}" ORDER BY id`)
  }
  return found
}

for (const way of runnableWays) {
  test(`any Schema becomes any other and keeps the rows (SQLite ${way.version}, foreign keys ${way.foreignKeys})`, async () => {
    await fc.assert(
      fc.asyncProperty(drawnSchema, drawnSchema, async (one, two) => {
        const [before, after] = [toSchema(one), toSchema(two)]
        const session = await database()
        const plan = (from: Schema, to: Schema) => ({
          before: from,
          after: to,
          changes: diff(from, to, { match: 'lineage', comparison }).map((change) =>
            change.kind === 'setNotNull' ? { ...change, fill: { value: 7 } } : change,
          ),
        })
        await carryOut(session, plan(emptySchema, before), way)
        for (const entry of before.tables.values()) {
          await session.script(`INSERT INTO "${entry.name}" (id) VALUES (1), (2), (3)`)
        }
        for (const entry of before.tables.values()) {
          if (keepsReference(entry, before, after)) await session.script(`UPDATE "${entry.name}" SET reference = id`)
        }
        const expected = await contents(session, before, after)
        await carryOut(session, plan(before, after), way)
        assert.deepEqual(await differences(session, after), [])
        assert.deepEqual(await contents(session, after, before), expected)
        assert.deepEqual(await rows(session, 'PRAGMA foreign_key_check'), [])
        await carryOut(session, plan(after, before), way)
        assert.deepEqual(await differences(session, before), [])
        await session.close()
      }),
      { numRuns: process.env['GODWIT_DEEP'] ? 1000 : 75 },
    )
  })
}
