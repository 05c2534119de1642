import { assertNever } from '../../lib/assert-never.ts'
import type { ColumnType } from '../../schema/column-type.ts'
import type { Spelling } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import { renderExpression } from '../../schema/render-expression.ts'
import { name, verbatim } from '../../schema/sql.ts'
import { literalText } from './literal.ts'

/** How SQLite writes what a model declares. */
export const spelling: Spelling = {
  table: name,
  type: spellType,
  autoIncrementType: () => 'integer',
  typeCheck,
  defaultExpression(fallback): Expression {
    if (fallback === 'now') return { kind: 'sql', sql: now }
    return fallback === 'uuid' ? { kind: 'sql', sql: uuid } : { kind: 'value', value: fallback.value }
  },
  expression: (expression) =>
    renderExpression(expression, { database: 'sqlite', literal: (value) => verbatim(literalText(value)) }),
}

/**
 * The type's name. SQLite takes any name and reads an affinity out of it (https://sqlite.org/datatype3.html#determination_of_column_affinity):
 * each name here is told apart from every other when it is read back, and stores its values unharmed.
 *
 * - `boolean`, `decimal`, `date`, `time`, `datetime` have NUMERIC affinity. ISO texts of dates and times look like no number and stay texts.
 * - `json_text` has TEXT affinity; plain `json` has NUMERIC, which turns the document `1.50` into the number 1.5.
 * - `char(36)` has TEXT affinity; plain `uuid` has NUMERIC, which turns a uuid of digits and one `e` into a number.
 */
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
      return `varchar(${type.length})`
    case 'text':
      return 'text'
    case 'uuid':
      return 'char(36)'
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`
    case 'double':
      return 'double'
    case 'date':
      return 'date'
    case 'time':
      return 'time'
    case 'timestamp':
      return 'datetime'
    case 'json':
      return 'json_text'
    case 'binary':
      return 'blob'
    case 'enum':
      return 'text'
    case 'ipAddress':
      return 'varchar(45)'
    case 'custom':
      return type.types['sqlite'] ?? unsupported(type)
    case 'array':
    case 'duration':
    case 'range':
      return unsupported(type)
    default:
      return assertNever(type)
  }
}

function typeCheck(type: ColumnType, column: string): Expression | undefined {
  const operand: Expression = { kind: 'column', name: column }
  if (type.type === 'json') return { kind: 'call', function: 'jsonValid', arguments: [operand] }
  return type.type === 'enum' ? { kind: 'in', operand, values: type.values } : undefined
}

/** Projection has refused such a type before it is spelled. */
function unsupported({ type }: ColumnType): never {
  throw new Error(`SQLite has no type for ${type}.`)
}

const now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

/** A random UUID, version 4 (RFC 9562 §5.4). `& 3` and not `abs() % 4`: abs() of the smallest integer is an error. */
const uuid =
  "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || " +
  "substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
