import type { ConstraintDeclaration, IndexDeclaration, ModelOptions, PartDeclaration } from '../models/declarations.ts'
import { expressionDoc } from './expression.ts'
import type { Doc } from './layout.ts'
import { symbol } from './layout.ts'
import type { Property } from './syntax.ts'
import { arrayDoc, callDoc, objectDoc, stringText } from './syntax.ts'

/** `index({ fields: ['status', '-issuedAt'] })`. */
export function indexDoc(index: IndexDeclaration): Doc {
  return coveringDoc('index', index)
}

/** `unique({ … })` or `check({ … })`. */
export function constraintDoc(constraint: ConstraintDeclaration): Doc {
  if (constraint.kind === 'unique') return coveringDoc('unique', constraint)
  const { name, condition } = constraint
  return callDoc(symbol('check'), [
    objectDoc([
      ['name', stringText(name)],
      ['condition', expressionDoc(condition)],
    ]),
  ])
}

/** What a model says of its table. */
export function modelOptionsDoc(options: ModelOptions): Doc {
  const { table, comment, managed, primaryKey, indexes, constraints } = options
  return objectDoc([
    ...given('table', table, stringText),
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

function coveringDoc(factory: 'index' | 'unique', declaration: IndexDeclaration): Doc {
  const { name, parts, where } = declaration
  const rest = [...given('name', name, stringText), ...given('where', where, expressionDoc)]
  const fields = parts.filter((part) => 'field' in part)
  const expressions = parts.filter((part) => 'expression' in part)
  // The factories put fields first and know no descending expression; what is otherwise is written as the data that they would make.
  const asListed = parts.every((part, place) =>
    'field' in part ? place < fields.length : part.descending === undefined,
  )
  if (!asListed) {
    const kind: readonly Property[] = factory === 'unique' ? [['kind', stringText('unique')]] : []
    return objectDoc([...kind, ['parts', arrayDoc(parts.map(partDoc))], ...rest])
  }
  return callDoc(symbol(factory), [
    objectDoc([
      ...(fields.length === 0 ? [] : given('fields', fields, (list) => arrayDoc(list.map(fieldText)))),
      ...(expressions.length === 0
        ? []
        : given('expressions', expressions, (list) => arrayDoc(list.map((part) => expressionDoc(part.expression))))),
      ...rest,
    ]),
  ])
}

function fieldText({ field, descending }: Extract<PartDeclaration, { readonly field: string }>): Doc {
  return stringText(descending ? `-${field}` : field)
}

function partDoc(part: PartDeclaration): Doc {
  return objectDoc([
    ...('field' in part ? given('field', part.field, stringText) : given('expression', part.expression, expressionDoc)),
    ...given('descending', part.descending, String),
  ])
}
