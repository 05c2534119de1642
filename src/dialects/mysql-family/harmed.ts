import type { Dependent } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Check, ForeignKey, Index, Named, Schema, Table, Unique } from '../../schema/schema.ts'
import { type Alikeness, pairWithReal } from '../shared/pair-with-real.ts'
import { columnsRead } from './columns-read.ts'
import { alikeChecks, alikeForeignKeys, alikeIndexes } from './match.ts'
import { isMadeFor } from './servers-indexes.ts'
import { inWords, type Target } from './target.ts'
import { fold } from './tokens.ts'
import type { Flavour } from './variant.ts'

/** What stands on tables and was not declared, and would go with a target, lose a part to it, or keep it from going. */
export function harmedOf(target: Target, before: Schema, real: Schema, flavour: Flavour): readonly Dependent[] {
  if (target.effect === 'dropTable') {
    return foreignKeysTo(target.table, before, real).map(({ name }) => ({
      kind: 'foreign key',
      name,
      on: inWords(target),
      fate: 'blocks',
    }))
  }
  // The server follows a renamed column in all that stands on tables, or the plan says it anew.
  const table = real.tables.get(target.table)
  if (target.effect !== 'dropColumn' || table === undefined) return []
  const declared = before.tables.get(target.table)
  const column = fold(target.column)
  const reads = (expression: Expression): boolean => columnsRead(expression, flavour).has(column)
  const over = ({ parts }: Index | Unique): boolean => parts.some(({ expression }) => reads(expression))
  const on = inWords(target)
  const ownKeys = pairWithReal(declared?.foreignKeys ?? [], table.foreignKeys, alikeForeignKeys)
  const indexes = strangers(declared?.indexes ?? [], table.indexes, alikeIndexes(flavour))
    .filter(over)
    .filter((index) => ![...ownKeys.values()].some((key) => isMadeFor(key, index)))
  const uniques = strangers(declared?.uniques ?? [], table.uniques, alikeIndexes(flavour)).filter(over)
  const checks = strangers(declared?.checks ?? [], table.checks, alikeChecks(flavour)).filter(({ expression }) =>
    reads(expression),
  )
  const computed = table.columns.filter(
    ({ name, generated }) =>
      generated !== undefined &&
      reads(generated.expression) &&
      declared?.columns.some((one) => fold(one.name) === fold(name)) !== true,
  )
  const keys = [
    ...strangers(declared?.foreignKeys ?? [], table.foreignKeys, alikeForeignKeys).filter(({ columns }) =>
      columns.map(fold).includes(column),
    ),
    ...foreignKeysTo(target.table, before, real).filter(({ references }) =>
      references.columns.map(fold).includes(column),
    ),
  ]
  return [
    ...indexes.map((index): Dependent => ({ kind: 'index', name: index.name, on, fate: fateOfIndex(index) })),
    ...uniques.map(
      (unique): Dependent => ({ kind: 'unique index', name: unique.name, on, fate: fateOfUnique(unique, flavour) }),
    ),
    ...checks.map((check): Dependent => ({ kind: 'check', name: check.name, on, fate: fateOfCheck(check, flavour) })),
    ...computed.map(
      ({ name }): Dependent => ({ kind: 'generated column', name: `${table.name}.${name}`, on, fate: 'blocks' }),
    ),
    ...distinct(keys).map(({ name }): Dependent => ({ kind: 'foreign key', name, on, fate: 'blocks' })),
  ]
}

/** An index over other columns as well stays, over those alone; one that computes something keeps its columns from going. */
function fateOfIndex({ parts }: Index | Unique): Dependent['fate'] {
  if (parts.some(({ expression }) => expression.kind !== 'column')) return 'blocks'
  return parts.length === 1 ? 'dropped' : 'narrowed'
}

function fateOfUnique(unique: Unique, flavour: Flavour): Dependent['fate'] {
  const fate = fateOfIndex(unique)
  return fate === 'narrowed' && !flavour.variant.catalogue.narrowsUniques ? 'blocks' : fate
}

/** A check of one column goes with it; one that reads others too keeps it from going. */
function fateOfCheck({ expression, ofColumn }: Check, flavour: Flavour): Dependent['fate'] {
  return ofColumn !== undefined || columnsRead(expression, flavour).size === 1 ? 'dropped' : 'blocks'
}

/** The foreign keys of other tables that lead to a table and were not declared. */
function foreignKeysTo(target: string, before: Schema, real: Schema): readonly ForeignKey[] {
  const leadsThere = ({ references }: ForeignKey): boolean => references.table === target
  return [...real.tables.values()].flatMap((table: Table) =>
    table.name === target
      ? []
      : strangers(before.tables.get(table.name)?.foreignKeys ?? [], table.foreignKeys, alikeForeignKeys).filter(
          leadsThere,
        ),
  )
}

/** The real objects that no declared one is meant by. */
function strangers<T extends Named>(declared: readonly T[], real: readonly T[], alikeness: Alikeness<T>): readonly T[] {
  const known = new Set(pairWithReal(declared, real, alikeness).values())
  return real.filter((one) => !known.has(one))
}

function distinct(keys: readonly ForeignKey[]): readonly ForeignKey[] {
  return [...new Set(keys)]
}
