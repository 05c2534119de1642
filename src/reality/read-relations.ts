import type { ColumnType } from '../schema/column-type.ts'
import type { Column, ForeignKey, Table } from '../schema/schema.ts'
import { keyOf, modelsOf } from '../state/project-state.ts'
import { facetsOf } from '../state/table-facets.ts'
import { rowKeyOf, type Source, sameType } from './source.ts'

/** What a foreign key can point at: a model, by its key of one column. */
export interface Target {
  /** `app.Model`. */
  readonly model: string
  readonly column: string
  readonly type: string
  readonly collation?: string
  /** The table, where it is among those that are read. */
  readonly table?: Table
}

/** The foreign keys of all tables, told apart by whether a field can say them. */
export interface Relations {
  /** By table and column, the foreign key that the column's field says. */
  of(table: Table, column: string): Relation | undefined
  /** Why no field says a foreign key. */
  whyNot(table: string, foreignKey: ForeignKey): string | undefined
  /** The types of the columns that point at a table. */
  typesTo(table: Table): readonly string[]
}

export interface Relation {
  readonly foreignKey: ForeignKey
  readonly target: Target
}

/** The kind of a key that the database numbers, and the type that columns which point at it have. */
export interface NumberedKind {
  readonly kind: 'auto' | 'bigAuto' | 'smallAuto'
  readonly type: ColumnType
  /** Without a sign, where the database has such types. */
  readonly positive?: true
}

const signed: readonly NumberedKind[] = [
  { kind: 'auto', type: { type: 'integer' } },
  { kind: 'bigAuto', type: { type: 'bigInteger' } },
  { kind: 'smallAuto', type: { type: 'smallInteger' } },
]

const unsigned = signed.map(({ kind, type }) => ({
  kind,
  type: { ...type, unsigned: true } as ColumnType,
  positive: true as const,
}))

/**
 * The kind of a numbered key: a database may number one type alone, so the columns that point at it say which was meant. Undefined where it numbers
 * a column of a type that no kind has.
 */
export function numberedKind(
  column: Column,
  pointing: readonly string[],
  { dialect }: Source,
): NumberedKind | undefined {
  const { spelling } = dialect
  const kinds = 'works' in dialect.support.unsigned ? [...signed, ...unsigned] : signed
  const fitting = kinds.filter(({ type }) => sameType(spelling.autoIncrementType(type), column.type, dialect))
  const votes = ({ kind, type }: NumberedKind): number =>
    pointing.filter((other) => sameType(spelling.type(type), other, dialect)).length ||
    // What a model without a key gets.
    (pointing.length === 0 && kind === 'bigAuto' && column.name === 'id' ? 0.5 : 0)
  return fitting.toSorted((a, b) => votes(b) - votes(a))[0]
}

/** Decides which foreign keys become fields. `models` are the names of those that are read, by table. */
export function readRelations(
  tables: readonly Table[],
  models: ReadonlyMap<string, string>,
  source: Source,
): Relations {
  const targets = new Map([...knownTargets(source), ...tables.flatMap((table) => ownTarget(table, models))])
  // Whoever points at a table says something of its key, whether it is read as well or not.
  const pointing = Map.groupBy(
    [...source.schema.tables.values()].flatMap((table) =>
      table.foreignKeys.flatMap((foreignKey) => pointer(table, foreignKey)),
    ),
    ({ to }) => to,
  )
  const typesTo = (table: Table): readonly string[] => (pointing.get(table.name) ?? []).map(({ type }) => type)
  const said = new Map<string, Relation>()
  const reasons = new Map<string, string>()
  for (const table of tables) {
    for (const foreignKey of table.foreignKeys) {
      const target = targets.get(foreignKey.references.table)
      const reason = obstacle(table, foreignKey, target, said, { ...source, typesTo })
      if (reason !== undefined || target === undefined) reasons.set(meaning(table.name, foreignKey), reason ?? '')
      else said.set(place(table, foreignKey.columns[0]), { foreignKey, target })
    }
  }
  return {
    of: (table, column) => said.get(place(table, column)),
    whyNot: (table, foreignKey) => reasons.get(meaning(table, foreignKey)),
    typesTo,
  }
}

