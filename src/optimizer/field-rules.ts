import { structuralEqual } from '../lib/structural-equal.ts'
import type { AddField, AlterField, RemoveField } from '../operations/operation.ts'
import type { Value } from '../schema/value.ts'
import { holdSameValues, rowsGet, takesValue } from './column-values.ts'
import type { RulesAfter } from './rule.ts'

/** What follows the addition of a field. */
export const afterAddField: RulesAfter<'addField'> = {
  alterField: (first, second) => (second.name === first.name ? addedAsAltered(first, second) : undefined),
  removeField: (first, second) => (second.name === first.name ? [] : undefined),
  renameField: (first, second) => (second.from === first.name ? [{ ...first, name: second.to }] : undefined),
}

/** What follows an alteration of a field. */
export const afterAlterField: RulesAfter<'alterField'> = {
  alterField: (first, second) => (second.name === first.name ? alteredOnce(first, second) : undefined),
  removeField: (first, second) => (second.name === first.name ? removedUnaltered(first, second) : undefined),
  // The new name comes first, so that what follows meets the alteration under it. A cast may speak of the field by its old name, and a column that is
  // given may be held so because the new name's own is another field's.
  renameField: (first, second) =>
    second.from === first.name && !hasCast(first) && first.field.column === undefined
      ? [second, { ...first, name: second.to }]
      : undefined,
}

/** What follows another name of a field. */
export const afterRenameField: RulesAfter<'renameField'> = {
  renameField: (first, second) => {
    if (second.from !== first.to) return undefined
    return second.to === first.from ? [] : [{ ...first, to: second.to }]
  },
  removeField: (first, second) => (second.name === first.to ? [{ ...second, name: first.from }] : undefined),
}

/**
 * The field as it is altered to, where every row that is there gets the value that it would have got in two steps: in one step it gets the default of
 * the field as it is in the end, or the value that is given.
 */
function addedAsAltered(first: AddField, second: AlterField): readonly AddField[] | undefined {
  const { fillExisting: _, ...added } = { ...first, field: second.field }
  const filledWith = (value: Value | undefined): readonly AddField[] => [
    { ...added, ...(value !== undefined && { fillExisting: value }) },
  ]
  if (second.cast !== undefined) return undefined
  if (second.field.expression !== undefined && first.copyFrom === undefined) return [added]
  const given = rowsGet(first)
  const { default: fallback, null: isNullable } = second.field
  switch (given.kind) {
    case 'nothing':
      return filledWith(second.fillExisting)
    case 'null':
      if (isNullable !== true) return filledWith(second.fillExisting)
      return fallback === undefined ? [added] : undefined
    case 'computed': {
      const isSame = structuralEqual(first.field.default, fallback) && first.field.expression === undefined
      return isSame && holdSameValues(first.field, second.field) ? [added] : undefined
    }
    case 'value':
      if (!holdSameValues(first.field, second.field) || !takesValue(second.field, given.value)) return undefined
      return filledWith(
        first.fillExisting === undefined && structuralEqual(fallback, given.value) ? undefined : given.value,
      )
  }
}

/** The last alteration alone, where the one before leaves nothing in the rows that it would not leave too. */
function alteredOnce(first: AlterField, second: AlterField): readonly AlterField[] | undefined {
  if (hasCast(first) || hasCast(second)) return undefined
  const filled = first.field.null === true ? undefined : first.fillExisting
  if (second.field.expression === undefined) {
    if (first.field.expression !== undefined || !holdSameValues(first.field, second.field)) return undefined
    // What was filled stays so when the field may be NULL again.
    if (filled !== undefined && (second.field.null === true || !takesValue(second.field, filled))) return undefined
  }
  const fillExisting = filled ?? second.fillExisting
  const restored = [first.fillRestored, second.fillRestored]
  const [nearest, other] = first.field.null === true ? restored : restored.toReversed()
  const fillRestored = nearest ?? other
  const { fillExisting: _, fillRestored: __, ...alteration } = second
  return [
    {
      ...alteration,
      ...(fillExisting !== undefined && second.field.expression === undefined && { fillExisting }),
      ...(fillRestored !== undefined && { fillRestored }),
    },
  ]
}

/**
 * The removal alone. On the way back the field is restored as it was before both, so what its rows get as it was altered, a value that is given, its
 * default or what it computes, fits only where no conversion lies between the two, which nobody knows here.
 */
function removedUnaltered(first: AlterField, second: RemoveField): readonly RemoveField[] | undefined {
  const { default: fallback, expression } = first.field
  if (first.castRestored !== undefined || fallback !== undefined || expression !== undefined) return undefined
  if (second.fillRestored !== undefined || first.fillRestored === undefined) {
    return second.fillRestored === undefined ? [second] : undefined
  }
  return second.restoreFrom === undefined ? [{ ...second, fillRestored: first.fillRestored }] : undefined
}

function hasCast({ cast, castRestored }: AlterField): boolean {
  return cast !== undefined || castRestored !== undefined
}
