import type { Change } from '../../schema/change.ts'
import type { Dependent } from '../../schema/dialect.ts'
import { emptySchema, type Schema } from '../../schema/schema.ts'
import { readBrokenRoutines } from './broken-routines.ts'
import { namingFor, type Query } from './catalog.ts'
import { readEnumColumns } from './enum-columns.ts'
import { inspect } from './inspect.ts'
import { type Dependency, readDependencies, type Target } from './read-dependencies.ts'
import { readRenames } from './renames.ts'
import { strangersTo } from './strangers.ts'

/**
 * What Godwit did not make, as far as `before` tells, and what the changes would take along, break, or be refused for. Asked before the first step, by
 * the names that hold then, in a constant number of queries.
 */
export async function readDependents(
  changes: readonly Change[],
  before: Schema,
  query: Query,
): Promise<readonly Dependent[]> {
  const targets = [...targetsOf(changes), ...(await columnsOfReplaced(changes, query))]
  if (targets.length === 0) return []
  const dependencies = await readDependencies(query, targets, namingFor([...before.tables.keys()]))
  const harmed = distinct(dependencies).flatMap((dependency) => {
    const target = targets[dependency.target]
    return target !== undefined && isHarmed(dependency, target) ? [{ dependency, target }] : []
  })
  const owners = [...new Set(harmed.flatMap(({ dependency }) => dependency.owner ?? []))]
  const isStranger = strangersTo(before, owners.length === 0 ? emptySchema : await inspect(query, { tables: owners }))
  const found = harmed
    .filter(({ dependency }) => isStranger(dependency))
    .map(({ dependency: { kind, name, goesAlong }, target }): Dependent => {
      const fate = goesAlong && target.effect === 'dropColumn' ? 'dropped' : 'blocks'
      return { kind, name, on: inWords(target), fate }
    })
  const broken = await readBrokenRoutines(query, targets)
  return [
    ...found,
    ...broken.flatMap(({ kind, name, target: number }): readonly Dependent[] => {
      const target = targets[number]
      return target === undefined ? [] : [{ kind, name, on: inWords(target), fate: 'broken' }]
    }),
  ]
}

/** A constraint can depend on a column twice: by itself and by its index. */
function distinct(dependencies: readonly Dependency[]): readonly Dependency[] {
  return [
    ...new Map(dependencies.map((one) => [JSON.stringify([one.target, one.kind, one.owner, one.name]), one])).values(),
  ]
}

function targetsOf(changes: readonly Change[]): readonly Target[] {
  const { tableBefore, columns } = readRenames(changes)
  const columnBefore = (table: string, column: string): string =>
    [...columns(table)].find(([, now]) => now === column)?.[0] ?? column
  return changes.flatMap((change): readonly Target[] => {
    switch (change.kind) {
      case 'dropTable':
        return [{ effect: 'dropTable', table: tableBefore(change.table.name) }]
      case 'dropColumn': {
        const table = tableBefore(change.table)
        return [{ effect: 'dropColumn', table, column: columnBefore(table, change.column.name) }]
      }
      case 'setType': {
        const table = tableBefore(change.table)
        return [{ effect: 'setType', table, column: columnBefore(table, change.before.name) }]
      }
      case 'dropObject':
        return change.object.kind === 'enum' ? [{ effect: 'dropType', type: change.object.name }] : []
      case 'alterEnum':
        return isReplaced(change) ? [{ effect: 'replaceType', type: change.before.name }] : []
      default:
        return []
    }
  })
}

/** A type that is replaced is that of columns, whose type changes then. */
async function columnsOfReplaced(changes: readonly Change[], query: Query): Promise<readonly Target[]> {
  const replaced = changes.flatMap((change) =>
    change.kind === 'alterEnum' && isReplaced(change) ? [change.before.name] : [],
  )
  const columns = await readEnumColumns(query, replaced)
  return columns.map((column) => ({ effect: 'setType', ...column }))
}

/** Values can be added to a type; anything else makes it anew. */
function isReplaced({ before, after, anew }: Change<'alterEnum'>): boolean {
  const kept = after.values.filter((value) => before.values.includes(value))
  return anew === true || kept.join('\0') !== before.values.join('\0')
}

/** Whether something cannot stay as it is when its target goes or changes. */
function isHarmed({ kind, goesAlong, isOfTarget }: Dependency, { effect }: Target): boolean {
  switch (effect) {
    case 'dropColumn':
      return true
    case 'dropTable':
      // What stands on a table is dropped with it, as the user says.
      return !goesAlong && !isOfTarget
    case 'setType':
      return refusesOtherTypes.has(kind)
    case 'dropType':
      return !goesAlong
    case 'replaceType':
      // Its columns get the new type; what takes or gives values of the old one keeps that from going.
      return !goesAlong && kind !== 'column' && kind !== 'generated column'
  }
}

/** What the server makes again by itself when the type of a column changes is not among them: indexes, constraints, statistics. */
const refusesOtherTypes: ReadonlySet<string> = new Set([
  ...['view', 'materialised view', 'rule', 'policy', 'trigger'],
  ...['generated column', 'function', 'procedure', 'publication'],
])

function inWords(target: Target): string {
  if ('type' in target) return target.type
  return 'column' in target ? `${target.table}.${target.column}` : target.table
}