function place(table: Table, column = ''): string {
  return JSON.stringify([table.name, column])
}

/** What tells a foreign key from the others, whatever became of the object that holds it. */
function meaning(table: string, { columns, references }: ForeignKey): string {
  return JSON.stringify([table, columns, references.table, references.columns])
}

function* knownTargets({ known, dialect }: Source): Generator<[string, Target]> {
  for (const model of modelsOf(known)) {
    const { table, key } = facetsOf(known, model)
    const [column, another] = key
    if (column === undefined || another !== undefined) continue
    const { name, type, collation } = column
    const collated = collation === undefined ? {} : { collation }
    yield [table, { model: keyOf(model), column: name, type: dialect.spelling.type(type), ...collated }]
  }
}

function ownTarget(table: Table, models: ReadonlyMap<string, string>): readonly [string, Target][] {
  const model = models.get(table.name)
  const [name, another] = rowKeyOf(table)?.columns ?? []
  const column = table.columns.find((one) => one.name === name)
  if (model === undefined || column === undefined || another !== undefined) return []
  const { type, collation } = column
  return [[table.name, { model, column: column.name, type, ...(collation === undefined ? {} : { collation }), table }]]
}

function pointer(table: Table, { columns, references }: ForeignKey): readonly { to: string; type: string }[] {
  const column = table.columns.find(({ name }) => columns.length === 1 && name === columns[0])
  return column === undefined ? [] : [{ to: references.table, type: column.type }]
}

/** Why a foreign key is none that a field could say, as a clause; undefined where it is one. */
function obstacle(
  table: Table,
  foreignKey: ForeignKey,
  target: Target | undefined,
  said: ReadonlyMap<string, Relation>,
  source: Source & Pick<Relations, 'typesTo'>,
): string | undefined {
  const { columns, references, onDelete, onUpdate } = foreignKey
  const column = table.columns.find(({ name }) => name === columns[0])
  if (columns.length !== 1 || column === undefined) return 'it is over several columns'
  if (target === undefined) return 'what it points at has no model here with a key of one column'
  if (references.columns[0] !== target.column) return `it points at a column that is not the primary key`
  if (said.has(place(table, column.name))) return 'its column has another foreign key already'
  if (column.generated !== undefined) return 'its column is computed'
  if (column.autoIncrement) return 'its column is numbered by the database'
  if (!fits(column, target, source)) return `its column is of another type or collation than ${target.column}`
  if ([onDelete, onUpdate].includes('setNull') && !column.nullable) return 'it sets a column to NULL that can hold none'
  if ([onDelete, onUpdate].includes('setDefault') && column.default === undefined) return 'its column has no default'
  const isKey = rowKeyOf(table)?.columns.join() === column.name
  return isKey && leadsBack(table, target, said) ? 'keys that point at each other make a circle' : undefined
}

function fits(column: Column, target: Target, source: Source & Pick<Relations, 'typesTo'>): boolean {
  const { dialect } = source
  if (column.collation !== target.collation) return false
  const { table } = target
  const key = table?.columns.find(({ name }) => name === target.column)
  if (table === undefined || !key?.autoIncrement) return sameType(column.type, target.type, dialect)
  const kind = numberedKind(key, source.typesTo(table), source)
  return sameType(kind === undefined ? target.type : dialect.spelling.type(kind.type), column.type, dialect)
}

/** Whether a key that points at another would have its own type in the end. */
function leadsBack(table: Table, target: Target, said: ReadonlyMap<string, Relation>): boolean {
  const visited = new Set<Table>()
  for (let next = target.table; next !== undefined && !visited.has(next); ) {
    if (next === table) return true
    visited.add(next)
    const [column, another] = rowKeyOf(next)?.columns ?? []
    next = another === undefined ? said.get(place(next, column))?.target.table : undefined
  }
  return false
}
