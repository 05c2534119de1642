import type { UnansweredQuestion } from '../errors/catalogue/detection.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { Question, RelationWay } from './question.ts'

/** A question as one sentence, and for each way to answer it the flags that do. */
export function questionInWords(question: Question): UnansweredQuestion {
  const flags = flagsFor(question)
  if (question.kind === 'merge') return { key: question.key, about: 'merge', text: sentence(question), flags }
  if (question.kind === 'relationChanged') {
    return { key: question.key, about: 'relation', text: sentence(question), flags }
  }
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
    case 'relationChanged':
      return `${subjectOf(question.key)} ${question.change}: ${whatBecomes(question.ways)}`
    case 'merge': {
      const names = question.branches.map(({ name }) => name)
      const doubts = question.unproven.map((clause) => `\n    ${clause}`)
      return doubts.length === 0
        ? `The branches ${names.join(', ')} of ${question.app} commute: are they to be merged?`
        : `May the branches ${names.join(', ')} of ${question.app} be applied in any order? It cannot be proven:${doubts.join('')}`
    }
    default:
      return assertNever(question)
  }
}

function whatBecomes(ways: readonly RelationWay[]): string {
  if (!ways.includes('keep')) return 'what it holds cannot be kept. Is it to go?'
  return ways.includes('drop')
    ? 'are the values that it holds keys of the same things there, or are they to go?'
    : 'are the values that it holds keys of the same things there?'
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
      if (question.steps === 'safe') return [safe]
      const leave = question.kind === 'notNullAlteration' ? [`--answer ${subject}:fill=none`] : []
      return [fill, safe, ...leave, `--answer ${subject}:null=true`]
    }
    case 'removalRestores':
      return [`--answer ${question.key}=VALUE`, `--answer ${question.key}=none`]
    case 'relationChanged':
      return question.ways.map((way) => `--answer ${question.key}=${way}`)
    case 'merge':
      return [`--answer ${question.key}=yes`, `--answer ${question.key}=no`]
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
