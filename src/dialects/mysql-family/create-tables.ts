import type { Change } from '../../schema/change.ts'
import type { ForeignKey, Index, Named, Table } from '../../schema/schema.ts'
import type { StatementStep } from '../../schema/step.ts'
import { createTable } from './definition.ts'
import type { ObjectNames } from './object-names.ts'
import type { Flavour } from './variant.ts'
import { definition } from './work.ts'

/** A table that comes, with what is listed apart from it and can come in the same statement. */
export interface Creation {
  readonly table: Table
  readonly indexes: readonly Index[]
  readonly foreignKeys: readonly ForeignKey[]
}

/**
 * The tables that come, each with its indexes, and with those of its foreign keys that lead to a table that is there by then and stays as it is. No rows
 * may be copied at either end: a foreign key is checked row by row, whatever else is still to be copied.
 */
export function creationsOf(
  changes: readonly Change[],
  isSettled: (table: string) => boolean,
  isReplaced: (table: string) => boolean,
): readonly Creation[] {
  const indexes = new Map<string, Index[]>()
  const foreignKeys = new Map<string, ForeignKey[]>()
  const copied = new Set<string>()
  for (const change of changes) {
    if (change.kind === 'addIndex') pushTo(indexes, change.table, change.index)
    if (change.kind === 'addForeignKey') pushTo(foreignKeys, change.table, change.foreignKey)
    if (change.kind === 'copyRows') copied.add(change.to)
  }
  const created = new Set<string>()
  return changes.flatMap((change): readonly Creation[] => {
    if (change.kind !== 'createTable') return []
    const { table } = change
    if (!isReplaced(table.name)) created.add(table.name)
    const isThere = (target: string): boolean => created.has(target) || isSettled(target)
    const own = copied.has(table.name) ? [] : (foreignKeys.get(table.name) ?? [])
    return [
      {
        table,
        indexes: indexes.get(table.name) ?? [],
        foreignKeys: own.filter(({ references: { table: to } }) => isThere(to) && !copied.has(to)),
      },
    ]
  })
}

/** CREATE TABLE, with all that comes in it. */
export function creation(
  { table, indexes, foreignKeys }: Creation,
  names: ObjectNames,
  flavour: Flavour,
): StatementStep {
  const claimed = <T extends Named>(objects: readonly T[]): readonly T[] => objects.map((object) => names.claim(object))
  const claimedIndexes = <T extends Named>(objects: readonly T[]): readonly T[] =>
    objects.map((object) => names.claimIndex(table.name, object))
  const whole: Table = {
    ...table,
    uniques: claimedIndexes(table.uniques),
    indexes: claimedIndexes(indexes),
    checks: claimed(table.checks),
    foreignKeys: claimed(foreignKeys),
  }
  return definition(createTable(whole, flavour), [
    { kind: 'createTable', table },
    ...indexes.map((index): Change => ({ kind: 'addIndex', table: table.name, index })),
    ...foreignKeys.map((foreignKey): Change => ({ kind: 'addForeignKey', table: table.name, foreignKey })),
  ])
}

function pushTo<T>(lists: Map<string, T[]>, key: string, element: T): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [element])
  else known.push(element)
}
