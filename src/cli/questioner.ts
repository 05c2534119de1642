import type { Readable, Writable } from 'node:stream'
import type { Option } from '@clack/prompts'
import { type Questioner, remainingQuestions } from '../autodetector/ask.ts'
import { literalIn } from '../autodetector/field-facts.ts'
import type { Answers } from '../autodetector/parse-answers.ts'
import { parseLiteral } from '../autodetector/parse-literal.ts'
import type { Answer, Question } from '../autodetector/question.ts'
import { subjectOf } from '../autodetector/question-words.ts'
import { fail } from '../errors/error.ts'
import { assertNever } from '../lib/assert-never.ts'
import { invariant } from '../lib/invariant.ts'
import type { Value } from '../schema/value.ts'
import { branchLines } from './branches.ts'

/** Where questions are asked and answered. */
export interface PromptStreams {
  readonly input: Readable
  readonly output: Writable
}

/** Asks a person, one question after the other. Ctrl-C ends with `cli.interrupted`: nothing has been written by then. */
export function promptingQuestioner(streams: PromptStreams): Questioner {
  return async (questions) => {
    let answers: Answers = new Map()
    for (;;) {
      const [question] = remainingQuestions(questions, answers)
      if (question === undefined) return answers
      answers = new Map([...answers, [question.key, await askOne(question, streams)]])
    }
  }
}

type Choice = 'fill' | 'safeSteps' | 'makeNullable' | 'none' | 'stop'

async function askOne(question: Question, streams: PromptStreams): Promise<Answer> {
  switch (question.kind) {
    case 'fieldRenamed':
    case 'modelRenamed':
      return askRenamed(question, streams)
    case 'notNullAddition':
    case 'notNullAlteration':
      return askNotNull(question, streams)
    case 'removalRestores':
      return askRestored(question, streams)
    case 'relationChanged':
      return askRelation(question, streams)
    case 'merge':
      return askMerge(question, streams)
    default:
      return assertNever(question)
  }
}

async function askRenamed(
  question: Extract<Question, { kind: 'fieldRenamed' | 'modelRenamed' }>,
  streams: PromptStreams,
): Promise<Answer> {
  const thing = question.kind === 'fieldRenamed' ? 'field' : 'model'
  const holds = question.kind === 'fieldRenamed' ? 'values' : 'rows'
  const chosen = await select(
    `${subjectOf(question.key)} is in the models and in no migration. What is it?`,
    [
      ...question.candidates.map(({ name, alsoChanges }, index) => ({
        value: index,
        label: `${name} under a new name`,
        hint: `${holds} are kept; ${alsoChanges.length === 0 ? 'nothing else changes' : `then also: ${alsoChanges.join(', ')}`}`,
      })),
      {
        value: -1,
        label: `A new ${thing}`,
        hint: `${question.candidates.map(({ name }) => name).join(', ')}: removed, with its ${holds}, unless claimed by another question`,
      },
    ],
    streams,
  )
  const candidate = question.candidates[chosen]
  return candidate === undefined ? { kind: 'notRenamed' } : { kind: 'renamedFrom', name: candidate.name }
}

async function askNotNull(
  question: Extract<Question, { kind: 'notNullAddition' | 'notNullAlteration' }>,
  streams: PromptStreams,
): Promise<Answer> {
  const subject = subjectOf(question.key)
  if (question.steps === 'safe') {
    return {
      kind: 'safeSteps',
      value: await askValue(`What do the existing rows of ${subject} get?`, question, streams),
    }
  }
  const isNew = question.kind === 'notNullAddition'
  const chosen = await select<Choice>(
    isNew
      ? `${subject} (${question.type}) is new, NOT NULL and without a default. What do the rows that exist get?`
      : `${subject} (${question.type}) becomes NOT NULL and has no default. What takes the place of NULL in the rows that exist?`,
    [
      { value: 'fill', label: 'A value, given now', hint: 'one for all rows; it does not become a default' },
      {
        value: 'safeSteps',
        label: 'A value, in three safe steps',
        hint: 'three migrations: nullable, filled in batches, NOT NULL; for large tables in use',
      },
      ...(isNew
        ? []
        : [
            {
              value: 'none' as const,
              label: 'Nothing: no row holds NULL by then',
              hint: 'a migration before this one sees to it; migrate refuses, before it begins, where one does',
            },
          ]),
      {
        value: 'makeNullable',
        label: 'NULL',
        hint: 'the migration leaves the field nullable; write null: true in the model',
      },
      { value: 'stop', label: 'Stop', hint: 'to change the model first; nothing is written' },
    ],
    streams,
  )
  switch (chosen) {
    case 'fill':
      return { kind: 'fill', value: await askValue('Which value?', question, streams) }
    case 'safeSteps':
      return { kind: 'safeSteps', value: await askValue('Which value?', question, streams) }
    default:
      return { kind: chosen }
  }
}

