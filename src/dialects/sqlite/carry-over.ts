import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Column, Named, Table } from '../../schema/schema.ts'
import { pairWithReal, sameCheck, sameForeignKey, sameIndex } from './match.ts'
import { fold } from './raw-sql.ts'

/**
 * What a table becomes: the declared one, and everything of the real one that no migration knows of. A rebuild makes the table anew, and what
 * others added to it must not be lost on the way.
 */
export function carryOver(before: Table, real: Table, after: Table): Table {
  return {
    ...after,
    columns: [
      ...after.columns.map((column) => asItIs(column, columnOf(before, column.name), columnOf(real, column.name))),
      ...real.columns.filter(({ name }) => !columnOf(before, name) && !columnOf(after, name)),
    ],
    ...(structuralEqual(before.primaryKey, after.primaryKey) && real.primaryKey ? { primaryKey: real.primaryKey } : {}),
    uniques: withUnknown(before.uniques, real.uniques, after.uniques, sameIndex),
    indexes: withUnknown(before.indexes, real.indexes, after.indexes, sameIndex),
    checks: withUnknown(before.checks, real.checks, after.checks, sameCheck),
    foreignKeys: withUnknown(before.foreignKeys, real.foreignKeys, after.foreignKeys, sameForeignKey),
    ...(real.attributes === undefined ? {} : { attributes: real.attributes }),
  }
}

export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => fold(column.name) === fold(name))
}

/** A column that the plan leaves alone stays as the database has it. */
function asItIs(after: Column, before: Column | undefined, real: Column | undefined): Column {
  if (before === undefined || real === undefined) return after
  const { identity: _was, comment: _said, ...declared } = before
  const { identity: _is, comment: _says, ...wanted } = after
  if (structuralEqual(declared, wanted)) return real
  const keepsCollation = before.collation === undefined && after.collation === undefined
  return keepsCollation && real.collation !== undefined ? { ...after, collation: real.collation } : after
}

function withUnknown<T extends Named>(
  before: readonly T[],
  real: readonly T[],
  after: readonly T[],
  same: (a: T, b: T) => boolean,
): readonly T[] {
  const pairs = pairWithReal(before, real, same)
  const known = new Set(before.map((declared) => pairs.get(declared) ?? real.find((object) => same(object, declared))))
  const wanted = new Set(after.map(({ name }) => name))
  const kept = after.map((object) => withRealName(object, before, pairs, same))
  return [...kept, ...real.filter((object) => !known.has(object) && (object.name === '' || !wanted.has(object.name)))]
}

/** What stays as it was keeps the name that it has, where no other was asked for. */
function withRealName<T extends Named>(
  object: T,
  before: readonly T[],
  pairs: ReadonlyMap<T, T>,
  same: (a: T, b: T) => boolean,
): T {
  const declared = object.generatedName ? before.find((one) => one.generatedName && same(one, object)) : undefined
  const name = declared && pairs.get(declared)?.name
  // One that SQLite gave cannot be given by anybody else.
  return name === undefined || name === '' || name.startsWith('sqlite_') ? object : { ...object, name }
}
