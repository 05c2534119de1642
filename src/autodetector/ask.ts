import { fail } from '../errors/error.ts'
import { nearestNames } from '../lib/did-you-mean.ts'
import type { Answers } from './parse-answers.ts'
import type { Question } from './question.ts'
import { questionInWords, subjectOf } from './question-words.ts'

/** Answers questions, all of them or only the first ones: what stays open is asked again. No answer at all: there is nobody to ask. */
export type Questioner = (questions: readonly Question[]) => Promise<Answers>

/** Questions that are open, and the keys of the answers that were used so far. */
export interface OpenQuestions {
  readonly kind: 'questions'
  readonly questions: readonly Question[]
  readonly used: ReadonlySet<string>
}

/** What a detection without open questions says: anything, and the keys of the answers that it used. */
export interface Answered {
  readonly kind: string
  readonly used: ReadonlySet<string>
}

/** The questioner where there is nobody to ask. */
export const nobody: Questioner = async () => new Map()

/**
 * Detects, has the open questions answered, and detects again, until none is open. Throws `detection.unanswered` when the questioner has no answer,
 * and `detection.unknownAnswer` for a given answer that nothing asked for.
 */
export async function ask<Done extends Answered>({
  detect,
  questioner,
  answers: given = new Map(),
}: {
  detect: (answers: Answers) => Done
  questioner: Questioner
  answers?: Answers
}): Promise<Exclude<Done, OpenQuestions>> {
  const asked = new Set<string>()
  let answers = given
  for (;;) {
    const detection = detect(answers)
    if (!isOpen(detection)) {
      const [unknown] = unusedAnswers(given, detection.used)
      if (unknown !== undefined) {
        const near = nearestNames(unknown, detection.used)
        fail('detection.unknownAnswer', { key: unknown, asked: [...asked], near })
      }
      return detection as Exclude<Done, OpenQuestions>
    }
    for (const { key } of detection.questions) asked.add(key)
    const more = await questioner(detection.questions)
    if (more.size === 0) refuseToGuess(detection.questions, unusedAnswers(given, detection.used))
    answers = new Map([...answers, ...more])
  }
}

/** The keys of the answers that no question asked for. */
export function unusedAnswers(answers: Answers, used: ReadonlySet<string>): readonly string[] {
  return [...answers.keys()].filter((key) => !used.has(key))
}

/**
 * The questions that are still to be asked once some are answered: without those, and without candidates that another question has taken. For a
 * questioner that asks one after the other.
 */
export function remainingQuestions(questions: readonly Question[], answers: Answers): readonly Question[] {
  const taken = new Set(
    questions.flatMap((question) => {
      const answer = answers.get(question.key)
      return answer?.kind === 'renamedFrom' && isRename(question) ? [candidateKey(question, answer.name)] : []
    }),
  )
  return questions.flatMap((question): Question[] => {
    if (answers.has(question.key)) return []
    if (!isRename(question)) return [question]
    const candidates = question.candidates.filter(({ name }) => !taken.has(candidateKey(question, name)))
    return candidates.length === 0 ? [] : [{ ...question, candidates }]
  })
}

type Rename = Extract<Question, { kind: 'fieldRenamed' | 'modelRenamed' }>

function isRename(question: Question): question is Rename {
  return question.kind === 'fieldRenamed' || question.kind === 'modelRenamed'
}

function candidateKey(question: Rename, name: string): string {
  if (question.kind !== 'modelRenamed') return `${question.model}.${name}`
  return name.includes('.') ? name : `${question.model.slice(0, question.model.indexOf('.'))}.${name}`
}

function isOpen(detection: Answered): detection is OpenQuestions {
  return detection.kind === 'questions'
}

/** An answer may wait for a later round, so only one that resembles an open question is taken for a mistyped one. */
function refuseToGuess(questions: readonly Question[], unused: readonly string[]): never {
  const subjects = new Set(questions.map(({ key }) => subjectOf(key)))
  const unmatched = unused
    .filter((key) => !subjects.has(subjectOf(key)))
    .map((key) => ({
      key,
      near: nearestNames(
        key,
        questions.map((question) => question.key),
      ),
    }))
    .filter(({ near }) => near.length > 0)
  return fail('detection.unanswered', { questions: questions.map(questionInWords), unmatched })
}
