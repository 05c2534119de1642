import { compareDatabase } from '../reality/compare-database.ts'
import type { Session } from '../schema/dialect.ts'
import type { Schema } from '../schema/schema.ts'
import type { Placement } from '../state/placement.ts'
import type { ProjectState } from '../state/project-state.ts'

/** A database at one moment: what of it is not as declared, and what nothing declares. */
export interface Judged {
  /** In words, by what it is about. */
  readonly differing: ReadonlyMap<string, { readonly text: string; readonly isExtra: boolean }>
  /** Tables without a model, views, triggers: what SQL of migrations has made. */
  readonly others: ReadonlySet<string>
  readonly schema: Schema
}

/** Compares a database with a State, and its tables with the models. */
export async function judge(session: Session, state: ProjectState, placement: Placement | undefined): Promise<Judged> {
  const compared = await compareDatabase({ session, state, ...(placement !== undefined && { placement }) })
  return {
    differing: new Map(
      compared.discrepancies.map(({ object, kind, text }) => [
        `${object} ${text}`,
        { text, isExtra: kind === 'extra' },
      ]),
    ),
    others: new Set(compared.unmanaged.map(({ kind, name }) => `${kind} ${name}`)),
    schema: compared.inspected,
  }
}

/** What a migration has left otherwise than its operations say. What SQL or code of the user's adds is theirs. */
export function newDifferences(before: Judged, after: Judged, hasOwnWork: boolean): readonly string[] {
  return [...after.differing].flatMap(([key, { text, isExtra }]) =>
    before.differing.has(key) || (isExtra && hasOwnWork) ? [] : [text],
  )
}

/** What is not as it was: after a way there and back, or the same way again. */
export function notAsBefore(before: Judged, after: Judged): readonly string[] {
  return [
    ...[...after.differing].flatMap(([key, { text }]) => (before.differing.has(key) ? [] : [text])),
    ...[...before.differing].flatMap(([key, { text }]) => (after.differing.has(key) ? [] : [`no longer: ${text}`])),
    ...[...after.others.difference(before.others)].map((other) => `the ${other} is left behind`),
    ...[...before.others.difference(after.others)].map((other) => `the ${other} is gone`),
  ]
}
