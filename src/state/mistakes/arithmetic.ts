import type { GodwitError } from '../../errors/error.ts'
import { assertNever } from '../../lib/assert-never.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../../models/declarations.ts'
import type { Expression } from '../../schema/expression.ts'
import { keyOf, type ModelState, modelsOf, type ProjectState } from '../project-state.ts'
import { mistake } from './mistake.ts'

/** Sums and products with a text that is the name of a field: nobody reckons with texts, so the field is meant. */
export function* arithmeticMistakes(state: ProjectState): Generator<GodwitError> {
  for (const model of modelsOf(state)) {
    const names = new Set(model.fields.map(({ name }) => name))
    for (const [place, expression] of expressionsOf(model)) {
      for (const field of textsReckonedWith(expression)) {
        if (names.has(field)) yield mistake('models.fieldAsLiteral', { model: keyOf(model), place, field })
      }
    }
  }
}

type Placed = readonly [place: string, expression: Expression]

function* expressionsOf({ fields, options }: ModelState): Generator<Placed> {
  for (const { name, field } of fields) {
    if (field.expression !== undefined) yield [`The expression of "${name}"`, field.expression]
  }
  for (const index of options.indexes ?? []) yield* placed('index', index)
  for (const constraint of options.constraints ?? []) yield* placed('constraint', constraint)
}

function placed(what: string, declaration: IndexDeclaration | ConstraintDeclaration): readonly Placed[] {
  const place = declaration.name === undefined ? `The unnamed ${what}` : `The ${what} "${declaration.name}"`
  return expressionsIn(declaration).map((expression) => [place, expression])
}

function expressionsIn(declaration: IndexDeclaration | ConstraintDeclaration): readonly Expression[] {
  if ('condition' in declaration) return [declaration.condition]
  const over = 'elements' in declaration ? declaration.elements : declaration.parts
  const where = declaration.where === undefined ? [] : [declaration.where]
  return [...over.flatMap((part) => ('expression' in part ? [part.expression] : [])), ...where]
}

/** The texts that stand behind a sign of arithmetic, anywhere in an expression. `||` joins texts, and takes any. */
function* textsReckonedWith(expression: Expression): Generator<string> {
  if (expression.kind === 'arithmetic' && expression.operator !== '||') {
    const { right } = expression
    if (right.kind === 'value' && typeof right.value === 'string') yield right.value
  }
  for (const operand of operandsOf(expression)) yield* textsReckonedWith(operand)
}

function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'column':
    case 'value':
    case 'sql':
      return []
    case 'compare':
    case 'arithmetic':
      return [expression.left, expression.right]
    case 'between':
      return [expression.operand, expression.low, expression.high]
    case 'in':
    case 'like':
    case 'isNull':
    case 'not':
      return [expression.operand]
    case 'and':
    case 'or':
      return expression.operands
    case 'call':
      return expression.arguments
    default:
      return assertNever(expression)
  }
}
