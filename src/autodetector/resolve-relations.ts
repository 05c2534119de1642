import { findField, keyOf } from '../state/project-state.ts'
import { type Inquiry, refuseWrongAnswer } from './inquiry.ts'
import { relationFate } from './relation-fate.ts'
import { replacedKeys } from './replaced-keys.ts'
import type { ModelPair, Surroundings } from './resolve-field-renames.ts'
import type { Renames } from './resolve-renames.ts'

/** What becomes of what relations hold that are changed into others. Each is by `app.Model.field`, as it is to be called. */
export interface Relations {
  /** What another field, of this name, holds is copied. */
  readonly copies: ReadonlyMap<string, string>
  /** Removed and added anew, which somebody has agreed to. */
  readonly replaced: ReadonlySet<string>
}

/** Settles by answers what becomes of what relations hold, or asks. A table in other hands is not asked about. */
export function resolveRelations(
  pairs: readonly ModelPair[],
  { before: from, after: to, renames, open }: Surroundings & { readonly renames: Renames },
  inquiry: Inquiry,
): Relations {
  const keys = replacedKeys({ before: from, after: to }, renames)
  const copies = new Map<string, string>()
  const replaced = new Set<string>()
  for (const { key, before, after } of pairs) {
    if (before.options.managed === false || after.options.managed === false) continue
    for (const { name, field } of after.fields) {
      const path = `${key}.${name}`
      const old = findField(before, renames.renamed.get(path) ?? name)
      // What the field points at may turn out to be another model, and the field itself another one.
      if (old === undefined || renames.open.has(path) || open.has(String(field.to)) || open.has(String(field.through)))
        continue
      const fate = relationFate({
        old: { model: before, name: old.name, field: old.field },
        now: { model: after, name, field },
        before: from,
        after: to,
        keys,
      })
      if (fate === 'copied') copies.set(path, old.name)
      if (typeof fate === 'string') continue
      const answer = inquiry.answerTo(`${path}:rows`)
      if (answer === undefined) {
        inquiry.ask({ kind: 'relationChanged', key: `${path}:rows`, model: keyOf(after), field: name, ...fate })
      } else if (answer.kind === 'dropRows' && fate.ways.includes('drop')) replaced.add(path)
      else if (answer.kind !== 'keepRows' || !fate.ways.includes('keep')) {
        refuseWrongAnswer(`${path}:rows`, answer, fate.ways.map((way) => `rows=${way}`).join(' or '))
      }
    }
  }
  return { copies, replaced }
}
