import { inspect } from 'node:util'
import { didYouMean } from '../lib/did-you-mean.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import { isDefaultFunction } from './default-functions.ts'
import type { Field } from './field.ts'
import type { FieldKind, FieldProblem } from './field-kind.ts'
import { kindOf } from './kinds.ts'

/** Everything that is wrong with a field by itself, whatever model it stands in. */
export function fieldProblems(field: Field): readonly FieldProblem[] {
  const kind = kindOf(field)
  const problems = [...optionProblems(field, kind), ...(kind.problems?.(field) ?? [])]
  // A default and choices are measured by the other options, so those must be right first.
  return problems.length > 0 ? problems : [...choiceProblems(field, kind), ...defaultProblems(field, kind)]
}

function optionProblems(field: Field, kind: FieldKind): readonly FieldProblem[] {
  const known = Object.keys(kind.options)
  const unknown = Object.keys(field).filter((option) => option !== 'kind' && !known.includes(option))
  const problems: FieldProblem[] = unknown.map((option) => ({
    problem: `has the option "${option}", which ${kind.kind} fields do not have`,
    fix: `Remove it.${didYouMean(option, known)}`,
  }))
  if (field.primaryKey && field.null) {
    problems.push({ problem: 'is a primary key that may be NULL', fix: 'Remove null: true.' })
  }
  return problems
}

function choiceProblems(field: Field, kind: FieldKind): readonly FieldProblem[] {
  if (field.choices === undefined) return []
  if (!Array.isArray(field.choices) || field.choices.length === 0) {
    return [{ problem: 'has no choices in its choices', fix: 'List at least one value, or remove choices.' }]
  }
  const odd = field.choices.find((choice) => kind.literal(choice, field) === undefined)
  return odd === undefined
    ? []
    : [{ problem: `cannot hold ${show(odd)}, one of its choices`, fix: `Each choice must be ${words(field, kind)}.` }]
}

function defaultProblems(field: Field, kind: FieldKind): readonly FieldProblem[] {
  const fallback = field.default
  if (fallback === undefined) return []
  if (isDefaultFunction(fallback)) {
    if (fallback.$default === 'sql' || kind.defaultFunctions?.includes(fallback.$default)) return []
    return [
      {
        problem: `cannot hold the default ${fallback.$default}()`,
        fix: "Use a literal, or sqlDefault('…') with an expression of the column's type.",
      },
    ]
  }
  if (kind.literal(fallback, field) === undefined) {
    return [{ problem: `cannot hold its default ${show(fallback)}`, fix: `Use ${words(field, kind)}.` }]
  }
  return field.choices === undefined || field.choices.some((choice) => structuralEqual(choice, fallback))
    ? []
    : [
        {
          problem: `has the default ${show(fallback)}, which is not among its choices`,
          fix: `Use one of ${field.choices.map((choice) => show(choice)).join(', ')}, or add it to the choices.`,
        },
      ]
}

function words(field: Field, kind: FieldKind): string {
  const name = kind.inWords?.(field) ?? kind.kind
  if (name.startsWith('the ')) return name
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`
}

/** A value in the words of the source text. */
function show(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY })
}
