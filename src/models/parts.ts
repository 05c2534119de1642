import { fail } from '../errors/error.ts'
import type { Expression } from '../schema/expression.ts'
import type { Deferrable } from '../schema/schema.ts'
import type {
  CheckDeclaration,
  CoveringDeclaration,
  ExclusionDeclaration,
  ExclusionElementDeclaration,
  IndexDeclaration,
  NullsPlace,
  PartDeclaration,
  PartOrder,
  UniqueDeclaration,
} from './declarations.ts'

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

/** An exclusion constraint that knows which fields it names. */
export interface TypedExclusion<Names extends string> extends ExclusionDeclaration {
  readonly [fieldsNamed]?: Names
}

/** A computed part, with how it is sorted and compared where that is not the usual way. */
export interface ExpressionPart {
  readonly expression: Expression
  readonly descending?: boolean
  /** Where NULLs stand. Default: last ascending, first descending. */
  readonly nulls?: NullsPlace
  readonly operatorClass?: string
}

/** A name without the minus of a descending one. */
type Bare<Name extends string> = Name extends `-${infer Field}` ? Field : Name

/** What an index or unique constraint covers. */
export interface PartOptions<Names extends string, Included extends string = string> {
  /** Fields, in order; `-issuedAt` is descending. */
  readonly fields?: readonly Names[]
  /** Computed parts, built with `q`; they come after the fields. */
  readonly expressions?: readonly (Expression | ExpressionPart)[]
  /** Its name in the database. Default: made of table and columns. */
  readonly name?: string
  /** Only rows for which this holds are covered. */
  readonly where?: Expression
  /** Fields that are stored beside the key, so that queries can be answered from the index alone. */
  readonly include?: readonly Included[]
  /** By field: the operator class, where it is not the usual one of the field's type. */
  readonly operatorClasses?: { readonly [Name in Bare<NoInfer<Names>>]?: string }
  /** By field: where NULLs stand. Default: last ascending, first descending. */
  readonly nulls?: { readonly [Name in Bare<NoInfer<Names>>]?: NullsPlace }
}

/** What an index can be told. */
export interface IndexOptions<Names extends string, Included extends string = string>
  extends PartOptions<Names, Included> {
  /** The access method, by its name in the database. Default: the usual one, a B-tree. */
  readonly method?: string
  /**
   * By field: how many characters (of bytes: how many bytes) of each value are in the index, where the database has such indexes; elsewhere whole values
   * are. Default: whole values, as far as the database can.
   */
  readonly prefixLengths?: { readonly [Name in Bare<NoInfer<Names>>]?: number }
}

/** What a unique constraint can be told. */
export interface UniqueOptions<Names extends string, Included extends string = string>
  extends PartOptions<Names, Included> {
  /** Two NULLs are the same value. Default: `false`. */
  readonly nullsNotDistinct?: boolean
  /**
   * When it is checked: `immediate`, after each statement unless a transaction asks for later; `deferred`, at the end of the transaction. Default:
   * always at once.
   */
  readonly deferrable?: Deferrable
}

/** What an exclusion constraint can be told. */
export interface ExclusionOptions<Names extends string> {
  readonly name: string
  /** The access method, by its name in the database. Default: the usual one for exclusions. */
  readonly method?: string
  /** Fields or expressions, each with the operator that must not hold between those of two rows, for all elements at once. */
  readonly elements: readonly (
    | { readonly field: Names; readonly operator: string; readonly operatorClass?: string }
    | { readonly expression: Expression; readonly operator: string; readonly operatorClass?: string }
  )[]
  /** Only rows for which this holds are compared. */
  readonly where?: Expression
  /** When it is checked, as with `unique`. Default: always at once. */
  readonly deferrable?: Deferrable
}

/**
 * An index over one or more fields or expressions.
 *
 * @example
 * index({ fields: ['status', '-issuedAt'] })
 * index({ expressions: [q.lower('email')], name: 'user_email_lower' })
 * index({ fields: ['dueOn'], where: q.isNull('paidAt') })
 * index({ fields: ['tags'], method: 'gin' })
 * index({ fields: ['body'], prefixLengths: { body: 100 } })
 * index({ fields: ['title', '-score'], include: ['slug'], operatorClasses: { title: 'text_pattern_ops' }, nulls: { score: 'last' } })
 */
export function index<const Names extends string = never, const Included extends string = never>(
  options: IndexOptions<Names, Included>,
): TypedIndex<Names | Included> {
  const { method } = options
  return Object.freeze({ ...partsOf(options), ...(method === undefined ? {} : { method }) })
}

