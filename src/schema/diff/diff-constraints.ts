import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Change } from '../change.ts'
import type { Comparison } from '../dialect.ts'
import { type Expression, mapColumns } from '../expression.ts'
import type { Exclusion, ExclusionElement, ForeignKey, Index, IndexPart, Table, Unique } from '../schema.ts'
import { matchNamed } from './match-named.ts'
import type { Correspondence, Match, TablePair } from './renames.ts'

interface ConstraintComparison {
  readonly comparison: Comparison
  readonly match: Match
  /** Whether indexes come and go without keeping writers waiting. */
  readonly concurrently: boolean
}

/** What changes in the primary key, uniques, checks, indexes and foreign keys of a table that stays. */
export function diffConstraints(
  pair: TablePair,
  all: Correspondence,
  { comparison, match, concurrently }: ConstraintComparison,
): readonly Change[] {
  const table = pair.after.name
  const same = (a: Expression | undefined, b: Expression | undefined): boolean =>
    a === undefined || b === undefined ? a === b : comparison.sameExpression(a, b, pair.renamed)
  const sameParts = (a: Unique | Index, b: Unique | Index): boolean =>
    sameIndexParts(a.parts, b.parts, same) && same(a.where, b.where) && structuralEqual(a.include, b.include)
  const sameUnique = (a: Unique, b: Unique): boolean =>
    sameParts(a, b) && a.nullsNotDistinct === b.nullsNotDistinct && a.deferrable === b.deferrable
  const sameIndex = (a: Index, b: Index): boolean => sameParts(a, b) && a.method === b.method && a.invalid === b.invalid
  const sameExclusion = (a: Exclusion, b: Exclusion): boolean =>
    a.method === b.method &&
    a.deferrable === b.deferrable &&
    same(a.where, b.where) &&
    sameElements(a.elements, b.elements, same)
  const how = concurrently ? ({ concurrently: true } as const) : {}

  const old = inNewNames(pair, all)
  const uniques = matchNamed(old.uniques, pair.after.uniques, sameUnique, match)
  const indexes = matchNamed(old.indexes, pair.after.indexes, sameIndex, match)
  const checks = matchNamed(old.checks, pair.after.checks, (a, b) => same(a.expression, b.expression), match)
  const exclusions = matchNamed(old.exclusions ?? [], pair.after.exclusions ?? [], sameExclusion, match)
  const foreignKeys = matchNamed(old.foreignKeys, pair.after.foreignKeys, sameForeignKey)

  return [
    ...diffPrimaryKey(pair),
    ...uniques.removed.map((unique): Change => ({ kind: 'dropUnique', table, unique })),
    ...uniques.added.map((unique): Change => ({ kind: 'addUnique', table, unique })),
    ...uniques.renamed.map((renamed): Change => ({ kind: 'renameUnique', table, ...renamed })),
    ...checks.removed.map((check): Change => ({ kind: 'dropCheck', table, check })),
    ...checks.added.map((check): Change => ({ kind: 'addCheck', table, check })),
    ...checks.renamed.map((renamed): Change => ({ kind: 'renameCheck', table, ...renamed })),
    ...checks.persisted.flatMap(({ before, after }): readonly Change[] =>
      before.notValid === true && after.notValid !== true ? [{ kind: 'validateCheck', table, check: after }] : [],
    ),
    ...exclusions.removed.map((exclusion): Change => ({ kind: 'dropExclusion', table, exclusion })),
    ...exclusions.added.map((exclusion): Change => ({ kind: 'addExclusion', table, exclusion })),
    ...exclusions.renamed.map((renamed): Change => ({ kind: 'renameExclusion', table, ...renamed })),
    ...indexes.removed.map((index): Change => ({ kind: 'dropIndex', table, index, ...how })),
    ...indexes.added.map((index): Change => ({ kind: 'addIndex', table, index, ...how })),
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
      return other !== undefined && sameOrder(part, other) && same(part.expression, other.expression)
    })
  )
}

function sameOrder(a: IndexPart, b: IndexPart): boolean {
  return (
    a.descending === b.descending &&
    a.nulls === b.nulls &&
    a.operatorClass === b.operatorClass &&
    a.collation === b.collation &&
    a.prefix === b.prefix
  )
}

function sameElements(
  before: readonly ExclusionElement[],
  after: readonly ExclusionElement[],
  same: (a: Expression, b: Expression) => boolean,
): boolean {
  return (
    before.length === after.length &&
    before.every((element, index) => {
      const other = after[index]
      return (
        other !== undefined &&
        element.operator === other.operator &&
        element.operatorClass === other.operatorClass &&
        same(element.expression, other.expression)
      )
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
    a.deferrable === b.deferrable &&
    a.notValid === b.notValid
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
    ...(object.include === undefined ? {} : { include: object.include.map(column) }),
  })
  return {
    uniques: before.uniques.map(overColumns),
    indexes: before.indexes.map(overColumns),
    exclusions: (before.exclusions ?? []).map((exclusion) => ({
      ...exclusion,
      elements: exclusion.elements.map((element) => ({ ...element, expression: moved(element.expression) })),
      ...(exclusion.where === undefined ? {} : { where: moved(exclusion.where) }),
    })),
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
