import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Change } from '../change.ts'
import type { Comparison } from '../dialect.ts'
import { type Expression, mapColumns } from '../expression.ts'
import type { ForeignKey, Index, IndexPart, Table, Unique } from '../schema.ts'
import { matchNamed } from './match-named.ts'
import type { Correspondence, TablePair } from './renames.ts'

/** What changes in the primary key, uniques, checks, indexes and foreign keys of a table that stays. */
export function diffConstraints(pair: TablePair, all: Correspondence, comparison: Comparison): readonly Change[] {
  const table = pair.after.name
  const same = (a: Expression | undefined, b: Expression | undefined): boolean =>
    a === undefined || b === undefined ? a === b : comparison.sameExpression(a, b, pair.renamed)
  const sameParts = (a: Unique | Index, b: Unique | Index): boolean =>
    sameIndexParts(a.parts, b.parts, same) && same(a.where, b.where)

  const old = inNewNames(pair, all)
  const uniques = matchNamed(old.uniques, pair.after.uniques, sameParts)
  const indexes = matchNamed(old.indexes, pair.after.indexes, sameParts)
  const checks = matchNamed(old.checks, pair.after.checks, (a, b) => same(a.expression, b.expression))
  const foreignKeys = matchNamed(old.foreignKeys, pair.after.foreignKeys, sameForeignKey)

  return [
    ...diffPrimaryKey(pair),
    ...uniques.removed.map((unique): Change => ({ kind: 'dropUnique', table, unique })),
    ...uniques.added.map((unique): Change => ({ kind: 'addUnique', table, unique })),
    ...uniques.renamed.map((renamed): Change => ({ kind: 'renameUnique', table, ...renamed })),
    ...checks.removed.map((check): Change => ({ kind: 'dropCheck', table, check })),
    ...checks.added.map((check): Change => ({ kind: 'addCheck', table, check })),
    ...checks.renamed.map((renamed): Change => ({ kind: 'renameCheck', table, ...renamed })),
    ...indexes.removed.map((index): Change => ({ kind: 'dropIndex', table, index })),
    ...indexes.added.map((index): Change => ({ kind: 'addIndex', table, index })),
    ...indexes.renamed.map((renamed): Change => ({ kind: 'renameIndex', table, ...renamed })),
    ...foreignKeys.removed.map((foreignKey): Change => ({ kind: 'dropForeignKey', table, foreignKey })),
    ...foreignKeys.added.map((foreignKey): Change => ({ kind: 'addForeignKey', table, foreignKey })),
  ]
}

function diffPrimaryKey(pair: TablePair): readonly Change[] {
  const before = pair.before.primaryKey
  const after = pair.after.primaryKey
  const moved = before?.columns.map((column) => pair.renamed.get(column) ?? column)
  if (structuralEqual(moved, after?.columns)) return []
  return [
    {
      kind: 'setPrimaryKey',
      table: pair.after.name,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  ]
}

function sameIndexParts(
  before: readonly IndexPart[],
  after: readonly IndexPart[],
  same: (a: Expression, b: Expression) => boolean,
): boolean {
  return (
    before.length === after.length &&
    before.every((part, index) => {
      const other = after[index]
      return other !== undefined && part.descending === other.descending && same(part.expression, other.expression)
    })
  )
}

function sameForeignKey(a: ForeignKey, b: ForeignKey): boolean {
  return (
    a.references.table === b.references.table &&
    structuralEqual(a.columns, b.columns) &&
    structuralEqual(a.references.columns, b.references.columns) &&
    a.onDelete === b.onDelete &&
    a.onUpdate === b.onUpdate &&
    a.deferrable === b.deferrable
  )
}

/** What stood on the table before, in the names that hold once the renames are done: so it is compared, and so it is dropped. */
function inNewNames({ before, renamed }: TablePair, all: Correspondence): Omit<Table, 'columns' | 'name'> {
  const column = (name: string): string => renamed.get(name) ?? name
  const moved = (expression: Expression): Expression => mapColumns(expression, column)
  const overColumns = <T extends Unique | Index>(object: T): T => ({
    ...object,
    parts: object.parts.map((part) => ({ ...part, expression: moved(part.expression) })),
    ...(object.where === undefined ? {} : { where: moved(object.where) }),
  })
  return {
    uniques: before.uniques.map(overColumns),
    indexes: before.indexes.map(overColumns),
    checks: before.checks.map((check) => ({ ...check, expression: moved(check.expression) })),
    foreignKeys: before.foreignKeys.map((foreignKey) => {
      const target = all.pairs.get(foreignKey.references.table)
      return {
        ...foreignKey,
        columns: foreignKey.columns.map(column),
        references: {
          table: target?.after.name ?? foreignKey.references.table,
          columns: foreignKey.references.columns.map((name) => target?.renamed.get(name) ?? name),
        },
      }
    }),
  }
}