/**
 * A unique constraint over one or more fields or expressions; with `where` it holds among the rows for which that is so.
 *
 * @example
 * unique({ fields: ['owner', 'number'], name: 'invoice_number_per_owner' })
 * unique({ fields: ['email'], where: q.eq('isActive', true) })
 * unique({ fields: ['list', 'position'], deferrable: 'deferred' })
 */
export function unique<const Names extends string = never, const Included extends string = never>(
  options: UniqueOptions<Names, Included>,
): TypedUnique<Names | Included> {
  const { nullsNotDistinct, deferrable } = options
  return Object.freeze({
    kind: 'unique' as const,
    ...partsOf(options),
    ...(nullsNotDistinct ? { nullsNotDistinct } : {}),
    ...(deferrable === undefined ? {} : { deferrable }),
  })
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

/**
 * No two rows for which every operator holds: no two bookings of one room whose times overlap.
 *
 * @example
 * exclusion({
 *   name: 'booking_no_overlap',
 *   elements: [{ field: 'room', operator: '=' }, { field: 'during', operator: '&&' }],
 *   where: q.isNull('cancelledAt'),
 * })
 */
export function exclusion<const Names extends string = never>(options: ExclusionOptions<Names>): TypedExclusion<Names> {
  const { name, method, elements, where, deferrable } = options
  return Object.freeze({
    kind: 'exclusion' as const,
    name,
    ...(method === undefined ? {} : { method }),
    elements: (elements ?? []).map(elementOf),
    ...(where === undefined ? {} : { where }),
    ...(deferrable === undefined ? {} : { deferrable }),
  })
}

function elementOf({ operatorClass, ...element }: ExclusionElementDeclaration): ExclusionElementDeclaration {
  return operatorClass === undefined ? element : { ...element, operatorClass }
}

/** What can be said of parts, whichever they belong to. */
type AnyParts = PartOptions<string> & Pick<IndexOptions<string>, 'prefixLengths'>

function partsOf(options: AnyParts): CoveringDeclaration {
  const { fields = [], expressions = [], name, where, include = [] } = options
  const fieldParts = fields.map((field) => fieldPart(field, options))
  refuseUnknown(options, new Set(fieldParts.map(({ field }) => field)))
  return {
    ...(name === undefined ? {} : { name }),
    parts: [...fieldParts, ...expressions.map(expressionPart)],
    ...(where === undefined ? {} : { where }),
    ...(include.length === 0 ? {} : { include }),
  }
}

function fieldPart(name: string, { operatorClasses = {}, nulls = {}, prefixLengths = {} }: AnyParts) {
  const descending = name.startsWith('-')
  const field = descending ? name.slice(1) : name
  const prefixLength = ownValue(prefixLengths, field)
  return {
    field,
    ...orderOf({ descending, nulls: ownValue(nulls, field), operatorClass: ownValue(operatorClasses, field) }),
    ...(prefixLength === undefined ? {} : { prefixLength }),
  }
}

/** A field may be called like something that every object inherits. */
function ownValue<T>(held: { readonly [name: string]: T | undefined }, name: string): T | undefined {
  return Object.hasOwn(held, name) ? held[name] : undefined
}

function expressionPart(given: Expression | ExpressionPart): PartDeclaration {
  if ('kind' in given) return { expression: given }
  const { expression, descending, nulls, operatorClass } = given
  return { expression, ...orderOf({ descending, nulls, operatorClass }) }
}

function orderOf(order: {
  readonly descending: boolean | undefined
  readonly nulls: NullsPlace | undefined
  readonly operatorClass: string | undefined
}): PartOrder {
  const { descending, nulls, operatorClass } = order
  return {
    ...(descending ? { descending } : {}),
    ...(nulls === undefined ? {} : { nulls }),
    ...(operatorClass === undefined ? {} : { operatorClass }),
  }
}

/** What is said of a field that is no part would be lost without a word. */
function refuseUnknown(
  { name, operatorClasses = {}, nulls = {}, prefixLengths = {} }: AnyParts,
  fields: ReadonlySet<string>,
): void {
  for (const [option, named] of Object.entries({ operatorClasses, nulls, prefixLengths })) {
    const unknown = Object.keys(named).find((field) => !fields.has(field))
    if (unknown !== undefined) fail('models.orderOfNoPart', { name, option, field: unknown, known: [...fields] })
  }
}
