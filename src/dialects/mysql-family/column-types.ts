import { assertNever } from '../../lib/assert-never.ts'
import type { ColumnType } from '../../schema/column-type.ts'
import type { Spelling } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import { renderExpression } from '../../schema/render-expression.ts'
import { name, sql, verbatim } from '../../schema/sql.ts'
import type { Value } from '../../schema/value.ts'
import { indexPrefixes } from './index-prefixes.ts'
import { literalText, textLiteral } from './literal.ts'
import { typedValue } from './typed-literal.ts'
import type { Flavour } from './variant.ts'

/** How MariaDB and MySQL write what a model declares. */
export function spellingOf({ variant }: Flavour): Spelling {
  const type = (declared: ColumnType): string => spellType(declared, variant)
  return {
    // Names of apps and migrations differ by case, and may be in any script, whatever the database was made with.
    ownTable: sql`ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
    table: name,
    type,
    autoIncrementType: type,
    typeCheck,
    collationProblem: (collation) => collationProblem(collation, variant),
    valueIn: (value, declared) => typedValue(value, type(declared)),
    columnValue: (value, declared) => ({ kind: 'value', value: typedValue(value, declared) }),
    ...(variant.alter.generatedNotNull ? {} : { computedIsNullable: true as const }),
    prefixes: (parts) => indexPrefixes(parts.map((part) => ({ ...part, type: type(part.type) }))),
    defaultExpression(fallback, declared): Expression {
      if (fallback === 'now') return { kind: 'sql', sql: now }
      if (fallback === 'uuid') return { kind: 'sql', sql: uuid }
      return defaultOf(fallback.value, type(declared))
    },
    expression: (expression) =>
      renderExpression(expression, {
        database: variant.name,
        literal: (value) => verbatim(literalText(value)),
        // `length` counts bytes here.
        call: (called, args) => (called === 'length' ? sql`char_length(${args[0] ?? sql`NULL`})` : undefined),
        // `||` is an OR here.
        concatenation: (left, right) => sql`concat(${left}, ${right})`,
      }),
  }
}

/** The type's name, as `information_schema.columns` prints it, without the widths of integers that some versions print. */
function spellType(type: ColumnType, variant: Flavour['variant']): string {
  switch (type.type) {
    case 'smallInteger':
      return signed('smallint', type)
    case 'integer':
      return signed('int', type)
    case 'bigInteger':
      return signed('bigint', type)
    case 'boolean':
      return 'tinyint(1)'
    case 'varchar':
      return `varchar(${type.length})`
    case 'text':
      return 'longtext'
    case 'uuid':
      return variant.types.uuid
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`
    case 'double':
      return 'double'
    case 'date':
      return 'date'
    case 'time':
      return 'time(6)'
    case 'timestamp':
      return 'datetime(6)'
    case 'json':
      return 'json'
    case 'binary':
      return 'longblob'
    case 'enum':
      return type.native === undefined ? enumText(type.values) : `enum(${type.values.map(enumLiteral).join(',')})`
    case 'ipAddress':
      return 'varchar(45)'
    case 'custom':
      return type.types[variant.name] ?? unsupported(type)
    case 'array':
    case 'duration':
    case 'range':
      return unsupported(type)
    default:
      return assertNever(type)
  }
}

function signed(type: string, { unsigned }: { readonly unsigned?: true }): string {
  return unsigned ? `${type} unsigned` : type
}

/** Wide enough that another value seldom changes the type, and short enough for any index. */
function enumText(values: readonly string[]): string {
  return `varchar(${Math.max(255, ...values.map((value) => [...value].length))})`
}

/** A value as the catalogue prints it in the type of a column. */
function enumLiteral(value: string): string {
  return textLiteral(value).replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

function typeCheck(type: ColumnType, column: string): Expression | undefined {
  if (type.type !== 'enum' || type.native !== undefined) return undefined
  return { kind: 'in', operand: { kind: 'column', name: column }, values: type.values }
}

/** Catalogues print a collation with its character set before it, and without one it would not be found again (`uca1400_ai_ci`). */
function collationProblem(collation: string, { product }: Flavour['variant']) {
  if (collation === 'binary' || /^(?!uca1400_)[a-z\d]+_[a-z\d_]+$/.test(collation)) return undefined
  return {
    reason: `the name of a collation of ${product} begins with its character set`,
    fix: 'Name one that SHOW COLLATION lists, such as utf8mb4_bin.',
  }
}

/** Bytes are computed: some versions print those of a literal in a way that can't be read back. */
function defaultOf(value: Value, type: string): Expression {
  if (typeof value === 'object' && value !== null && '$bytes' in value) {
    return { kind: 'sql', sql: `unhex(${textLiteral(value.$bytes)})` }
  }
  return { kind: 'value', value: typedValue(value, type) }
}

/** Projection has refused such a type before it is spelled. */
function unsupported({ type }: ColumnType): never {
  throw new Error(`There is no type for ${type} here.`)
}

const now = 'CURRENT_TIMESTAMP(6)'

/** A random UUID, version 4 (RFC 9562 §5.4); what `uuid()` makes here is of version 1, and tells when and where it was made. */
const uuid =
  "lower(concat(hex(random_bytes(4)), '-', hex(random_bytes(2)), '-4', substr(hex(random_bytes(2)), 2), '-', " +
  "substr('89ab', 1 + (ord(random_bytes(1)) & 3), 1), substr(hex(random_bytes(2)), 2), '-', hex(random_bytes(6))))"
