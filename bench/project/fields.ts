import type { Random } from './random.ts'
import { type Call, call, type Source } from './source.ts'

/** A field of a generated project: its factory in `f`, its options, and the model that a relation points at. */
export interface GeneratedField {
  readonly kind: string
  readonly options: Options
  /** `app.Model` */
  readonly to?: string
}

type Options = { readonly [name: string]: Source | undefined }

interface Column {
  readonly noun: string
  readonly kind: string
  readonly options: Options
  /** What existing rows get where the column is NOT NULL. */
  readonly fill: Source
}

const columns: readonly [Column, ...Column[]] = [
  { noun: 'title', kind: 'char', options: { maxLength: 100 }, fill: 'untitled' },
  { noun: 'code', kind: 'char', options: { maxLength: 32 }, fill: 'none' },
  { noun: 'status', kind: 'char', options: { maxLength: 20 }, fill: 'draft' },
  { noun: 'body', kind: 'text', options: {}, fill: '' },
  { noun: 'quantity', kind: 'integer', options: {}, fill: 0 },
  { noun: 'position', kind: 'integer', options: {}, fill: 1 },
  { noun: 'total', kind: 'decimal', options: { maxDigits: 12, decimalPlaces: 2 }, fill: '0.00' },
  { noun: 'rate', kind: 'float', options: {}, fill: 1.5 },
  { noun: 'isActive', kind: 'boolean', options: {}, fill: true },
  { noun: 'dueOn', kind: 'date', options: {}, fill: '2024-01-01' },
  { noun: 'startsAt', kind: 'dateTime', options: {}, fill: '2024-01-01T00:00:00.000Z' },
]

/** A column as a project would declare it: the noun that names it, the field without NULL and default, and a literal for existing rows. */
export function randomColumn(random: Random): { noun: string; field: GeneratedField; fill: Source } {
  const { noun, kind, options, fill } = random.pick(columns)
  return { noun, field: { kind, options }, fill }
}

/** A foreign key that may be NULL, as it is added to a model that has rows. */
export function nullableKey(to: string): GeneratedField {
  return { kind: 'foreignKey', to, options: { onDelete: 'setNull', null: true } }
}

/** A foreign key of a model's first version. */
export function requiredKey(to: string): GeneratedField {
  return { kind: 'foreignKey', to, options: { onDelete: 'cascade' } }
}

/** The same field with some options replaced; `undefined` takes one away. */
export function withOptions(field: GeneratedField, options: Options): GeneratedField {
  return { ...field, options: { ...field.options, ...options } }
}

/** A literal that existing rows can get when the field becomes NOT NULL; undefined where there is none, as for keys. */
export function fillOf(field: GeneratedField): Source | undefined {
  return columns.find((column) => column.kind === field.kind)?.fill
}

/** The field as source; `targetOf` says how the file at hand speaks of another model. */
export function fieldSource(field: GeneratedField, targetOf: (key: string) => Source): Call {
  const options = Object.values(field.options).some((option) => option !== undefined) ? field.options : undefined
  return field.to === undefined
    ? call(`f.${field.kind}`, options)
    : call(`f.${field.kind}`, targetOf(field.to), options)
}
