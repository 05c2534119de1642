import { assertNever } from '../../lib/assert-never.ts'
import type { Collation, EnumType, SchemaObject } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { textLiteral } from './literal.ts'
import { statement } from './work.ts'

/** The statement that makes an object. */
export function createObject(object: SchemaObject): Step {
  switch (object.kind) {
    case 'enum':
      return createEnum(object)
    case 'extension':
      return statement(sql`CREATE EXTENSION IF NOT EXISTS ${name(object.name)}`)
    case 'collation':
      return statement(sql`CREATE COLLATION ${name(object.name)} (${collationOptions(object)})`)
    default:
      return assertNever(object)
  }
}

/** The statement that takes an object away. Never with CASCADE: what still uses it is in the way, and says so. */
export function dropObject({ kind, name: object }: Pick<SchemaObject, 'kind' | 'name'>): Step {
  const words = { enum: sql`TYPE`, extension: sql`EXTENSION`, collation: sql`COLLATION` }
  return statement(sql`DROP ${words[kind]} ${name(object)}`)
}

export function createEnum({ name: type, values }: EnumType): Step {
  return statement(sql`CREATE TYPE ${name(type)} AS ENUM (${join(values.map(literal))})`)
}

function collationOptions({ provider, locale, deterministic }: Collation): Sql {
  const options = [sql`provider = ${verbatim(provider)}`, sql`locale = ${literal(locale)}`]
  return join(deterministic === false ? [...options, sql`deterministic = false`] : options)
}

function literal(text: string): Sql {
  return verbatim(textLiteral(text))
}
