import { matchesPattern } from '../lib/matches-pattern.ts'
import type { Project } from './project.ts'

/** Something that differs, as patterns speak of it. */
export interface Differing {
  readonly object: string
  readonly table?: string
}

/** What counts of what differs, what the config says may stay, and the patterns of it that are about nothing. */
export interface WithoutIgnored<Thing> {
  readonly kept: readonly Thing[]
  readonly ignored: readonly (Thing & { readonly reason: string })[]
  readonly unused: readonly string[]
}

/** Sets aside what the config's `drift.ignore` says may differ. */
export function withoutIgnored<Thing extends Differing>(
  things: readonly Thing[],
  { ignoredDrift }: Pick<Project, 'ignoredDrift'>,
): WithoutIgnored<Thing> {
  const used = new Set<string>()
  const kept: Thing[] = []
  const ignored: (Thing & { readonly reason: string })[] = []
  for (const thing of things) {
    const entries = ignoredDrift.filter(({ object }) => isAbout(object, thing))
    for (const { object } of entries) used.add(object)
    const [entry] = entries
    if (entry === undefined) kept.push(thing)
    else ignored.push({ ...thing, reason: entry.reason })
  }
  const unused = ignoredDrift.map(({ object }) => object).filter((object) => !used.has(object))
  return { kept, ignored, unused }
}

/**
 * What speaks against a proof that a database holds what migrations make. The config can excuse what is there besides; what a migration makes, and is missing
 * or another, nobody can.
 */
export function speakingAgainst<Thing extends Differing & { readonly kind: 'missing' | 'extra' | 'different' }>(
  things: readonly Thing[],
  { ignoredDrift }: Pick<Project, 'ignoredDrift'>,
): readonly Thing[] {
  return things.filter((thing) => thing.kind !== 'extra' || !ignoredDrift.some(({ object }) => isAbout(object, thing)))
}

/** Whether a pattern is about something: by what it is called in full, or by its table. */
export function isAbout(pattern: string, { object, table }: Differing): boolean {
  return matchesPattern(pattern, object) || (table !== undefined && matchesPattern(pattern, table))
}
