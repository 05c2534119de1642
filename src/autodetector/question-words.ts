import type { UnansweredQuestion } from '../errors/catalogue/detection.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { Question } from './question.ts'

/** A question as one sentence, and for each way to answer it the flags that do. */
export function questionInWords(question: Question): UnansweredQuestion {
  const flags = flagsFor(question)
  if (!('type' in question)) return { key: question.key, about: 'rename', text: sentence(question), flags }
  return { key: question.key, about: 'value', text: sentence(question), flags, value: valueInWords(question.type) }
}

/** `billing.Invoice.status`: what a question is about, which is its key without the last part. */
export function subjectOf(key: string): string {
  return key.slice(0, key.lastIndexOf(':'))
}

function sentence(question: Question): string {
  switch (question.kind) {
    case 'fieldRenamed':
    case 'modelRenamed': {
      const { candidates } = question
      const names = candidates.map(({ name, alsoChanges }) =>
        alsoChanges.length === 0 ? name : `${name} (then also: ${alsoChanges.join(', ')})`,
      )
      const moved = question.kind === 'modelRenamed' && candidates.every(({ name }) => name.includes('.'))
      return `Is ${subjectOf(question.key)} new, or is it what was called ${names.join(' or ')}${moved ? ', in another app' : ''}?`
    }
    case 'notNullAddition':
      return `${subjectOf(question.key)} (${question.type}) is new and NOT NULL without a default: what do existing rows get?`
    case 'notNullAlteration':
      return `${subjectOf(question.key)} (${question.type}) becomes NOT NULL: what replaces NULL in existing rows?`
    case 'removalRestores':
      return `${subjectOf(question.key)} (${question.type}) is removed: what do rows get if this is ever unapplied?`
    default:
      return assertNever(question)
  }
}

function flagsFor(question: Question): readonly string[] {
  const subject = subjectOf(question.key)
  switch (question.kind) {
    case 'fieldRenamed':
    case 'modelRenamed':
      return [...question.candidates.map(({ name }) => name), 'none'].map((name) => `--answer ${question.key}=${name}`)
    case 'notNullAddition':
    case 'notNullAlteration': {
      const fill = `--answer ${subject}:fill=VALUE`
      const safe = `--answer ${subject}:steps=safe ${fill}`
      return question.steps === 'safe' ? [safe] : [fill, safe, `--answer ${subject}:null=true`]
    }
    case 'removalRestores':
      return [`--answer ${question.key}=VALUE`, `--answer ${question.key}=none`]
    default:
      return assertNever(question)
  }
}

/** How a value of this type is written for a shell. Never in the flag itself: pasted as it is, it would be written into every row. */
function valueInWords(type: string): string {
  if (/^boolean/.test(type)) return 'true or false'
  if (/integer|decimal|float|auto/i.test(type) && !type.includes('one of')) return 'a number, such as 0'
  const text = /one of "([^"]*)"|such as '([^']*)'/.exec(type)
  return `text in both kinds of quotes, such as "'${text?.[1] ?? text?.[2] ?? 'draft'}'"`
}
