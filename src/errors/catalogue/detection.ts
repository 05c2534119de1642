import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** A question that nobody answered: what is asked, and the flags of which one answers it. */
export interface UnansweredQuestion {
  readonly key: string
  /** What makes it a question: a name that may be an old one's, rows that need a value, rows that a relation would lose, or branches that may not commute. */
  readonly about: 'rename' | 'value' | 'relation' | 'merge'
  readonly text: string
  /** Each a whole alternative; `VALUE` in it is to be replaced. */
  readonly flags: readonly string[]
  /** What stands for `VALUE`, in words, where a flag has one. */
  readonly value?: string
}

const whyAsked = {
  rename: 'A rename looks like a removal and an addition, and a guess could lose the data.',
  value: 'Rows that exist need a value, and a guess would be written into each of them.',
  relation: 'What a relation holds says which rows of one table it means; of another it means others, or none.',
  merge:
    'Databases will have got the branches in different orders, and code or SQL may leave other rows behind in another order.',
}

/** Every sentence about detecting changes. */
export const detectionSentences = {
  'detection.unanswered': (d: {
    questions: readonly UnansweredQuestion[]
    unmatched: readonly { key: string; near: readonly string[] }[]
  }) => ({
    summary: `${d.questions.length === 1 ? 'A question is' : `${d.questions.length} questions are`} open and there is nobody to ask.\n${d.questions
      .map(inWords)
      .join(
        '\n',
      )}${d.unmatched.map(({ key, near }) => `\n\n  No question is called "${key}".${meant(near)}`).join('')}\n`,
    why: [...new Set(d.questions.map(({ about }) => whyAsked[about]))].join(' '),
    fix: `Run makemigrations in a terminal, or repeat it with one of the flags shown under each question.${
      d.questions.some(({ about }) => about === 'rename')
        ? ' More questions may follow once it is known what was renamed.'
        : ''
    }${
      d.questions.some(({ about }) => about === 'relation')
        ? ' To carry the rows of a relation over: add the new one under another name, fill it in a runCode, and remove the old one once it is filled.'
        : ''
    }`,
  }),
  'detection.stopped': (d: { key: string; subject: string }) => ({
    summary: `Stopped at the question about ${d.subject}; nothing was written.`,
    fix: `Change the model (a default, or null: true, needs no answer), or answer with --answer ${d.key}=… next time.`,
  }),
  'detection.unknownAnswer': (d: { key: string; asked: readonly string[]; near: readonly string[] }) => ({
    summary: `No question is called "${d.key}".${meant(d.near)}`,
    why: 'An answer that nothing asked for is most likely a mistyped one.',
    fix:
      d.asked.length === 0
        ? `${d.near.length === 0 ? 'Remove the answer' : 'Remove the answer, or correct its key'}: nothing else is asked.`
        : `Remove the answer, or correct its key; asked was: ${d.asked.join(', ')}.`,
  }),
  'detection.badAnswer': (d: { answer: string; problem: string; fix: string }) => ({
    summary: `The answer ${d.answer} cannot be read: ${d.problem}.`,
    fix: d.fix,
  }),
  'detection.wrongAnswer': (d: { key: string; given: string; expected: string }) => ({
    summary: `The answer to ${d.key} is of the wrong kind: ${d.given}.`,
    fix: `Answer it with ${d.expected}.`,
  }),
  'detection.answeredTwice': (d: { subject: string; keys: readonly string[] }) => ({
    summary: `${d.subject} is answered in ways that exclude each other: ${d.keys.join(' and ')}.`,
    fix: 'Keep one of them.',
  }),
  'detection.badFill': (d: { subject: string; value: string; type: string }) => ({
    summary: `${d.value} is no value for ${d.subject} (${d.type}).`,
    fix: 'Answer with a value of that type: text in quotes, as in fill="\'draft\'", numbers and true or false without.',
  }),
  'detection.renamedFromUnknown': (d: {
    subject: string
    named: string
    known: readonly string[]
    origin: 'answer' | 'hint'
  }) => ({
    summary: `${d.subject} cannot have been renamed from "${d.named}": the migrations know no such name.${didYouMean(d.named, d.known)}`,
    fix: `${d.origin === 'hint' ? 'Correct or remove renamedFrom in the model' : 'Correct the answer'}${
      d.known.length === 0 ? '; nothing was removed that it could have been.' : `; removed were: ${d.known.join(', ')}.`
    }`,
  }),
  'detection.renamedFromExisting': (d: { subject: string; named: string; origin: 'answer' | 'hint' }) => ({
    summary: `${d.subject} cannot have been renamed from "${d.named}", which is still in the models.`,
    fix: `Remove "${d.named}" from the models, or ${
      d.origin === 'hint' ? 'remove renamedFrom from the new one' : `answer that it was not renamed (renamedFrom=none)`
    }.`,
  }),
  'detection.renamedTwice': (d: { named: string; subjects: readonly string[] }) => ({
    summary: `"${d.named}" cannot have become both ${d.subjects.join(' and ')}.`,
    fix: 'Say of one of them only that it was renamed from it; answer renamedFrom=none for the other.',
  }),
  'detection.moveBlocked': (d: { from: string; to: string }) => ({
    summary: `${d.from} cannot become ${d.to} in one go: each of the two names is in use in the other app.`,
    fix: 'Rename it first and run makemigrations, then move it.',
  }),
} satisfies Record<string, (details: never) => Sentence>

function meant(near: readonly string[]): string {
  return near.length === 0 ? '' : ` Did you mean ${near.map((key) => `"${key}"`).join(' or ')}?`
}

function inWords({ text, flags, value }: UnansweredQuestion): string {
  const lines = [
    `  ${text}`,
    ...flags.map((flag) => `    ${flag}`),
    ...(value === undefined ? [] : [`    VALUE: ${value}`]),
  ]
  return `\n${lines.join('\n')}`
}
