import type { Change } from '../../schema/change.ts'
import { type Expression, mapColumns } from '../../schema/expression.ts'
import type { Column, Index, Table, Unique } from '../../schema/schema.ts'
import { name, type Sql, sql } from '../../schema/sql.ts'
import type { StatementStep } from '../../schema/step.ts'
import { pairWithReal } from '../shared/pair-with-real.ts'
import type { Operation } from './alter-variant.ts'
import { isOverColumns, traitsOf } from './alteration.ts'
import { withOwnCollation } from './collation.ts'
import { columnsRead } from './columns-read.ts'
import { checkDefinition, columnDefinition, indexDefinition, uniqueDefinition } from './definition.ts'
import { droppingIndex } from './dropping-index.ts'
import { alikeChecks } from './match.ts'
import { renamesKeys, renameWithoutHashes } from './rename-beside-hashes.ts'
import { atOnce, namesBefore } from './rename-order.ts'
import { fold } from './tokens.ts'
import type { Flavour } from './variant.ts'
import { alterTable, type Clause } from './work.ts'

type ColumnRename = Change<'renameColumn'>

/** A table whose columns are renamed, as the database has it and as declared, with the new names in all that they say. */
export interface RenamedTable {
  readonly real: Table
  readonly declared: Table
  /** All tables that there are, for the foreign keys that lead here. */
  readonly all: Iterable<Table>
}

/**
 * The ALTER TABLEs that give columns of a table their new names. Where the server does not follow a column into what is computed from it, that is said
 * again with it (errors 3108, 3766, 3837 and 3959). Checks go before and come back after: to add one the table is copied, and a column of a foreign key
 * can't be renamed in a copy.
 */
export function renameColumns(
  renames: readonly ColumnRename[],
  tables: RenamedTable,
  flavour: Flavour,
): readonly StatementStep[] {
  const { real } = tables
  const altered = { table: real.name, traits: traitsOf([real], [], flavour), flavour }
  if (flavour.variant.alter.renamesFollow) {
    const isHindered = altered.traits.hashes > 0 && renamesKeys(renames, real, tables.all)
    return isHindered
      ? renameWithoutHashes(renames, renaming(renames), tables, altered)
      : [alterTable(altered, renaming(renames))]
  }
  const { light, copied } = divided(renames, real, flavour)
  const checks = checksAgain(renames, copied, tables, flavour)
  const again = computedAgain(real, copied, flavour)
  if (light.length === 0) {
    const silent = checks.flatMap(({ gone, back }): readonly Clause[] => [
      { ...gone, makes: [] },
      { ...back, makes: [] },
    ])
    return [alterTable(altered, [...renaming(copied), ...silent, ...again])]
  }
  const last = [...renaming(copied), ...again, ...checks.map(({ back }) => back)]
  return [
    alterTable(altered, [...renaming(light), ...checks.map(({ gone }) => gone)]),
    ...(last.length === 0 ? [] : [alterTable(altered, last)]),
  ]
}

/** The server takes the old names for those at the beginning of the statement. */
function renaming(renames: readonly ColumnRename[]): readonly Clause[] {
  return atOnce(renames).map(
    ({ from, to }, index): Clause => ({
      sql: sql`RENAME COLUMN ${name(from)} TO ${name(to)}`,
      operations: ['renameColumn'],
      makes: index === 0 ? renames : [],
    }),
  )
}

/** Which columns are read by what can only be said again in a copy, and have to be renamed there; all are where one depends on the other. */
function divided(
  renames: readonly ColumnRename[],
  real: Table,
  flavour: Flavour,
): { readonly light: readonly ColumnRename[]; readonly copied: readonly ColumnRename[] } {
  const isChained = renames.some(({ to }) => renames.some(({ from }) => fold(from) === fold(to)))
  const isCopied = (one: ColumnRename): boolean => computedAgain(real, [one], flavour).length > 0
  const [copied, light] = [renames.filter(isCopied), renames.filter((one) => !isCopied(one))]
  const [readsCopied, readsLight] = [readerOf(copied, flavour), readerOf(light, flavour)]
  const isShared = real.checks.some(({ expression }) => readsCopied(expression) && readsLight(expression))
  return copied.length > 0 && (isChained || isShared) ? { light: [], copied: renames } : { light, copied }
}

interface CheckAgain {
  readonly gone: Clause
  readonly back: Clause
}

/** Checks over columns that are renamed; when they go, those that are renamed in a copy still have the names from before. */
function checksAgain(
  renames: readonly ColumnRename[],
  copied: readonly ColumnRename[],
  { real, declared }: RenamedTable,
  flavour: Flavour,
): readonly CheckAgain[] {
  const nameBefore = namesBefore(copied)
  const reads = readerOf(renames, flavour)
  const pairs = pairWithReal(declared.checks, real.checks, alikeChecks(flavour))
  const declaredAs = new Map([...pairs].map(([own, known]) => [known, own]))
  return real.checks
    .filter(({ expression }) => reads(expression))
    .map((check): CheckAgain => {
      const own = declaredAs.get(check)
      const then = own && { ...own, expression: mapColumns(own.expression, nameBefore) }
      return {
        gone: {
          sql: sql`DROP CONSTRAINT ${name(check.name)}`,
          operations: ['dropCheck'],
          makes: then === undefined ? [] : [{ kind: 'dropCheck', table: real.name, check: then }],
        },
        back: {
          sql: sql`ADD ${checkDefinition(check, flavour)}`,
          operations: ['addCheck'],
          makes: own === undefined ? [] : [{ kind: 'addCheck', table: real.name, check: own }],
        },
      }
    })
}

/** Columns and indexes that are computed from renamed columns, said again. */
function computedAgain(table: Table, renames: readonly ColumnRename[], flavour: Flavour): readonly Clause[] {
  const reads = readerOf(renames, flavour)
  const computes = ({ parts }: Pick<Index, 'parts'>): boolean =>
    !isOverColumns(parts) && parts.some(({ expression }) => reads(expression))
  return [
    ...table.columns
      .filter((column) => reads(column.generated?.expression) || readsInDefault(column, reads))
      .map(
        (column): Clause => ({
          sql: sql`MODIFY COLUMN ${columnDefinition(withOwnCollation(column, table, flavour), flavour)}`,
          operations: [column.generated === undefined ? 'describe' : 'convert'],
          makes: [],
        }),
      ),
    ...table.indexes
      .filter(computes)
      .flatMap((index) => indexAgain(index, sql`ADD ${indexDefinition(index, flavour)}`, 'addExpressionIndex')),
    ...table.uniques
      .filter(computes)
      .flatMap((unique) => indexAgain(unique, sql`ADD ${uniqueDefinition(unique, flavour)}`, 'addExpressionUnique')),
  ]
}

function indexAgain(index: Index | Unique, adding: Sql, operation: Operation): readonly Clause[] {
  return [droppingIndex(index), { sql: adding, operations: [operation], makes: [] }]
}

type Reader = (expression: Expression | undefined) => boolean

/** Whether an expression reads any of some columns, by their new names. */
function readerOf(renames: readonly ColumnRename[], flavour: Flavour): Reader {
  const names = new Set(renames.map(({ to }) => fold(to)))
  return (expression) =>
    expression !== undefined && names.size > 0 && !columnsRead(expression, flavour).isDisjointFrom(names)
}

/** A literal reads nothing, whatever words it holds. */
function readsInDefault({ default: fallback }: Column, reads: Reader): boolean {
  return fallback !== undefined && fallback.kind !== 'value' && reads(fallback)
}
