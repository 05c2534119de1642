import { fail } from '../errors/error.ts'
import type { Json, Value } from '../schema/value.ts'
import { parseLiteral } from './parse-literal.ts'
import type { Answer } from './question.ts'

/** Answers by the key of their question: `billing.Invoice.sum:renamedFrom`. */
export type Answers = ReadonlyMap<string, Answer>

/**
 * The answers given as `--answer key=value` flags and in the file of `--answers` (its content, parsed). A flag wins over the file. Whether a value fits
 * its field is checked where the field is known. Throws `detection.badAnswer`.
 */
export function parseAnswers({ flags = [], json }: { flags?: readonly string[]; json?: unknown }): Answers {
  return new Map([...(json === undefined ? [] : answersIn(json)), ...flags.map(answerInFlag)])
}

type Subject = 'renamedFrom' | 'fill' | 'fillRestored' | 'steps' | 'null' | 'rows' | 'merge'

/** What each answer may say, in a flag (text) and in JSON (a value); undefined where it may not. */
const readers: {
  readonly [S in Subject]: { readonly shape: string; read(given: Value | undefined, text: string): Answer | undefined }
} = {
  renamedFrom: {
    shape: 'renamedFrom=total (its old name), or renamedFrom=none when it is new',
    read: (_, text) => {
      if (text === 'none') return { kind: 'notRenamed' }
      return /^\w+(\.\w+)?$/.test(text) ? { kind: 'renamedFrom', name: text } : undefined
    },
  },
  fill: {
    shape: `fill="'draft'", fill=0, fill=true, or fill=none where there is no NULL to be replaced`,
    read: (given, text) => {
      if (given !== undefined && given !== null) return { kind: 'fill', value: given }
      return text === 'none' ? { kind: 'none' } : undefined
    },
  },
  fillRestored: {
    shape: `fillRestored="'draft'", fillRestored=0, or fillRestored=none`,
    read: (given, text) => {
      if (text === 'none' || given === null) return { kind: 'none' }
      return given === undefined ? undefined : { kind: 'fill', value: given }
    },
  },
  steps: { shape: 'steps=safe', read: (_, text) => (text === 'safe' ? { kind: 'safeSteps' } : undefined) },
  rows: {
    shape: 'rows=keep or rows=drop',
    read: (_, text) => {
      if (text === 'keep') return { kind: 'keepRows' }
      return text === 'drop' ? { kind: 'dropRows' } : undefined
    },
  },
  null: { shape: 'null=true', read: (given) => (given === true ? { kind: 'makeNullable' } : undefined) },
  merge: {
    shape: 'merge=yes or merge=no',
    read: (given, text) => {
      if (text === 'yes' || given === true) return { kind: 'merge' }
      return text === 'no' || given === false ? { kind: 'doNotMerge' } : undefined
    },
  },
}

function answerInFlag(flag: string): readonly [string, Answer] {
  const parts = /^(?<key>[^=]*)=(?<value>.*)$/s.exec(flag)?.groups
  if (parts === undefined) {
    return fail('detection.badAnswer', {
      answer: `"${flag}"`,
      problem: 'there is no = in it',
      fix: `Write it as key=value: --answer billing.Invoice.status:fill="'draft'".`,
    })
  }
  const { key = '', value = '' } = parts
  return [key, read(key, parseLiteral(value), value.trim())]
}

function answersIn(json: unknown): readonly (readonly [string, Answer])[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return fail('detection.badAnswer', {
      answer: 'file',
      problem: 'it holds no object',
      fix: 'Write one object with a key for each answer: { "billing.Invoice.status:fill": "draft" }.',
    })
  }
  return Object.entries(json).map(([key, value]: [string, Json]) => {
    const literal = typeof value === 'object' && value !== null ? taggedOrJson(value) : value
    return [key, read(key, literal, value === null ? 'none' : String(value))]
  })
}

function read(key: string, given: Value | undefined, text: string): Answer {
  const subject = (/^\w+\.\w+(?:\.\w+)?:(\w+)$/.exec(key) ?? /^\w+:(merge)$/.exec(key))?.[1] ?? ''
  if (!isSubject(subject)) {
    return fail('detection.badAnswer', {
      answer: `"${key}"`,
      problem: 'its key is not of the form app.Model.field:what',
      fix: `End the key in one of ${Object.keys(readers)
        .map((name) => `:${name}`)
        .join(', ')}: billing.Invoice.sum:renamedFrom.`,
    })
  }
  const answer = readers[subject].read(given, text)
  if (answer !== undefined) return answer
  return fail('detection.badAnswer', {
    answer: `"${key}=${text}"`,
    problem: `${text === '' ? 'an empty value' : text} is nothing that ${subject} can be`,
    fix: `Write ${readers[subject].shape}.`,
  })
}

function isSubject(name: string): name is Subject {
  return Object.hasOwn(readers, name)
}

/** In JSON a tagged value (`{ "$bigint": "…" }`) stands for itself; any other object or list is a document. */
function taggedOrJson(content: object): Value {
  const tagged = Object.keys(content).length === 1 && ['$bigint', '$bytes', '$json'].some((tag) => tag in content)
  return (tagged ? content : { $json: content }) as Value
}
