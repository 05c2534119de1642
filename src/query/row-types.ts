import { assertNever } from '../lib/assert-never.ts'
import type { ColumnType } from '../schema/column-type.ts'

/**
 * The type of what a historical model gives and takes for a column, as source text: the same on every database. `Json` is exported by
 * `godwit/migrations`; everything else is the language's own.
 */
export function rowTypeText(type: ColumnType): string {
  switch (type.type) {
    case 'smallInteger':
    case 'integer':
    case 'double':
      return 'number'
    case 'bigInteger':
      // A number as far as numbers are exact, a bigint beyond.
      return 'number | bigint'
    case 'boolean':
      return 'boolean'
    case 'varchar':
    case 'text':
    case 'uuid':
    case 'decimal':
    case 'date':
    case 'time':
    case 'duration':
    case 'ipAddress':
    case 'range':
      return 'string'
    case 'timestamp':
      return 'Date'
    case 'json':
      return 'Json'
    case 'binary':
      return 'Uint8Array'
    case 'enum':
      return type.values.map(quotedText).join(' | ')
    case 'array':
      return `(${rowTypeText(type.of)} | null)[]`
    case 'custom':
      return 'unknown'
    default:
      return assertNever(type)
  }
}

/** A text as source: `'draft'`. */
function quotedText(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
