import type { Expression } from '../schema/expression.ts'
import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import type { FieldKind } from './field-kind.ts'
import { isField } from './is-field.ts'
import { type ColumnOptions, columnOptions } from './options.ts'
import type { GeneratedField, Strict } from './typed-field.ts'

/** What a computed column can be told. */
export interface GeneratedOptions<Output extends Field = Field>
  extends Pick<ColumnOptions, 'null' | 'unique' | 'index' | 'column' | 'comment' | 'renamedFrom'> {
  /** What the column holds, over the model's other fields, built with `q`. */
  readonly expression: Expression
  /** A field that says what type the result has; only its type counts. */
  readonly output: Output
  /** `true`: written with the row. `false`: computed whenever it is read. Default: `true`. */
  readonly stored?: boolean
}

const { primaryKey: _, ...sharedOptions } = columnOptions

const generatedCore = {
  kind: 'generated',
  options: { ...sharedOptions, expression: 'database', output: 'database', stored: 'database' },
  literal: () => undefined,
} as const satisfies Partial<FieldKind>

/** Columns that the database computes. What is asked of their type is asked of the kind of `output`. */
export function generatedKind(kindOf: (field: Field) => FieldKind): FieldKind {
  return {
    ...generatedCore,
    columnType: ({ output }) => (isField(output) ? kindOf(output).columnType(output) : undefined),
    inWords: ({ output }) => (isField(output) ? `generated ${kindOf(output).kind}` : 'generated'),
    problems: ({ output, expression }) => {
      if (expression === undefined || typeof expression !== 'object') {
        return [{ problem: 'has no expression', fix: "Say what it holds, such as expression: q.lower('email')." }]
      }
      if (!isField(output) || kindOf(output).columnType(output) === undefined) {
        return [{ problem: 'has no output with a type of its own', fix: 'Say its type: output: f.integer().' }]
      }
      return kindOf(output).problems?.(output) ?? []
    },
  }
}

/**
 * A column that the database computes from the others of its row; nobody can write it.
 *
 * @example
 * fullName: f.generated({
 *   expression: q.concat('firstName', ' ', q.field('lastName')),
 *   output: f.char({ maxLength: 101 }),
 * })
 */
export function generated<const Output extends Field, const Options extends GeneratedOptions>(
  options: Strict<Options, GeneratedOptions> & { readonly output: Output },
): GeneratedField<Output, Options> {
  return buildField(generatedCore, { stored: true, ...options })
}
