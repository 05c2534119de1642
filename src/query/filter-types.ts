import type { ToMany, ToOne, ValueOf } from './row-of.ts'

/**
 * What rows are asked for: by field a value, NULL, or lookups; by relation a filter of the other end; and `or`, `and`, `not` over whole filters. A
 * field of one of these three names hides the word.
 */
export type Filter<Fields> = Conditions<Fields> & Combinators<Fields>

type Conditions<Fields> = { readonly [Name in keyof Fields]?: Condition<Fields[Name]> }

interface Combinators<Fields> {
  /** At least one of these is so; of none, nothing is. */
  readonly or?: readonly Filter<Fields>[]
  /** All of these are so. */
  readonly and?: readonly Filter<Fields>[]
  /** This is not so; a comparison with NULL is not. */
  readonly not?: Filter<Fields>
}

/** What is asked of one field or relation. */
export type Condition<Field> = [unknown] extends [Field]
  ? unknown
  : [Field] extends [ToOne<infer Others>]
    ? Filter<Others> | KeyValue | null | Lookups<KeyValue>
    : [Field] extends [ToMany<infer Others>]
      ? Filter<Others> | KeyValue | null | Lookups<KeyValue>
      : ValueCondition<ValueOf<Field>>

type KeyValue = string | number | bigint

type ValueCondition<Value> = Value | null | Lookups<NonNullable<Value>>

/** The ways to ask for a value. Several together are all so. */
export type Lookups<Value> = AnyLookups<Value> & ([Value] extends [string] ? TextLookups : unknown)

interface AnyLookups<Value> {
  readonly equals?: Value | null
  /** The opposite of `equals`, or of lookups: NULL is not 5, so that a row without a value fits `{ not: 5 }`. */
  readonly not?: Value | null | Lookups<Value>
  /** One of a list. NULL in the list stands for rows without a value. */
  readonly in?: readonly (Value | null)[]
  readonly gt?: Value
  readonly gte?: Value
  readonly lt?: Value
  readonly lte?: Value
  /** From the first to the second, both included. */
  readonly range?: readonly [from: Value, to: Value]
  readonly isNull?: boolean
}

/** The ways to ask for a text. Upper and lower case are two things, on every database, but for `iexact`. */
interface TextLookups {
  readonly contains?: string
  readonly startsWith?: string
  readonly endsWith?: string
  /** The same text, upper and lower case being one: for the letters A to Z on every database, beyond them where the database knows how. */
  readonly iexact?: string
}

/** Every lookup by its name. */
export const lookupNames = [
  'equals',
  'not',
  'in',
  'gt',
  'gte',
  'lt',
  'lte',
  'range',
  'isNull',
  'contains',
  'startsWith',
  'endsWith',
  'iexact',
] as const

export type LookupName = (typeof lookupNames)[number]
