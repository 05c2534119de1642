import type { Field } from '../fields/field.ts'
import { shortHash } from '../lib/short-hash.ts'
import { snakeCase } from '../lib/snake-case.ts'
import type { ModelOptions } from '../models/declarations.ts'

/** PostgreSQL's limit for an identifier, in bytes: the shortest of all databases, so that a name is the same on each of them. */
export const nameLimit = 63

/** What a generated name is for; it ends in this. */
export type GeneratedNameKind = 'idx' | 'uniq' | 'fk' | 'check'

/** The table of a model: `blog_blog_post` for `BlogPost` in `blog`, unless the option `table` says otherwise; with its schema where it has one. */
export function tableName(app: string, model: string, options: Pick<ModelOptions, 'table' | 'schema'> = {}): string {
  return inSchema(options.schema, options.table ?? `${snakeCase(app)}_${snakeCase(model)}`)
}

/** A table as a Schema names it: `schema.table` outside the default schema. */
export function inSchema(schema: string | undefined, table: string): string {
  return schema === undefined ? table : `${schema}.${table}`
}

/** The two halves of a table's name. A schema holds no dot, so the first one ends it. */
export function splitTableName(name: string): { readonly schema?: string; readonly table: string } {
  const dot = name.indexOf('.')
  return dot < 0 ? { table: name } : { schema: name.slice(0, dot), table: name.slice(dot + 1) }
}

/** The column of a field: `issued_at` for `issuedAt`, with `_id` where it holds another model's key, unless the option `column` says otherwise. */
export function columnName(fieldName: string, field: Pick<Field, 'column' | 'to'>): string {
  if (field.column !== undefined) return field.column
  return field.to === undefined ? snakeCase(fieldName) : `${snakeCase(fieldName)}_id`
}

/** The automatic join table of a many-to-many field: `blog_post_tags`, unless the option `table` says otherwise. It stands in its source's schema. */
export function joinTableName(sourceTable: string, fieldName: string, field: Pick<Field, 'table'> = {}): string {
  const { schema, table } = splitTableName(sourceTable)
  return inSchema(schema, field.table ?? `${table}_${snakeCase(fieldName)}`)
}

/** The two columns of an automatic join table, by the names of the models that it joins, without their apps. */
export function joinColumnNames(
  sourceModelName: string,
  targetModelName: string,
): { readonly source: string; readonly target: string } {
  const source = `${snakeCase(sourceModelName)}_id`
  const target = `${snakeCase(targetModelName)}_id`
  return source === target ? { source: `from_${source}`, target: `to_${target}` } : { source, target }
}

/** A name for an object that was given none: readable, the same on every run, cut with a hash where it would be too long (in bytes). */
export function generatedName(
  kind: GeneratedNameKind,
  table: string,
  columns: readonly string[],
  limit: number = nameLimit,
): string {
  // An index or constraint stands in the schema of its table and is called without it.
  const words = [splitTableName(table).table, ...columns]
  const whole = [...words, kind].join('_')
  if (Buffer.byteLength(whole) <= limit) return whole
  const ending = `_${shortHash(whole)}_${kind}`
  return `${cutToBytes(words.join('_'), limit - ending.length)}${ending}`
}

function cutToBytes(text: string, limit: number): string {
  let used = 0
  let kept = ''
  for (const character of text) {
    used += Buffer.byteLength(character)
    if (used > limit) break
    kept += character
  }
  return kept.replace(/_+$/, '')
}
