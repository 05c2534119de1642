import { relationOf } from '../../src/fields/database-options.ts'
import { f } from '../../src/fields/f.ts'
import type { Field } from '../../src/fields/field.ts'
import { topologicalOrder } from '../../src/lib/topological-order.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { join, name, names, type Sql, sql, value } from '../../src/schema/sql.ts'
import type { Value } from '../../src/schema/value.ts'
import { columnName, joinColumnNames, joinTableName, tableName } from '../../src/state/names.ts'
import { automaticJoins } from '../../src/state/project-join-table.ts'
import {
  type FieldState,
  findModel,
  keyOf,
  type ModelState,
  modelsOf,
  type ProjectState,
  splitModelKey,
} from '../../src/state/project-state.ts'
import { fieldsOfConstraint } from '../../src/state/uses-of-field.ts'
import { enumValues } from './project-spec.ts'
import { drawnSchema } from './rich-edits.ts'

/** Rows as a database holds them, by table and then by primary key, to see whether they survive. */
export type Rows = ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>

const rowsPerTable = 3

/** Inserts a few rows in every table of a State, with foreign keys that hold and no value twice where it must not be. */
export async function insertRows(session: Session, state: ProjectState): Promise<void> {
  const models = topologicalOrder([...modelsOf(state)], keyOf, (model) => targetsOf(model))
  for (const model of models) {
    for (let row = 1; row <= rowsPerTable; row += 1) await insertRow(session, state, model, row)
  }
  for (const model of models) await insertJoins(session, model)
}

/** Makes the schema that models may be drawn in: where tables stand in schemas, Godwit expects them to be there. */
export async function createDrawnSchema(session: Session): Promise<void> {
  if (!('works' in session.dialect.support.schema)) return
  await session.query(sql`CREATE SCHEMA IF NOT EXISTS ${name(drawnSchema)}`)
}

/** Every row of every table of a State. */
export async function readRows(session: Session, tables: Iterable<string>): Promise<Rows> {
  const rows = new Map<string, readonly Readonly<Record<string, unknown>>[]>()
  for (const table of tables)
    rows.set(table, await session.query(sql`SELECT * FROM ${session.dialect.spelling.table(table)}`))
  return rows
}

async function insertRow(session: Session, state: ProjectState, model: ModelState, row: number): Promise<void> {
  const { spelling } = session.dialect
  const cells = model.fields.flatMap((field) => cellOf(state, model, field, row))
  // Not every database reads a moment out of a text in the one form that others hold it in.
  const spelled = ({ field, value: content }: Cell): Sql =>
    field.kind === 'dateTime' && content !== null
      ? spelling.expression(spelling.defaultExpression({ value: content }, { type: 'timestamp' }))
      : value(content)
  const table = tableName(model.app, model.name, model.options)
  await session.query(
    sql`INSERT INTO ${spelling.table(table)} (${names(cells.map(({ column }) => column))}) VALUES (${join(cells.map(spelled))})`,
  )
}

interface Cell {
  readonly column: string
  readonly field: Field
  readonly value: Value
}

function cellOf(
  state: ProjectState,
  model: ModelState,
  { name: fieldName, field }: FieldState,
  row: number,
): readonly Cell[] {
  const column = columnName(fieldName, field)
  const relation = relationOf(field)
  if (relation === 'manyToMany' || field.kind === 'generated') return []
  if (relation !== undefined) {
    const target = findModel(state, String(field.to))
    // A row of a table that is filled later, or of this very table, does not exist yet.
    const known = target !== undefined && target !== model && !targetsOf(target).includes(keyOf(model))
    return known && row < rowsPerTable ? [{ column, field, value: row }] : []
  }
  if (field.null === true && row === rowsPerTable) {
    // A default may be what another row has.
    return mustDiffer(model, fieldName) ? [{ column, field, value: null }] : []
  }
  return [{ column, field, value: field.primaryKey === true ? row : literal(field, row) }]
}

/** Whether it tells rows apart, or what is generated does, which may be made of it. */
function mustDiffer({ fields, options }: ModelState, name: string): boolean {
  const constrained = (options.constraints ?? []).filter(({ kind }) => kind !== 'check').map(fieldsOfConstraint)
  return fields.some(
    ({ name: other, field }) =>
      (other === name || field.kind === 'generated') &&
      (field.unique === true || constrained.some((constraint) => constraint.has(other))),
  )
}

async function insertJoins(session: Session, model: ModelState): Promise<void> {
  for (const { name: fieldName, field } of automaticJoins(model)) {
    const table = joinTableName(tableName(model.app, model.name, model.options), fieldName, field)
    const columns = joinColumnNames(model.name, splitModelKey(String(field.to)).name)
    for (const [source, target] of [
      [1, 2],
      [2, 1],
    ] as const) {
      await session.query(
        sql`INSERT INTO ${session.dialect.spelling.table(table)} (${names([columns.source, columns.target])}) VALUES (${value(source)}, ${value(target)})`,
      )
    }
  }
}

/** The models that must be filled first. */
function targetsOf(model: ModelState): readonly string[] {
  return model.fields.filter(({ field }) => relationOf(field) !== undefined).map(({ field }) => String(field.to))
}

function literal({ kind, choices, of }: Field, row: number): Value {
  if (choices !== undefined) return choices[row % choices.length] ?? null
  switch (kind) {
    case 'boolean':
      return row % 2 === 0
    case 'char':
    case 'text':
    case 'slug':
      return `it's %s ${row}`
    case 'email':
      return `person${row}@example.com`
    case 'url':
      return `https://example.com/${row}`
    case 'uuid':
      return `6f0e2a52-6b1c-4f0e-8f3b-0a4c1d2e3f4${row}`
    case 'decimal':
      return row + 0.25
    case 'float':
      return row + 0.5
    case 'date':
      return `2026-01-0${row}`
    case 'time':
      return `10:00:0${row}`
    case 'dateTime':
      return `2026-01-0${row}T00:00:00.000Z`
    case 'json':
      return { $json: { row } }
    case 'binary':
      return { $bytes: `00f${row}` }
    case 'enum':
      return enumValues[row % enumValues.length] ?? null
    case 'array':
      return arrayText([literal(of ?? f.integer(), row)])
    case 'duration':
      return `PT${row}H`
    case 'ipAddress':
      return `10.0.0.${row}`
    case 'integerRange':
    case 'bigIntegerRange':
    case 'decimalRange':
      return `[${row * 10},${row * 10 + 5})`
    case 'dateRange':
      return `[2026-01-0${row},2026-01-0${row + 1})`
    case 'dateTimeRange':
      return `[2026-01-0${row}T00:00:00Z,2026-01-0${row}T12:00:00Z)`
    default:
      return row
  }
}

/** An array as a database with arrays reads it out of a text. */
function arrayText(elements: readonly Value[]): string {
  const text = (element: Value): string =>
    typeof element === 'object' && element !== null && '$json' in element
      ? JSON.stringify(element.$json)
      : String(element)
  return `{${elements.map((element) => JSON.stringify(text(element))).join(',')}}`
}
