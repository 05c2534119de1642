import { fail } from '../errors/error.ts'
import type { Candidate } from './field-candidates.ts'
import { type Inquiry, refuseWrongAnswer } from './inquiry.ts'
import type { Question } from './question.ts'

/** What renames are looked for among: models of the project, or fields of one model. */
export interface RenameSearch<Added> {
  readonly added: readonly Added[]
  /** `billing.Invoice.sum`: what messages, hints and the question's key call it. */
  subjectOf(added: Added): string
  /** What was removed, by the names that `identify` gives. */
  readonly removed: ReadonlySet<string>
  /** The full name of what a person called by a short one. */
  identify(name: string, added: Added): string
  /** Whether something of this full name is still there. */
  isKept(id: string): boolean
  /** Whether a hint may be left over from long ago: there is no history that could know the name. */
  isSpent(id: string, added: Added): boolean
  /** Whether the question must wait until others are answered. */
  mustWait(added: Added): boolean
  /** What the added one may have been, of those that no other has taken. */
  candidatesFor(added: Added, free: ReadonlySet<string>): readonly Candidate[]
  question(added: Added, key: string, candidates: readonly Candidate[]): Question
}

/** What is known of renames after one round. */
export interface Renames {
  /** The old full name, by the subject that has it no more. */
  readonly renamed: ReadonlyMap<string, string>
  /** Subjects whose question is open, each with what it may have been. */
  readonly open: ReadonlyMap<string, readonly string[]>
}

/** Settles by answers and hints what was renamed, and asks about everything else that has candidates. Never guesses. */
export function resolveRenames<Added>(search: RenameSearch<Added>, inquiry: Inquiry): Renames {
  const takenBy = new Map<string, string>()
  const unsettled: Added[] = []
  for (const added of search.added) {
    const said = oldNameOf(search, added, inquiry)
    if (said === 'unknown') unsettled.push(added)
    if (said === 'unknown' || said === 'new') continue
    const subject = search.subjectOf(added)
    const other = takenBy.get(said.id)
    if (other !== undefined) fail('detection.renamedTwice', { named: said.id, subjects: [other, subject] })
    takenBy.set(said.id, subject)
  }
  const free = search.removed.difference(takenBy)
  const open = new Map<string, readonly string[]>()
  for (const added of unsettled) {
    const subject = search.subjectOf(added)
    if (search.mustWait(added)) {
      open.set(subject, [])
      continue
    }
    const candidates = free.size === 0 ? [] : search.candidatesFor(added, free)
    if (candidates.length === 0) continue
    inquiry.ask(search.question(added, renameKey(subject), candidates))
    open.set(
      subject,
      candidates.map(({ name }) => search.identify(name, added)),
    )
  }
  return { renamed: new Map([...takenBy].map(([old, subject]) => [subject, old])), open }
}

function renameKey(subject: string): string {
  return `${subject}:renamedFrom`
}

function oldNameOf<Added>(
  search: RenameSearch<Added>,
  added: Added,
  inquiry: Inquiry,
): 'unknown' | 'new' | { readonly id: string } {
  const subject = search.subjectOf(added)
  const key = renameKey(subject)
  const answer = inquiry.answerTo(key)
  if (answer?.kind === 'notRenamed') return 'new'
  if (answer !== undefined && answer.kind !== 'renamedFrom') {
    refuseWrongAnswer(key, answer, 'renamedFrom= and its old name, or renamedFrom=none')
  }
  const origin = answer === undefined ? 'hint' : 'answer'
  const named = answer?.name ?? inquiry.hints.get(subject)
  if (named === undefined) return 'unknown'
  const id = search.identify(named, added)
  if (search.removed.has(id)) return { id }
  if (search.isKept(id)) fail('detection.renamedFromExisting', { subject, named, origin })
  if (origin === 'hint' && search.isSpent(id, added)) return 'unknown'
  return fail('detection.renamedFromUnknown', { subject, named, known: [...search.removed], origin })
}
