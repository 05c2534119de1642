import type { Field } from '../fields/field.ts'
import { kindOf } from '../fields/kinds.ts'
import { invariant } from '../lib/invariant.ts'
import type { Value } from '../schema/value.ts'
import { expressionDoc } from './expression.ts'
import type { Doc } from './layout.ts'
import { concat, symbol } from './layout.ts'
import type { Property } from './syntax.ts'
import { arrayDoc, callDoc, objectDoc, stringText } from './syntax.ts'
import { defaultDoc, literalDoc, numberText } from './values.ts'

/** Options that are no properties: what stands first in a call, and what is in the factory's name. */
type NotWritten = 'kind' | 'to' | 'of' | 'values' | 'positive'

/** How a field names the model that it points at. */
export type TargetDoc = (model: unknown) => Doc

/** How each option is written, in the order in which a reader wants them: first what the column is, then what it may hold, then names. */
const writers: { readonly [Option in Exclude<keyof Field, NotWritten>]-?: (value: never) => Doc } = {
  expression: expressionDoc,
  output: fieldDoc,
  stored: String,
  maxLength: numberText,
  maxDigits: numberText,
  decimalPlaces: numberText,
  native: stringText,
  types: (types: NonNullable<Field['types']>) =>
    objectDoc(Object.entries(types).map(([database, type]) => [database, stringText(type)])),
  primaryKey: String,
  autoIncrement: String,
  null: String,
  unique: String,
  index: String,
  default: defaultDoc,
  choices: (values: readonly Value[]) => arrayDoc(values.map(literalDoc)),
  enforce: String,
  onDelete: stringText,
  onUpdate: stringText,
  deferrable: stringText,
  through: modelDoc,
  throughFields: (names: readonly string[]) => arrayDoc(names.map(stringText)),
  table: stringText,
  relatedName: stringText,
  column: stringText,
  collation: stringText,
  comment: stringText,
  renamedFrom: stringText,
}

/** A field as a call of its factory, as a migration has it. */
export function fieldDoc(field: Field): Doc {
  return fieldCallDoc(field, modelDoc)
}

/** A field as a call of its factory: `f.char({ maxLength: 20 })`. Options at their default and answers to the autodetector are not written. */
export function fieldCallDoc(field: Field, target: TargetDoc): Doc {
  const { options: purposes } = kindOf(field)
  const properties = Object.entries(writers).flatMap(([option, write]): Property[] => {
    const value = field[option as keyof Field]
    // Computed columns are kept in the table unless they say otherwise, and the factory writes that out.
    if (value === undefined || purposes[option] === 'hint' || (option === 'stored' && value === true)) return []
    return [[option, write(value as never)]]
  })
  const options = properties.length === 0 ? [] : [objectDoc(properties)]
  return callDoc(concat(symbol('f'), '.', factoryOf(field)), [...subjectOf(field, target), ...options])
}

/** What stands first in the call of a factory: the target of a relation, the elements of a list, the values of an enum. */
function subjectOf({ to, of, values }: Field, target: TargetDoc): readonly Doc[] {
  if (to !== undefined) return [target(to)]
  if (of !== undefined) return [fieldDoc(of)]
  return values === undefined ? [] : [arrayDoc(values.map(stringText))]
}

function factoryOf({ kind, positive }: Field): string {
  return positive ? `positive${kind.charAt(0).toUpperCase()}${kind.slice(1)}` : kind
}

/** In a migration a model is named: a thunk would import today's. */
function modelDoc(model: unknown): Doc {
  invariant(typeof model === 'string', 'relations in a migration name their target')
  return stringText(model)
}
