import { assertNever } from '../lib/assert-never.ts'
import type {
  CheckDeclaration,
  ConstraintDeclaration,
  CoveringDeclaration,
  ExclusionDeclaration,
  ExclusionElementDeclaration,
  IndexDeclaration,
  ModelOptions,
  PartDeclaration,
  PartOrder,
} from '../models/declarations.ts'
import type { Expression } from '../schema/expression.ts'
import { expressionDoc } from './expression.ts'
import type { Doc } from './layout.ts'
import { symbol } from './layout.ts'
import type { Property } from './syntax.ts'
import { arrayDoc, callDoc, objectDoc, stringText } from './syntax.ts'

/** `index({ fields: ['status', '-issuedAt'] })`. */
export function indexDoc(index: IndexDeclaration): Doc {
  return coveringDoc('index', index, given('method', index.method, stringText))
}

/** `unique({ … })`, `check({ … })` or `exclusion({ … })`. */
export function constraintDoc(constraint: ConstraintDeclaration): Doc {
  switch (constraint.kind) {
    case 'unique':
      return coveringDoc('unique', constraint, [
        ...given('nullsNotDistinct', constraint.nullsNotDistinct, String),
        ...given('deferrable', constraint.deferrable, stringText),
      ])
    case 'check':
      return checkDoc(constraint)
    case 'exclusion':
      return exclusionDoc(constraint)
    default:
      return assertNever(constraint)
  }
}

/** The factory makes no check that has not looked at its rows, so such a one is written as the data that it is. */
function checkDoc({ kind, name, condition, notValid }: CheckDeclaration): Doc {
  const properties: readonly Property[] = [
    ['name', stringText(name)],
    ['condition', expressionDoc(condition)],
  ]
  if (notValid === undefined) return callDoc(symbol(kind), [objectDoc(properties)])
  return objectDoc([['kind', stringText(kind)], ...properties, ['notValid', String(notValid)]])
}

function exclusionDoc({ kind, name, method, elements, where, deferrable }: ExclusionDeclaration): Doc {
  return callDoc(symbol(kind), [
    objectDoc([
      ['name', stringText(name)],
      ...given('method', method, stringText),
      ['elements', arrayDoc(elements.map(elementDoc))],
      ...given('where', where, expressionDoc),
      ...given('deferrable', deferrable, stringText),
    ]),
  ])
}

function elementDoc(element: ExclusionElementDeclaration): Doc {
  return objectDoc([
    ...subjectOf(element),
    ['operator', stringText(element.operator)],
    ...given('operatorClass', element.operatorClass, stringText),
  ])
}

/** What a model says of its table. */
export function modelOptionsDoc(options: ModelOptions): Doc {
  const { table, schema, comment, managed, primaryKey, indexes, constraints } = options
  return objectDoc([
    ...given('table', table, stringText),
    ...given('schema', schema, stringText),
    ...given('comment', comment, stringText),
    ...given('managed', managed, String),
    ...given('primaryKey', primaryKey, (fields) => arrayDoc(fields.map(stringText))),
    ...given('indexes', indexes, (list) => arrayDoc(list.map(indexDoc))),
    ...given('constraints', constraints, (list) => arrayDoc(list.map(constraintDoc))),
  ])
}

/** A property, where there is a value for it. */
export function given<T>(key: string, value: T | undefined, write: (value: T) => Doc): readonly Property[] {
  return value === undefined ? [] : [[key, write(value)]]
}

function coveringDoc(factory: 'index' | 'unique', declaration: CoveringDeclaration, own: readonly Property[]): Doc {
  const { name, parts, where, include } = declaration
  const rest = [
    ...given('include', include, (fields) => arrayDoc(fields.map(stringText))),
    ...own,
    ...given('name', name, stringText),
    ...given('where', where, expressionDoc),
  ]
  const fields = parts.filter((part) => 'field' in part)
  const expressions = parts.filter((part) => 'expression' in part)
  if (!isAsListed(parts, fields)) {
    const kind: readonly Property[] = factory === 'unique' ? [['kind', stringText('unique')]] : []
    return objectDoc([...kind, ['parts', arrayDoc(parts.map(partDoc))], ...rest])
  }
  return callDoc(symbol(factory), [
    objectDoc([
      ...listed('fields', fields.map(fieldText)),
      ...listed('expressions', expressions.map(expressionPartDoc)),
      ...byField('operatorClasses', fields, ({ operatorClass }) => operatorClass),
      ...byField('nulls', fields, ({ nulls }) => nulls),
      ...byField('prefixLengths', fields, ({ prefixLength }) => prefixLength),
      ...rest,
    ]),
  ])
}

type FieldPart = Extract<PartDeclaration, { readonly field: string }>

/** Whether a factory would make these parts: it puts fields first, and knows them by their names. What is otherwise is written as data. */
function isAsListed(parts: readonly PartDeclaration[], fields: readonly FieldPart[]): boolean {
  return (
    parts.every((part, place) => !('field' in part) || place < fields.length) &&
    new Set(fields.map(({ field }) => field)).size === fields.length &&
    fields.every(({ field }) => !field.startsWith('-'))
  )
}

function listed(key: string, docs: readonly Doc[]): readonly Property[] {
  return docs.length === 0 ? [] : [[key, arrayDoc(docs)]]
}

function byField(
  key: string,
  fields: readonly FieldPart[],
  of: (part: FieldPart) => string | number | undefined,
): readonly Property[] {
  const properties = fields.flatMap((part) => given(part.field, of(part), plainDoc))
  return properties.length === 0 ? [] : [[key, objectDoc(properties)]]
}

function plainDoc(plain: string | number): Doc {
  return typeof plain === 'string' ? stringText(plain) : String(plain)
}

function fieldText({ field, descending }: FieldPart): Doc {
  return stringText(descending ? `-${field}` : field)
}

/** A computed part by itself where it is sorted and compared in the usual way. */
function expressionPartDoc(part: Extract<PartDeclaration, { readonly expression: Expression }>): Doc {
  const order = orderOf(part)
  return order.length === 0 ? expressionDoc(part.expression) : partDoc(part)
}

function partDoc(part: PartDeclaration): Doc {
  const length = 'field' in part ? part.prefixLength : undefined
  return objectDoc([...subjectOf(part), ...orderOf(part), ...given('prefixLength', length, String)])
}

function subjectOf(part: { readonly field: string } | { readonly expression: Expression }): readonly Property[] {
  return 'field' in part ? [['field', stringText(part.field)]] : [['expression', expressionDoc(part.expression)]]
}

function orderOf({ descending, nulls, operatorClass }: PartOrder): readonly Property[] {
  return [
    ...given('descending', descending, String),
    ...given('nulls', nulls, stringText),
    ...given('operatorClass', operatorClass, stringText),
  ]
}
