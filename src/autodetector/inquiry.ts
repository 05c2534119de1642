import { fail } from '../errors/error.ts'
import type { Answers } from './parse-answers.ts'
import type { Answer, Question } from './question.ts'
import { subjectOf } from './question-words.ts'

/** Old names that models declare by `renamedFrom`, by `app.Model` or `app.Model.field`. */
export type Hints = ReadonlyMap<string, string>

/** One round of asking: the answers there are, and the questions that turn out to be open. */
export interface Inquiry {
  readonly hints: Hints
  /** Whether questions that need no answer are asked as well. */
  readonly optional: boolean
  readonly questions: readonly Question[]
  readonly used: ReadonlySet<string>
  /** The answer under a key, if there is one. Throws `detection.stopped` when it is to stop. */
  answerTo(key: string): Answer | undefined
  ask(question: Question): void
}

/** Starts a round of asking. */
export function startInquiry({
  answers,
  hints,
  optional,
}: {
  answers: Answers
  hints: Hints
  optional: boolean
}): Inquiry {
  const questions: Question[] = []
  const used = new Set<string>()
  return {
    hints,
    optional,
    questions,
    used,
    answerTo(key) {
      used.add(key)
      const answer = answers.get(key)
      if (answer?.kind === 'stop') fail('detection.stopped', { key, subject: subjectOf(key) })
      return answer
    },
    ask: (question) => {
      questions.push(question)
    },
  }
}

/** Refuses an answer of a kind that its question does not have. */
export function refuseWrongAnswer(key: string, answer: Answer, expected: string): never {
  return fail('detection.wrongAnswer', { key, given: answer.kind, expected })
}
