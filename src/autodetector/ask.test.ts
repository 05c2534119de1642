import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import { stateOf } from '../state/with-model.ts'
import { ask, nobody, type Questioner, remainingQuestions } from './ask.ts'
import { detect } from './detect.ts'
import { type Answers, parseAnswers } from './parse-answers.ts'
import { questionInWords } from './question-words.ts'

const id = f.bigAuto({ primaryKey: true })

function invoice(fields: Readonly<Record<string, Field>>) {
  return stateOf([{ app: 'billing', name: 'Invoice', fields: { id, ...fields } }])
}

const from = invoice({ total: f.integer() })
const to = invoice({ sum: f.integer(), status: f.char({ maxLength: 20 }) })
const round = (answers: Answers) => detect({ from, to, answers })

test('questions are asked in rounds until none is open', async () => {
  const rounds: (readonly string[])[] = []
  const questioner: Questioner = async (questions) => {
    rounds.push(questions.map(({ key }) => key))
    return parseAnswers({
      json: {
        'billing.Invoice.sum:renamedFrom': 'none',
        'billing.Invoice.status:fill': 'draft',
        'billing.Invoice.sum:fill': 0,
      },
    })
  }
  const { operations } = await ask({ detect: round, questioner })
  assert.equal(operations.length, 3)
  assert.deepEqual(rounds, [['billing.Invoice.sum:renamedFrom', 'billing.Invoice.status:fill']])
})

test('with nobody to ask, every open question is named with the flags that answer it', async () => {
  await assert.rejects(ask({ detect: round, questioner: nobody }), {
    code: 'detection.unanswered',
    details: {
      questions: [
        {
          key: 'billing.Invoice.sum:renamedFrom',
          about: 'rename',
          text: 'Is billing.Invoice.sum new, or is it what was called total?',
          flags: ['--answer billing.Invoice.sum:renamedFrom=total', '--answer billing.Invoice.sum:renamedFrom=none'],
        },
        {
          key: 'billing.Invoice.status:fill',
          about: 'value',
          text: 'billing.Invoice.status (char, at most 20 characters) is new and NOT NULL without a default: what do existing rows get?',
          flags: [
            '--answer billing.Invoice.status:fill=VALUE',
            '--answer billing.Invoice.status:steps=safe --answer billing.Invoice.status:fill=VALUE',
            '--answer billing.Invoice.status:null=true',
          ],
          value: `text in both kinds of quotes, such as "'draft'"`,
        },
      ],
      unmatched: [],
    },
  })
})

test('a mistyped answer is pointed out beside the question that it was meant for', async () => {
  const answers = parseAnswers({ flags: ['billing.Invoice.smu:renamedFrom=total'] })
  await assert.rejects(ask({ detect: round, questioner: nobody, answers }), {
    code: 'detection.unanswered',
    message:
      /No question is called "billing\.Invoice\.smu:renamedFrom"\. Did you mean "billing\.Invoice\.sum:renamedFrom"/,
  })
})

test('an answer that nothing asked for is refused', async () => {
  const answers = parseAnswers({
    json: {
      'billing.Invoice.sum:renamedFrom': 'total',
      'billing.Invoice.status:fill': 'draft',
      'billing.Invoice.statu:fill': 'sent',
    },
  })
  await assert.rejects(ask({ detect: round, questioner: nobody, answers }), { code: 'detection.unknownAnswer' })
})

test('what one question has taken is no candidate of the next', () => {
  const detection = detect({
    from: invoice({ a: f.integer(), b: f.integer() }),
    to: invoice({ c: f.integer(), d: f.integer() }),
  })
  const questions = detection.kind === 'questions' ? detection.questions : []
  const left = remainingQuestions(questions, parseAnswers({ flags: ['billing.Invoice.c:renamedFrom=b'] }))
  assert.deepEqual(
    left.map(
      (question) => question.kind === 'fieldRenamed' && [question.field, question.candidates.map(({ name }) => name)],
    ),
    [['d', ['a']]],
  )
})

test('a value is described by what the field can hold, and stands in no flag', () => {
  const detection = detect({
    from: invoice({}),
    to: invoice({
      status: f.char({ maxLength: 20, choices: ['draft', 'sent'] }),
      dueOn: f.date(),
      paid: f.boolean(),
      total: f.integer(),
    }),
  })
  const questions = detection.kind === 'questions' ? detection.questions : []
  assert.deepEqual(
    questions.map((question) => questionInWords(question).value),
    [
      `text in both kinds of quotes, such as "'draft'"`,
      `text in both kinds of quotes, such as "'2026-11-21'"`,
      'true or false',
      'a number, such as 0',
    ],
  )
  assert.throws(() => parseAnswers({ flags: ['billing.Invoice.total:fill=VALUE'] }), { code: 'detection.badAnswer' })
})
