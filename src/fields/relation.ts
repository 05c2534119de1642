import type { Deferrable, ReferentialAction } from '../schema/schema.ts'
import type { Value } from '../schema/value.ts'
import { buildField } from './build-field.ts'
import type { Field } from './field.ts'
import type { FieldKind, FieldProblem, OptionPurpose } from './field-kind.ts'
import { type ColumnOptions, columnOptions, type DefaultOption } from './options.ts'
import type { KeyField, ManyToManyField, NoOptions, Strict } from './typed-field.ts'
import { keptInteger, wholeNumber } from './whole-number.ts'

/** What a one-to-one can be told. */
export interface OneToOneOptions
  extends Pick<ColumnOptions, 'null' | 'primaryKey' | 'column' | 'comment' | 'renamedFrom'>,
    DefaultOption<number | bigint | string> {
  /**
   * What the database does to this row when the one that it points at is deleted: `cascade` deletes it, `restrict` refuses (Django's PROTECT),
   * `setNull` and `setDefault` write the column, `noAction` refuses at the end of the statement or transaction. Default: `noAction`.
   */
  readonly onDelete?: ReferentialAction
  /** The same for a change of the other row's key. Default: `noAction`. */
  readonly onUpdate?: ReferentialAction
  /**
   * When the constraint is checked: `immediate`, after each statement unless a transaction asks for later; `deferred`, at the end of the transaction.
   * Default: always at once.
   */
  readonly deferrable?: Deferrable
  /** What the relation is called from the other side. */
  readonly relatedName?: string
}

/** What a foreign key can be told. */
export interface ForeignKeyOptions extends OneToOneOptions, Pick<ColumnOptions, 'unique'> {
  /**
   * `false`: no index of its own, which makes deleting the other row slow; `true`: one even where a wider index begins with the column. Default: an
   * index where nothing else begins with the column.
   */
  readonly index?: boolean
}

/** What a many-to-many can be told. */
export interface ManyToManyOptions {
  /** A join model of one's own, as a thunk or a string. Default: a join table that Godwit makes. */
  readonly through?: unknown
  /** The foreign keys of the join model to this model and to the target, where it has several to either. */
  readonly throughFields?: readonly [source: string, target: string]
  /** The name of the automatic join table. Default: this model's table and the field's name. */
  readonly table?: string
  /** What the relation is called from the other side. */
  readonly relatedName?: string
  /** What the field was called before. */
  readonly renamedFrom?: string
}

const actions: readonly ReferentialAction[] = ['cascade', 'restrict', 'setNull', 'setDefault', 'noAction']
const moments: readonly Deferrable[] = ['immediate', 'deferred']

const { unique, index, ...withoutIndexes } = columnOptions

const keyOptions = {
  ...withoutIndexes,
  default: 'database',
  to: 'database',
  onDelete: 'database',
  onUpdate: 'database',
  deferrable: 'database',
  relatedName: 'code',
} as const satisfies Record<string, OptionPurpose>

function keyKind(relation: 'foreignKey' | 'oneToOne', options: FieldKind['options']): FieldKind {
  return {
    kind: relation,
    options,
    columnType: () => undefined,
    relation,
    inWords: (field) => `the key of ${String(field.to)}`,
    problems: (field) => [...actionProblems(field), ...deferrableProblems(field)],
    literal: keyLiteral,
  }
}

/** Columns that hold another model's key. */
export const foreignKeyKind = keyKind('foreignKey', { ...keyOptions, unique, index })
/** Columns that hold another model's key, each key once. */
export const oneToOneKind = keyKind('oneToOne', keyOptions)

/** Relations through a join table. */
export const manyToManyKind: FieldKind = {
  kind: 'manyToMany',
  options: {
    to: 'database',
    through: 'database',
    throughFields: 'code',
    table: 'database',
    relatedName: 'code',
    renamedFrom: 'hint',
  },
  columnType: () => undefined,
  relation: 'manyToMany',
  inWords: (field) => `many of ${String(field.to)}`,
  problems: (field) =>
    field.through !== undefined && field.table !== undefined
      ? [{ problem: 'has both through and table', fix: 'Leave out table: the join model names its table itself.' }]
      : [],
  literal: () => undefined,
}

function actionProblems(field: Field): readonly FieldProblem[] {
  return (['onDelete', 'onUpdate'] as const).flatMap((option) => {
    const action = field[option]
    if (action === undefined) return []
    if (!actions.includes(action)) {
      return [{ problem: `has the ${option} '${action}'`, fix: `Use one of ${actions.join(', ')}.` }]
    }
    if (action === 'setNull' && !field.null) {
      return [
        { problem: `has ${option}: 'setNull' but cannot be NULL`, fix: 'Add null: true, or choose another action.' },
      ]
    }
    if (action === 'setDefault' && field.default === undefined) {
      return [
        { problem: `has ${option}: 'setDefault' but no default`, fix: 'Add a default, or choose another action.' },
      ]
    }
    return []
  })
}

function deferrableProblems({ deferrable }: Field): readonly FieldProblem[] {
  if (deferrable === undefined || moments.includes(deferrable)) return []
  return [{ problem: `has the deferrable '${deferrable}'`, fix: `Use one of ${moments.join(', ')}, or leave it out.` }]
}

/** Which values fit depends on the target's key; here they only take the form in which they are kept. */
function keyLiteral(value: unknown): Value | undefined {
  if (typeof value === 'string') return value
  const whole = wholeNumber(value)
  return whole === undefined ? undefined : keptInteger(whole)
}

/** Options at their default are left out of the data, so that there is one way to say a thing. */
function withoutNoAction({ onDelete, onUpdate, ...rest }: OneToOneOptions): object {
  return {
    ...rest,
    ...(onDelete === 'noAction' ? {} : { onDelete }),
    ...(onUpdate === 'noAction' ? {} : { onUpdate }),
  }
}

/**
 * A reference to a row of another model: a column with its key, and a foreign key constraint. The target is a thunk, so that models can refer to
 * each other, or `'app.Model'`, `'Model'` of the same app, or `'self'`.
 *
 * @example
 * owner: f.foreignKey(() => User, { onDelete: 'restrict', relatedName: 'invoices' })
 */
export function foreignKey<const Target, const Options extends ForeignKeyOptions = NoOptions>(
  to: Target,
  options?: Strict<Options, ForeignKeyOptions>,
): KeyField<Target, Options> {
  const field = buildField(foreignKeyKind, { to, ...withoutNoAction(options ?? {}) })
  // Everywhere else it says no more than leaving it out.
  return options?.index === false ? Object.freeze({ ...field, index: false }) : field
}

/**
 * A reference to a row of another model that no other row refers to in the same way.
 *
 * @example
 * user: f.oneToOne(() => User, { onDelete: 'cascade', primaryKey: true })
 */
export function oneToOne<const Target, const Options extends OneToOneOptions = NoOptions>(
  to: Target,
  options?: Strict<Options, OneToOneOptions>,
): KeyField<Target, Options> {
  return buildField(oneToOneKind, { to, ...withoutNoAction(options ?? {}) })
}

/**
 * References to any number of rows of another model, through a join table that Godwit makes or, with `through`, a model of one's own.
 *
 * @example
 * tags: f.manyToMany(() => Tag)
 */
export function manyToMany<const Target, const Options extends ManyToManyOptions = NoOptions>(
  to: Target,
  options?: Strict<Options, ManyToManyOptions>,
): ManyToManyField<Target, Options> {
  return buildField(manyToManyKind, { to, ...options })
}
