import { fail } from '../errors/error.ts'
import type { Expression } from '../schema/expression.ts'
import type { CheckDeclaration, IndexDeclaration, PartDeclaration, UniqueDeclaration } from './declarations.ts'

/** Exists for the type checker alone: the fields that a declaration names, so that a model can refuse names that it does not have. */
declare const fieldsNamed: unique symbol

/** An index that knows which fields it names, descending ones with a minus. */
export interface TypedIndex<Names extends string> extends IndexDeclaration {
  readonly [fieldsNamed]?: Names
}

/** A unique constraint that knows which fields it names. */
export interface TypedUnique<Names extends string> extends UniqueDeclaration {
  readonly [fieldsNamed]?: Names
}

/** A check constraint. */
export type TypedCheck = CheckDeclaration

/** What an index or unique constraint covers. */
export interface PartOptions<Names extends string> {
  /** Fields, in order; `-issuedAt` is descending. */
  readonly fields?: readonly Names[]
  /** Computed parts, built with `q`; they come after the fields. */
  readonly expressions?: readonly Expression[]
  /** Its name in the database. Default: made of table and columns. */
  readonly name?: string
  /** Only rows for which this holds are covered. */
  readonly where?: Expression
}

/**
 * An index over one or more fields or expressions.
 *
 * @example
 * index({ fields: ['status', '-issuedAt'] })
 * index({ expressions: [q.lower('email')], name: 'user_email_lower' })
 * index({ fields: ['dueOn'], where: q.isNull('paidAt') })
 */
export function index<const Names extends string = never>(options: PartOptions<Names>): TypedIndex<Names> {
  return Object.freeze(partsOf(options))
}

/**
 * A unique constraint over one or more fields or expressions; with `where` it holds among the rows for which that is so.
 *
 * @example
 * unique({ fields: ['owner', 'number'], name: 'invoice_number_per_owner' })
 * unique({ fields: ['email'], where: q.eq('isActive', true) })
 */
export function unique<const Names extends string = never>(options: PartOptions<Names>): TypedUnique<Names> {
  return Object.freeze({ kind: 'unique' as const, ...partsOf(options) })
}

/**
 * A condition that every row must meet.
 *
 * @example
 * check({ name: 'invoice_total_positive', condition: q.gt('total', 0) })
 * check({ name: 'known_code', condition: q.sql({ sqlite: "code GLOB 'A*'", postgres: "code ~ '^A'" }) })
 */
export function check(options: { readonly name: string; readonly condition: Expression }): CheckDeclaration {
  // Types are stripped and not checked when the file runs, so a mistyped property arrives here.
  if (options.condition === undefined) fail('models.checkWithoutCondition', { name: options.name })
  return Object.freeze({ kind: 'check' as const, name: options.name, condition: options.condition })
}

function partsOf({ fields = [], expressions = [], name, where }: PartOptions<string>): IndexDeclaration {
  const parts: readonly PartDeclaration[] = [
    ...fields.map((field) =>
      field.startsWith('-') ? { field: field.slice(1), descending: true as const } : { field },
    ),
    ...expressions.map((expression) => ({ expression })),
  ]
  return { ...(name === undefined ? {} : { name }), parts, ...(where === undefined ? {} : { where }) }
}
