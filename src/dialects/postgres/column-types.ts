import { assertNever } from '../../lib/assert-never.ts'
import type { ColumnType, RangeOf } from '../../schema/column-type.ts'
import type { Spelling } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import { renderExpression } from '../../schema/render-expression.ts'
import { type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Value } from '../../schema/value.ts'
import { isPlainIdentifier } from './keywords.ts'
import { literalText } from './literal.ts'
import { quoted } from './statement-text.ts'
import { tableName } from './table-name.ts'
import { typedLiteral } from './typed-literal.ts'

/** How PostgreSQL writes what a model declares. */
export const spelling: Spelling = {
  table: tableName,
  type: spellType,
  autoIncrementType: spellType,
  typeCheck,
  defaultExpression(fallback, type): Expression {
    if (fallback === 'now') return { kind: 'sql', sql: 'now()' }
    if (fallback === 'uuid') return { kind: 'sql', sql: 'gen_random_uuid()' }
    return defaultOf(fallback.value, spellType(type))
  },
  columnValue: (value, type) => ({ kind: 'sql', sql: typedLiteral(value, type) }),
  expression,
}

/** The type's name, as `format_type` prints it. */
function spellType(type: ColumnType): string {
  switch (type.type) {
    case 'smallInteger':
      return 'smallint'
    case 'integer':
      return 'integer'
    case 'bigInteger':
      return 'bigint'
    case 'boolean':
      return 'boolean'
    case 'varchar':
      return `character varying(${type.length})`
    case 'text':
      return 'text'
    case 'uuid':
      return 'uuid'
    case 'decimal':
      return `numeric(${type.precision},${type.scale})`
    case 'double':
      return 'double precision'
    case 'date':
      return 'date'
    case 'time':
      return 'time without time zone'
    case 'timestamp':
      return 'timestamp with time zone'
    case 'json':
      return 'jsonb'
    case 'binary':
      return 'bytea'
    case 'enum':
      return type.native === undefined ? 'text' : typeName(type.native)
    case 'array':
      // An array has any number of dimensions, and its type is printed with one.
      return `${spellType(type.of).replace(/\[\]$/, '')}[]`
    case 'duration':
      return 'interval'
    case 'ipAddress':
      return 'inet'
    case 'range':
      return ranges[type.of]
    case 'custom':
      return type.types['postgres'] ?? unspelled()
    default:
      return assertNever(type)
  }
}

/** The names of the types of ranges. */
export const ranges: Readonly<Record<RangeOf, string>> = {
  integer: 'int4range',
  bigInteger: 'int8range',
  decimal: 'numrange',
  date: 'daterange',
  timestamp: 'tstzrange',
}

/** The name of a type of one's own as `format_type` prints it: in quotes only where it needs them. */
export function typeName(name: string): string {
  return isPlainIdentifier(name) ? name : quoted(name)
}

function typeCheck(type: ColumnType, column: string): Expression | undefined {
  if (type.type !== 'enum' || type.native !== undefined) return undefined
  return { kind: 'in', operand: { kind: 'column', name: column }, values: type.values }
}

/** A default that PostgreSQL keeps as a literal stays a value; one that needs its type beside it is SQL. */
function defaultOf(value: Value, type: string): Expression {
  const literal = typedLiteral(value, type)
  return literal === literalText(value) ? { kind: 'value', value } : { kind: 'sql', sql: literal }
}

function expression(declared: Expression): Sql {
  return renderExpression(declared, {
    database: 'postgres',
    literal: (value) => verbatim(literalText(value)),
    // The cast fails where SQLite's json_valid is false, so that no row has it either way.
    call: (name, args) => (name === 'jsonValid' ? sql`(${args[0] ?? sql`NULL`})::jsonb IS NOT NULL` : undefined),
  })
}

/** Projection has refused such a type before it is spelled. */
function unspelled(): never {
  throw new Error('The custom type has no name for PostgreSQL.')
}
