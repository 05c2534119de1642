import { fail } from '../errors/error.ts'
import type { Field } from '../fields/field.ts'
import type { Value } from '../schema/value.ts'
import type { ProjectState } from '../state/project-state.ts'
import { literalIn, typeInWords, valueField } from './field-facts.ts'
import { type Inquiry, refuseWrongAnswer } from './inquiry.ts'
import { literalText } from './parse-literal.ts'
import type { Answer } from './question.ts'

/** A field of which existing rows need to be told a value. */
export interface FillSubject {
  readonly kind: 'notNullAddition' | 'notNullAlteration'
  readonly model: string
  readonly name: string
  readonly field: Field
  /** The State that holds what the field points at. */
  readonly state: ProjectState
  /** A part of the primary key can be NULL at no time. */
  readonly inKey: boolean
}

/** What was decided for existing rows. */
export type FillDecision =
  | { readonly kind: 'fill'; readonly value: Value }
  | { readonly kind: 'safeSteps'; readonly value: Value }
  | { readonly kind: 'makeNullable' }
  /** No NULL will be there by then, and `migrate` makes sure of it. */
  | { readonly kind: 'leave' }

/** Settles by answers what existing rows get, or asks. Undefined while the question is open. */
export function resolveFill(subject: FillSubject, inquiry: Inquiry): FillDecision | undefined {
  const path = `${subject.model}.${subject.name}`
  const keys = { fill: `${path}:fill`, steps: `${path}:steps`, null: `${path}:null` }
  const given = Object.values(keys).flatMap((key) => {
    const answer = inquiry.answerTo(key)
    return answer === undefined ? [] : [{ key, answer }]
  })
  for (const { key, answer } of given) checkKind(key, answer, subject)
  const nullable = given.filter(({ answer }) => answer.kind === 'makeNullable')
  const others = given.filter(({ answer }) => answer.kind !== 'makeNullable')
  const [first] = nullable
  if (first !== undefined) {
    const clash = others[0]
    if (clash !== undefined) fail('detection.answeredTwice', { subject: path, keys: [first.key, clash.key] })
    return { kind: 'makeNullable' }
  }
  const left = others.find(({ answer }) => answer.kind === 'none')
  if (left !== undefined) {
    const clash = others.find(({ key }) => key !== left.key)
    if (clash !== undefined) fail('detection.answeredTwice', { subject: path, keys: [left.key, clash.key] })
    return { kind: 'leave' }
  }
  const safe = others.some(({ answer }) => answer.kind === 'safeSteps')
  const value = others.map(({ answer }) => ('value' in answer ? answer.value : undefined)).find((v) => v !== undefined)
  if (value !== undefined) return { kind: safe ? 'safeSteps' : 'fill', value: checkedFill(path, value, subject) }
  inquiry.ask({
    kind: subject.kind,
    key: keys.fill,
    model: subject.model,
    field: subject.name,
    ...described(subject),
    ...(safe ? { steps: 'safe' as const } : {}),
  })
  return undefined
}

/**
 * What rows get when a removal (or a loosening) is unapplied, if anything was answered. Only a removal is asked about, and only where questions that
 * need no answer are asked at all.
 */
export function resolveRestore(
  subject: Pick<FillSubject, 'model' | 'name' | 'field' | 'state'> & { readonly removed: boolean },
  inquiry: Inquiry,
): Value | undefined {
  const path = `${subject.model}.${subject.name}`
  const key = `${path}:fillRestored`
  const answer = inquiry.answerTo(key)
  if (answer?.kind === 'fill') return checkedFill(path, answer.value, subject)
  if (answer !== undefined && answer.kind !== 'none')
    refuseWrongAnswer(key, answer, 'fillRestored= and a value, or none')
  if (answer === undefined && subject.removed && inquiry.optional) {
    inquiry.ask({ kind: 'removalRestores', key, model: subject.model, field: subject.name, ...described(subject) })
  }
  return undefined
}

function checkKind(key: string, answer: Answer, { kind, inKey }: FillSubject): void {
  if (answer.kind === 'fill' || (answer.kind === 'none' && kind === 'notNullAlteration')) return
  const steps = answer.kind === 'safeSteps' || answer.kind === 'makeNullable'
  if (!steps) refuseWrongAnswer(key, answer, 'fill= and a value, steps=safe, or null=true')
  if (inKey) refuseWrongAnswer(key, answer, 'fill= and a value: a primary key can be NULL at no time')
}

function checkedFill(path: string, value: Value, { field, state }: Pick<FillSubject, 'field' | 'state'>): Value {
  const literal = literalIn(valueField(state, field) ?? field, value)
  if (literal !== undefined) return literal
  return fail('detection.badFill', { subject: path, value: literalText(value), type: typeInWords(state, field) })
}

/** The type in words, and the field that says which values fit, as questions have them. */
function described({ field, state }: Pick<FillSubject, 'field' | 'state'>): {
  readonly type: string
  readonly holder?: Field
} {
  const holder = valueField(state, field)
  return { type: typeInWords(state, field), ...(holder === undefined ? {} : { holder }) }
}
