import fc from 'fast-check'
import type { Expression } from '../../../src/schema/expression.ts'
import type { Check, Column, EnumType, ForeignKey, Index, Schema, Table, Unique } from '../../../src/schema/schema.ts'
import { schemaOf } from './two-servers.ts'

const tableNames = ['alpha', 'beta', 'gamma'] as const
const columnNames = ['one', 'two'] as const

interface DrawnColumn {
  readonly present: boolean
  readonly type: string
  readonly nullable: boolean
  readonly fallback: boolean
  readonly renamed: boolean
  readonly collated: boolean
  readonly comment: boolean
}

interface DrawnTable {
  readonly present: boolean
  readonly name: 'plain' | 'renamed' | 'elsewhere'
  readonly columns: readonly DrawnColumn[]
  readonly key: 'integer' | 'bigint' | 'text'
  readonly keyed: 'primaryKey' | 'unique'
  readonly refersTo: number | undefined
  readonly onDelete: ForeignKey['onDelete']
  readonly deferrable: boolean
  readonly mood: 'none' | 'one' | 'array'
  readonly generated: 'none' | 'plain' | 'double'
  readonly index: 'none' | 'column' | 'expression' | 'partial' | 'include'
  readonly unique: 'none' | 'constraint' | 'expression'
  readonly check: 'none' | 'raw' | 'list'
  readonly comment: boolean
  readonly exclusion: boolean
}

/** What a Schema is built from. */
export interface Drawn {
  readonly tables: readonly DrawnTable[]
  readonly moods: readonly string[]
}

const drawnColumn: fc.Arbitrary<DrawnColumn> = fc.record({
  present: fc.boolean(),
  type: fc.constantFrom('integer', 'bigint', 'text', 'character varying(20)', 'numeric(10,2)'),
  nullable: fc.boolean(),
  fallback: fc.boolean(),
  renamed: fc.boolean(),
  collated: fc.boolean(),
  comment: fc.boolean(),
})

const drawnTable: fc.Arbitrary<DrawnTable> = fc.record({
  present: fc.boolean(),
  name: fc.constantFrom('plain', 'renamed', 'elsewhere'),
  columns: fc.tuple(drawnColumn, drawnColumn),
  key: fc.constantFrom('integer', 'bigint', 'text'),
  keyed: fc.constantFrom('primaryKey', 'unique'),
  refersTo: fc.option(fc.nat(2), { nil: undefined }),
  onDelete: fc.constantFrom('cascade', 'restrict', 'setNull', 'noAction'),
  deferrable: fc.boolean(),
  mood: fc.constantFrom('none', 'one', 'array'),
  generated: fc.constantFrom('none', 'plain', 'double'),
  index: fc.constantFrom('none', 'column', 'expression', 'partial', 'include'),
  unique: fc.constantFrom('none', 'constraint', 'expression'),
  check: fc.constantFrom('none', 'raw', 'list'),
  comment: fc.boolean(),
  exclusion: fc.boolean(),
})

/** Any Schema of up to three tables that may refer to each other, use an enum, and have something of every kind. */
export const drawnSchema: fc.Arbitrary<Drawn> = fc.record({
  tables: fc.tuple(drawnTable, drawnTable, drawnTable),
  // The value that rows have is always there.
  moods: fc.shuffledSubarray(['sad', 'calm', 'glad', 'mad']).map((others) => [...others, 'ok']),
})

export function toSchema({ tables, moods }: Drawn): Schema {
  const mood: EnumType = { kind: 'enum', name: 'mood', values: moods }
  return schemaOf(
    tables.flatMap((_, index) => toTable(tables, index)),
    [mood],
  )
}

function tableName(drawn: readonly DrawnTable[], index: number): string {
  const { name = 'plain' } = drawn[index] ?? {}
  const plain = tableNames[index] ?? ''
  return { plain, renamed: `${plain}_renamed`, elsewhere: `other.${plain}` }[name]
}

function toTable(drawn: readonly DrawnTable[], index: number): readonly Table[] {
  const own = drawn[index]
  if (own === undefined || !own.present) return []
  const lineage = tableNames[index] ?? ''
  const target = own.refersTo === undefined ? undefined : drawn[own.refersTo]
  const refersTo = target?.present ? target : undefined
  const plain = own.columns.flatMap((column, position) => toColumn(column, lineage, position))
  const columns = [
    keyColumn(own, lineage),
    column('reference', lineage, refersTo?.key ?? 'integer'),
    ...plain,
    ...moodColumn(own, lineage),
    ...generatedColumn(own, lineage, plain[0]),
  ]
  const unique = uniquesOf(own, lineage, plain[0])
  return [
    {
      name: tableName(drawn, index),
      identity: lineage,
      columns,
      ...(own.keyed === 'primaryKey' ? { primaryKey: { columns: ['id'] } } : {}),
      uniques:
        own.keyed === 'unique'
          ? [{ name: `${lineage}_id_uniq`, generatedName: true, parts: [part('id')] }, ...unique]
          : unique,
      checks: checksOf(own, lineage, plain[0]),
      indexes: indexesOf(own, lineage, plain),
      foreignKeys: refersTo === undefined ? [] : [foreignKey(own, lineage, tableName(drawn, own.refersTo ?? 0))],
      ...(own.exclusion
        ? {
            exclusions: [
              { name: `${lineage}_excl`, method: 'btree', elements: [{ expression: read('id'), operator: '=' }] },
            ],
          }
        : {}),
      ...(own.comment ? { comment: `it's ${lineage}` } : {}),
    },
  ]
}

