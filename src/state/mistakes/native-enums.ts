import type { GodwitError } from '../../errors/error.ts'
import { structuralEqual } from '../../lib/structural-equal.ts'
import { type EnumUse, enumUses } from '../native-enums.ts'
import type { ProjectState } from '../project-state.ts'
import { mistake } from './mistake.ts'

/** Native types of one name that are to hold different values, or that two apps would make. */
export function* nativeEnumMistakes(state: ProjectState): Generator<GodwitError> {
  const first = new Map<string, EnumUse>()
  for (const use of enumUses(state)) {
    const native = use.object.name
    const other = first.get(native)
    first.set(native, other ?? use)
    if (other === undefined) continue
    const fields = [other.owner, use.owner] as const
    if (other.app !== use.app) yield mistake('models.enumInTwoApps', { native, fields })
    else if (!structuralEqual(other.object.values, use.object.values)) {
      yield mistake('models.enumValuesDiffer', { native, fields })
    }
  }
}