async function askRestored(
  question: Extract<Question, { kind: 'removalRestores' }>,
  streams: PromptStreams,
): Promise<Answer> {
  const chosen = await select<Choice>(
    `${subjectOf(question.key)} (${question.type}) is removed. It is NOT NULL and without a default: what do rows get if this is ever unapplied?`,
    [
      { value: 'none', label: 'Nothing', hint: 'unapplying then needs an empty table' },
      { value: 'fill', label: 'A value, given now', hint: 'one for all rows; the removed values are gone either way' },
      { value: 'stop', label: 'Stop', hint: 'to change the model first; nothing is written' },
    ],
    streams,
  )
  if (chosen === 'fill') return { kind: 'fill', value: await askValue('Which value?', question, streams) }
  return { kind: chosen === 'stop' ? 'stop' : 'none' }
}

/** What was not proven is not merged by a mere Enter. */
async function askMerge(
  { app, branches, unproven }: Extract<Question, { kind: 'merge' }>,
  streams: PromptStreams,
): Promise<Answer> {
  const isProven = unproven.length === 0
  const merge = { value: 'merge', label: 'Merge them' } as const
  const leave = { value: 'doNotMerge', label: 'Leave them', hint: 'nothing is written' } as const
  const kind = await select<'merge' | 'doNotMerge'>(
    [
      `Merging ${app}`,
      ...branchLines(branches),
      ...(isProven ? [] : ['It cannot be proven that they commute:', ...unproven.map((clause) => `  ${clause}`)]),
      isProven
        ? 'Every order of these branches has the same outcome. Merge them?'
        : 'May they be applied in any order?',
    ].join('\n'),
    isProven
      ? [{ ...merge, hint: 'writes a migration that depends on all of them' }, leave]
      : [leave, { ...merge, hint: 'you have looked at the code, and the order does not matter' }],
    streams,
  )
  return { kind }
}

async function askRelation(
  question: Extract<Question, { kind: 'relationChanged' }>,
  streams: PromptStreams,
): Promise<Answer> {
  const ways = {
    keep: {
      value: 'keepRows',
      label: 'They stay',
      hint: 'only where they are the keys of the same things there; what points at nothing is refused by migrate',
    },
    drop: { value: 'dropRows', label: 'They go', hint: 'the old relation is removed, with all that it holds' },
  } as const
  const kind = await select<'keepRows' | 'dropRows' | 'stop'>(
    `${subjectOf(question.key)} ${question.change}. What becomes of the values that it holds?`,
    [
      {
        value: 'stop',
        label: 'Stop',
        hint: 'to carry them over: add the new relation under another name, fill it in a runCode, then remove the old one',
      },
      ...question.ways.map((way) => ways[way]),
    ],
    streams,
  )
  return { kind }
}

async function select<Chosen extends string | number>(
  message: string,
  options: Option<Chosen>[],
  streams: PromptStreams,
): Promise<Chosen> {
  const prompts = await import('@clack/prompts')
  const chosen = await prompts.select<Chosen>({ message, options, ...streams })
  return prompts.isCancel(chosen) ? fail('cli.interrupted', {}) : chosen
}

/** Asks until what is typed is a literal that the field can hold. */
async function askValue(
  message: string,
  { type, holder }: Extract<Question, { type: string }>,
  streams: PromptStreams,
): Promise<Value> {
  const prompts = await import('@clack/prompts')
  const typed = await prompts.text({
    message: `${message} (${type})`,
    placeholder: "'draft'   12   12.50   true",
    validate: (text) => {
      // NULL is what the value is to take the place of.
      const value = parseLiteral(text ?? '') ?? undefined
      if (value === undefined) {
        return "Type a literal: text in quotes ('draft'), a number, true or false, a JSON list or object."
      }
      return holder === undefined || literalIn(holder, value) !== undefined ? undefined : `It takes: ${type}.`
    },
    ...streams,
  })
  if (prompts.isCancel(typed)) return fail('cli.interrupted', {})
  const value = parseLiteral(typed)
  invariant(value !== undefined, 'what was accepted is a literal')
  return value
}
