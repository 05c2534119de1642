import { fail } from '../errors/error.ts'
import { keyOfMigration } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import { formerNames, inFormerNames } from '../schema/before-renames.ts'
import { changesBeforeRenames, isRename, type Rename, schemaBeforeRenames } from '../schema/behind-renames.ts'
import type { Change } from '../schema/change.ts'
import type { Session } from '../schema/dialect.ts'
import type { Schema, Table } from '../schema/schema.ts'
import type { Precheck } from '../schema/step.ts'
import { unitsBehindRenames } from './as-they-are.ts'
import { fillsOf } from './filled.ts'
import type { Standings } from './half-way.ts'
import type { PlannedMigration } from './plan-migration.ts'
import { keptQuestions, questionsOf } from './questions.ts'
import type { SchemaUnit, Unit } from './unit.ts'

/**
 * Asks the data, read-only and before the first step of a plan, whether any change would fail over it. What depends on an earlier step (a table
 * that the plan itself changes, rows that its code writes) can't be asked yet: `checkUnit` asks it right before the unit. Returns the units that
 * were asked about.
 */
export async function checkPlan(
  plan: readonly PlannedMigration[],
  session: Session,
  standings?: Standings,
): Promise<ReadonlySet<Unit>> {
  const asked = new Set<Unit>()
  for (const { unit, planned, renames } of unitsBehindRenames(plan, standings)) {
    const questions = prechecksOf(unit, session, renames)
    if (questions === undefined) continue
    await askAll(questions, session, planned)
    asked.add(unit)
  }
  return asked
}

/** Asks the data whether the changes of one unit would fail over it; nothing to ask of other units. */
export async function checkUnit(
  unit: Unit,
  session: Session,
  planned: Pick<PlannedMigration, 'migration' | 'direction'>,
): Promise<void> {
  if (unit.kind === 'schema') await askAll(prechecksOf(unit, session, []) ?? [], session, planned)
}

/** Rows that stand in the way of a change. */
export interface DataInTheWay extends Omit<Precheck, 'query'> {
  readonly rows: number
  /** One of them, or its value. */
  readonly example: string | undefined
}

/** All in the data that the changes of a unit would fail over; what only an earlier change of its own makes cannot be asked about. */
export async function dataInTheWay(unit: SchemaUnit, session: Session): Promise<readonly DataInTheWay[]> {
  const found: DataInTheWay[] = []
  for (const precheck of prechecksOf(unit, session, []) ?? []) {
    const obstacle = await ask(precheck, session)
    if (obstacle !== undefined) found.push(obstacle)
  }
  return found
}

async function askAll(
  questions: readonly Precheck[],
  session: Session,
  { migration, direction }: Pick<PlannedMigration, 'migration' | 'direction'>,
): Promise<void> {
  for (const precheck of questions) {
    const obstacle = await ask(precheck, session)
    if (obstacle === undefined) continue
    fail('execution.dataStandsInTheWay', { migration: keyOfMigration(migration), direction, ...obstacle })
  }
}

async function ask({ query, ...rest }: Precheck, session: Session): Promise<DataInTheWay | undefined> {
  const [answer] = await session.query(query)
  const rows = Number(answer?.['violations'] ?? 0)
  if (rows === 0) return undefined
  const example = answer?.['example']
  return { ...rest, rows, example: example === null || example === undefined ? undefined : String(example) }
}

/**
 * The questions that can be asked of the database as it is before the unit, and before the renames of earlier ones: those over tables and columns that exist
 * already. Undefined where not all of them can be asked before the renames.
 */
function prechecksOf(
  unit: SchemaUnit,
  session: Session,
  renames: readonly (readonly Rename[])[],
): readonly Precheck[] | undefined {
  const { dialect } = session
  const former = formerNames(unit.changes)
  const asked = changesBeforeRenames(
    unit.changes.flatMap((change) => inFormerNames(change, former) ?? []),
    renames,
  )
  if (asked === undefined) return undefined
  const before = schemaBeforeRenames(unit.before, renames)
  const fills = fillsOf(asked, unit.after, dialect.spelling)
  const isRenamed = renames.length > 0 || asked.some(isRename)
  const circumstances = { changes: asked, fills, before, dialect, isRenamed }
  const added = new Set(
    asked.flatMap((change) => (change.kind === 'addColumn' ? [keyOf(change.table, change.column.name)] : [])),
  )
  // What a check says of a column by its new type cannot be asked of the old one: `n > 0` is an error where n is still a text.
  const retyped = new Set(
    asked.flatMap((change) => (change.kind === 'setType' ? [keyOf(change.table, change.before.name)] : [])),
  )
  const schema = withAdded(before, unit.after, asked)
  const canBeAsked = ({ table, columns, problem }: Precheck): boolean => {
    if (problem === 'checkViolated' && columns.some((column) => retyped.has(keyOf(table, column)))) return false
    const exist = before.tables.has(table) && columns.every((column) => !added.has(keyOf(table, column)))
    return exist || (problem === 'rowsWithoutValue' && before.tables.has(table))
  }
  const questions = [...asked.flatMap((change) => questionsOf(change, circumstances)), ...keptQuestions(circumstances)]
  return questions.flatMap(({ change, words }) => {
    const found = dialect.precheck(change, schema)
    if (found === undefined || !canBeAsked({ ...found, problem: words.problem ?? found.problem })) return []
    return { ...found, ...words }
  })
}

/** The tables as they are, with the columns and types that are to come: a change may speak of either. */
function withAdded(before: Schema, after: Schema, changes: readonly Change[]): Schema {
  const added = Map.groupBy(
    changes.filter((change) => change.kind === 'addColumn'),
    ({ table }) => table,
  )
  const merged = [...before.tables].map(([name, table]): [string, Table] => [
    name,
    { ...table, columns: [...table.columns, ...(added.get(name) ?? []).map(({ column }) => column)] },
  ])
  return { ...before, ...defined({ objects: after.objects }), tables: new Map(merged) }
}

function keyOf(table: string, column: string): string {
  return JSON.stringify([table, column])
}