function column(name: string, lineage: string, type: string, nullable = true): Column {
  return { name, identity: `${lineage}.${name}`, type, nullable }
}

function keyColumn({ key }: DrawnTable, lineage: string): Column {
  return { ...column('id', lineage, key, false), ...(key === 'text' ? {} : { autoIncrement: true }) }
}

function toColumn(drawn: DrawnColumn, lineage: string, position: number): readonly Column[] {
  if (!drawn.present) return []
  const isText = /text|character/.test(drawn.type)
  const name = columnNames[position] ?? ''
  return [
    {
      ...column(drawn.renamed ? `${name}_renamed` : name, lineage, drawn.type, drawn.nullable),
      identity: `${lineage}.${name}`,
      ...(drawn.fallback ? { default: { kind: 'value', value: isText ? '7' : 7 } } : {}),
      ...(drawn.collated && isText ? { collation: 'C' } : {}),
      ...(drawn.comment ? { comment: drawn.type } : {}),
    },
  ]
}

function moodColumn({ mood }: DrawnTable, lineage: string): readonly Column[] {
  if (mood === 'none') return []
  return mood === 'one'
    ? [{ ...column('mood', lineage, 'mood', false), default: { kind: 'sql', sql: "'ok'::mood" } }]
    : [{ ...column('moods', lineage, 'mood[]'), default: { kind: 'sql', sql: "'{ok}'::mood[]" } }]
}

function generatedColumn({ generated }: DrawnTable, lineage: string, over: Column | undefined): readonly Column[] {
  if (generated === 'none' || over === undefined) return []
  const length = `length(${over.name}::text)`
  const expression: Expression = { kind: 'sql', sql: generated === 'plain' ? length : `2 * ${length}` }
  return [{ ...column('computed', lineage, 'integer'), generated: { expression, stored: true } }]
}

function read(name: string): Expression {
  return { kind: 'column', name }
}

function part(name: string) {
  return { expression: read(name) }
}

function uniquesOf({ unique }: DrawnTable, lineage: string, over: Column | undefined): readonly Unique[] {
  if (unique === 'none') return []
  const second = over?.name ?? 'reference'
  const parts = unique === 'constraint' ? [part('id'), part(second)] : [part('id'), lowered(second)]
  return [{ name: `${lineage}_unique`, parts }]
}

function lowered(name: string) {
  return { expression: { kind: 'sql', sql: `lower(${name}::text)` } as const, descending: true as const }
}

function indexesOf({ index, generated }: DrawnTable, lineage: string, columns: readonly Column[]): readonly Index[] {
  const over = columns[0]?.name ?? 'reference'
  const name = { name: `${lineage}_idx`, generatedName: true as const }
  switch (index) {
    case 'none':
      return []
    case 'column':
      return [
        { ...name, parts: [part(over), ...(generated === 'none' || columns.length === 0 ? [] : [part('computed')])] },
      ]
    case 'expression':
      return [{ ...name, parts: [lowered(over)] }]
    case 'partial':
      return [
        { ...name, parts: [part('id')], where: { kind: 'not', operand: { kind: 'isNull', operand: read(over) } } },
      ]
    case 'include':
      return [{ ...name, parts: [part('id')], include: [over] }]
  }
}

function checksOf({ check }: DrawnTable, lineage: string, over: Column | undefined): readonly Check[] {
  if (check === 'none' || over === undefined) return []
  const isText = /text|character/.test(over.type)
  const expression: Expression =
    check === 'raw'
      ? { kind: 'sql', sql: `${over.name}::text <> '99'` }
      : { kind: 'in', operand: read(over.name), values: isText ? ['7', '7.00', '8'] : [7, 8] }
  return [{ name: `${lineage}_check`, generatedName: true, expression }]
}

function foreignKey({ onDelete, deferrable }: DrawnTable, lineage: string, table: string): ForeignKey {
  return {
    name: `${lineage}_reference_fk`,
    generatedName: true,
    columns: ['reference'],
    references: { table, columns: ['id'] },
    onDelete,
    onUpdate: 'noAction',
    ...(deferrable ? { deferrable: 'deferred' } : {}),
  }
}
