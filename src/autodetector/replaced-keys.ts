import { structuralEqual } from '../lib/structural-equal.ts'
import { findModel, type ProjectState } from '../state/project-state.ts'
import { keyFields } from '../state/table-facets.ts'
import type { Renames } from './resolve-renames.ts'

/** The fields that were, and that are to be, a model's primary key. */
export interface ReplacedKey {
  readonly was: string
  readonly is: string
}

/** Models that are told apart by other fields than before, not merely by renamed ones: what points at them holds the values of the old ones. */
export type ReplacedKeys = (model: string) => ReplacedKey | undefined

/** Compares the keys of two States, of which the renames of fields are known. */
export function replacedKeys(
  { before, after }: { readonly before: ProjectState; readonly after: ProjectState },
  { renamed, open }: Renames,
): ReplacedKeys {
  return (key) => {
    const [old, now] = [findModel(before, key), findModel(after, key)]
    if (old === undefined || now === undefined) return undefined
    const names = keyFields(now).map(({ name }) => name)
    // What is asked about may be the old key under another name.
    if (names.some((name) => open.has(`${key}.${name}`))) return undefined
    const was = keyFields(old).map(({ name }) => name)
    const is = names.map((name) => renamed.get(`${key}.${name}`) ?? name)
    return structuralEqual(was, is) ? undefined : { was: was.join(', '), is: names.join(', ') }
  }
}
