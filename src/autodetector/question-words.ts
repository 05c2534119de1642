import type { UnansweredQuestion } from '../errors/catalogue/detection.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { Question } from './question.ts'

/** A question as one sentence, and for each way to answer it the flags that do. */
export function questionInWords(question: Question): UnansweredQuestion {
  return { key: question.key, text: sentence(question), flags: flagsFor(question) }
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
      const fill = `--answer ${subject}:fill=${exampleOf(question.type)}`
      const safe = `--answer ${subject}:steps=safe ${fill}`
      return question.steps === 'safe' ? [safe] : [fill, safe, `--answer ${subject}:null=true`]
    }
    case 'removalRestores':
      return [`--answer ${question.key}=${exampleOf(question.type)}`, `--answer ${question.key}=none`]
    default:
      return assertNever(question)
  }
}

/** A literal that shows how a value of this type is written for a shell. */
function exampleOf(type: string): string {
  if (/^boolean/.test(type)) return 'false'
  if (/integer|decimal|float|auto/i.test(type) && !type.includes('one of')) return '0'
  const text = /one of "([^"]*)"|such as '([^']*)'/.exec(type)
  return `"'${text?.[1] ?? text?.[2] ?? '…'}'"`
}
