import { isObjectChange, tableOf } from '../schema/change.ts'
import { diff } from '../schema/diff.ts'
import type { Schema, Table } from '../schema/schema.ts'
import { projectModel } from '../state/project-model.ts'
import type { ProjectState } from '../state/project-state.ts'
import { type Difference, differenceFrom } from './difference.ts'
import { conditionsOf } from './read-checks.ts'
import type { ReadModel } from './read-models.ts'
import type { Relations } from './read-relations.ts'
import type { Source } from './source.ts'

/** By table, what a database has and its models do not say. Empty lists: the models say all of it. */
export function differencesOf(
  models: readonly ReadModel[],
  state: ProjectState,
  source: Source,
  relations: Relations,
): ReadonlyMap<string, readonly Difference[]> {
  const { dialect } = source
  const managed = models.filter(({ model }) => model.options.managed !== false)
  const only = (tables: Iterable<Table>): Schema => ({
    tables: new Map([...tables].map((table) => [table.name, table])),
    others: [],
  })
  const inspected = only(managed.map((read) => withLiterals(inParts(read, source), source)))
  const declared = managed.flatMap(({ model }) => projectModel(state, model, dialect))
  const wanted = only(declared.map((table) => withLiterals(table, source)))
  const changes = diff(inspected, wanted, { match: 'name', comparison: dialect.comparison })
  const told = changes.flatMap((change) => {
    if (isObjectChange(change)) return []
    const difference = differenceFrom(change, source.dialect, relations)
    return difference === undefined ? [] : [{ table: tableOf(change), difference }]
  })
  const byTable = Map.groupBy(told, ({ table }) => table)
  return new Map([...byTable].map(([table, list]) => [table, list.map(({ difference }) => difference)]))
}

/** The table with the conditions that its fields bring along as they would declare them: a server may spell them otherwise. */
function inParts({ table, fieldChecks }: ReadModel, { dialect }: Source): Table {
  const read = [...conditionsOf(table, dialect).values()].flat().filter(({ check }) => fieldChecks.has(check))
  const parts = new Map(read.map(({ check, condition }) => [check, condition]))
  return {
    ...table,
    checks: table.checks.map((check) => ({ ...check, expression: parts.get(check) ?? check.expression })),
  }
}

/** The table with each default that is a literal as that literal: a server may print one in other words than it was told. */
function withLiterals(table: Table, { dialect }: Source): Table {
  const columns = table.columns.map((column) => {
    const value = column.default && dialect.reading.literal(column.default)
    return value === undefined ? column : { ...column, default: { kind: 'value', value } as const }
  })
  return { ...table, columns }
}
