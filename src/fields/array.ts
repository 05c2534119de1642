import type { Json, Value } from '../schema/value.ts'
import type { Field } from './field.ts'
import type { FieldKind, FieldProblem } from './field-kind.ts'
import { isField } from './is-field.ts'
import { type ColumnOptions, choosableOptions, type DefaultOption, defaultedOptions } from './options.ts'

/** What a list can be told. */
export interface ArrayOptions extends ColumnOptions, DefaultOption<readonly unknown[]> {}

/** Options that speak of a whole column, or that nothing could hold each element to. */
const notOfElements = new Set([...Object.keys(choosableOptions), 'positive', 'collation'])

/** Lists whose elements are what another field would hold. What is asked of an element is asked of the kind of `of`. */
export function arrayKind(kindOf: (field: Field) => FieldKind): FieldKind {
  return {
    kind: 'array',
    options: { ...defaultedOptions, of: 'database' },
    columnType: ({ of }) => {
      const element = isField(of) ? kindOf(of).columnType(of) : undefined
      return element && { type: 'array', of: element }
    },
    inWords: ({ of }) => (isField(of) ? `array of ${kindOf(of).inWords?.(of) ?? of.kind}` : 'array'),
    problems: ({ of }) => {
      if (!isField(of)) return [noElement]
      const problems = elementProblems(of, kindOf(of))
      return problems.length > 0 ? problems : (kindOf(of).problems?.(of) ?? [])
    },
    literal: (value, { of }) => (isField(of) ? arrayLiteral(value, of, kindOf(of)) : undefined),
  }
}

/** A list as it is kept: its elements each in the form in which their kind keeps them. */
export function arrayLiteral(value: unknown, of: Field, { literal }: FieldKind): Value | undefined {
  const list = isKeptList(value) ? value.$json : value
  if (!Array.isArray(list)) return undefined
  const elements = list.map((element) => literal(element, of))
  // A value is JSON, tags and all; the compiler only misses that its interfaces have no other keys.
  return elements.includes(undefined) ? undefined : { $json: elements as readonly Json[] }
}

const noElement: FieldProblem = {
  problem: 'does not say what its elements are',
  fix: 'Name a field: f.array(f.integer()).',
}

function elementProblems(of: Field, kind: FieldKind): readonly FieldProblem[] {
  const type = kind.columnType(of)
  if (
    type === undefined ||
    type.type === 'array' ||
    kind.autoIncrement ||
    of.autoIncrement ||
    of.expression !== undefined
  ) {
    const fix = 'Use a field with a plain value, such as f.integer(); for lists of lists there is f.json().'
    return [{ problem: `has elements of the kind ${kind.kind}, which no list can hold`, fix }]
  }
  if (type.type === 'enum' && type.native === undefined) {
    return [
      { problem: 'has an enum for its elements that no CHECK could hold them to', fix: 'Give the enum a native type.' },
    ]
  }
  const option = Object.keys(of).find((name) => notOfElements.has(name))
  if (option === undefined) return []
  return [
    { problem: `has elements with the option "${option}"`, fix: 'Remove it there; the list itself can have options.' },
  ]
}

function isKeptList(value: unknown): value is { readonly $json: unknown } {
  return typeof value === 'object' && value !== null && '$json' in value && Object.keys(value).length === 1
}
