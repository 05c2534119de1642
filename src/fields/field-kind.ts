import type { ColumnType } from '../schema/column-type.ts'
import type { Expression } from '../schema/expression.ts'
import type { Value } from '../schema/value.ts'
import type { Field } from './field.ts'

/**
 * What an option of a field is for. `database`: it shapes the table; equality, detection and checksums read it. `code`: kept and written, but a
 * change of it is no change. `hint`: an answer to the autodetector (`renamedFrom`); never kept in a State, never written.
 */
export type OptionPurpose = 'database' | 'code' | 'hint'

/** How a field points at another model. */
export type RelationKind = 'foreignKey' | 'oneToOne' | 'manyToMany'

/** A mistake in a declaration: what is wrong and what to do, each a clause that fits behind the model's and field's name. */
export interface FieldProblem {
  readonly problem: string
  readonly fix: string
}

/** Everything that shared code asks of a field kind. Shared code never lists kinds; a kind declares. */
export interface FieldKind {
  readonly kind: string
  readonly options: Readonly<Record<string, OptionPurpose>>
  /** The column's type; undefined for a relation, whose columns take the type of what they point at (or that has no column at all). */
  columnType(field: Field): ColumnType | undefined
  readonly relation?: RelationKind
  /** The server numbers the rows. */
  readonly autoIncrement?: true
  /** Conditions that the field brings along, over a column of this name (choices are common to all kinds and not listed here). */
  checks?(field: Field, column: string): readonly Expression[]
  /** The computed defaults that a column of this kind can hold; SQL of the user's own is allowed everywhere. */
  readonly defaultFunctions?: readonly ('now' | 'uuid')[]
  /** The type in words, for prompts: `char, at most 20 characters`. Absent: the name of the kind. */
  inWords?(field: Field): string
  /** Mistakes in the options. */
  problems?(field: Field): readonly FieldProblem[]
  /** The literal in the form in which it is kept, or undefined when the kind cannot hold it: a Date becomes ISO text. */
  literal(value: unknown, field: Field): Value | undefined
}
