import type { Change } from '../schema/change.ts'
import type { Unit } from './unit.ts'

/**
 * The units, with those enum types marked as to be made anew whose new values may be used before the transaction that adds them is committed: by
 * another change of the same unit, or, where the whole migration is one transaction, by a later unit.
 */
export function withEnumsMadeAnew(
  units: readonly Unit[],
  { inOneTransaction }: { readonly inOneTransaction: boolean },
): readonly Unit[] {
  return units.map((unit, position) => {
    if (unit.kind !== 'schema' || !unit.changes.some(addsValues)) return unit
    const isFollowed = inOneTransaction && units.slice(position + 1).some((later) => !onlyAltersEnums(later))
    if (!isFollowed && onlyAltersEnums(unit)) return unit
    return {
      ...unit,
      changes: unit.changes.map((change) =>
        change.kind === 'alterEnum' && addsValues(change) ? { ...change, anew: true } : change,
      ),
    }
  })
}

function addsValues(change: Change): boolean {
  return change.kind === 'alterEnum' && change.after.values.some((value) => !change.before.values.includes(value))
}

function onlyAltersEnums(unit: Unit): boolean {
  return unit.kind === 'schema' && unit.changes.every(({ kind }) => kind === 'alterEnum')
}
