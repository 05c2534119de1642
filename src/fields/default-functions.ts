import type { SqlText } from '../schema/expression.ts'
import type { DefaultFunction } from './field.ts'

/**
 * The default of a `dateTime`: the moment, in UTC, at which the database inserts the row.
 *
 * @example
 * createdAt: f.dateTime({ default: now() })
 */
export function now(): { readonly $default: 'now' } {
  return { $default: 'now' }
}

/**
 * The default of a `uuid`: a random one (version 4) that the database makes for each row.
 *
 * @example
 * id: f.uuid({ primaryKey: true, default: uuid() })
 */
export function uuid(): { readonly $default: 'uuid' } {
  return { $default: 'uuid' }
}

/**
 * A default written as an SQL expression: one text for every database, or one for each by its kind. It is taken to the letter.
 *
 * @example
 * day: f.date({ default: sqlDefault('CURRENT_DATE') })
 * code: f.char({ maxLength: 8, default: sqlDefault({ sqlite: 'hex(randomblob(4))', postgres: "substr(md5(random()::text), 1, 8)" }) })
 */
export function sqlDefault(sql: SqlText): { readonly $default: 'sql'; readonly sql: SqlText } {
  return { $default: 'sql', sql }
}

/** Whether a default is computed by the database for each row. */
export function isDefaultFunction(value: unknown): value is DefaultFunction {
  return typeof value === 'object' && value !== null && '$default' in value
}
