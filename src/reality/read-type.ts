import { buildField } from '../fields/build-field.ts'
import type { Field } from '../fields/field.ts'
import { fieldProblems } from '../fields/field-problems.ts'
import { fieldKinds } from '../fields/kinds.ts'
import { assertNever } from '../lib/assert-never.ts'
import type { ColumnType, RangeOf } from '../schema/column-type.ts'
import type { Column, EnumType } from '../schema/schema.ts'
import { type Source, sameType } from './source.ts'

/** The type that a model would declare for a column; undefined where only its name can be repeated. */
export function readType(column: Column, table: string, { dialect, schema }: Source): ColumnType | undefined {
  for (const object of schema.objects?.values() ?? []) {
    if (object.kind !== 'enum') continue
    const found = ofEnum(object).find((type) => dialect.spelling.type(type) === column.type)
    if (found !== undefined) return found
  }
  const type = dialect.reading.type(column.type)
  if (type === undefined) return undefined
  // The values stand in the column's type, which has no name; a model gives it one for databases that need it.
  if (type.type === 'enum') return { ...type, native: `${table}_${column.name}` }
  return sameType(dialect.spelling.type(type), column.type, dialect) ? type : undefined
}

/** The type itself, and a list of such. Without its name its values are nobody's. */
function ofEnum({ name, values }: EnumType): readonly ColumnType[] {
  if (name.includes('.')) return []
  const type: ColumnType = { type: 'enum', values, native: name }
  return [type, { type: 'array', of: type }]
}

/** A field of a type; one of the type's own name where no kind has it, or cannot have it like this. */
export function fieldOfType(type: ColumnType | undefined, column: Column, database: string): Field {
  const field = type === undefined ? undefined : plainField(type)
  return field === undefined || fieldProblems(field).length > 0 ? customField(column, database) : field
}

/** A field whose type is repeated as the database prints it. */
export function customField({ type }: Column, database: string): Field {
  return buildField(fieldKinds.custom, { types: { [database]: type } })
}

function plainField(type: ColumnType): Field {
  switch (type.type) {
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return buildField(fieldKinds[type.type], { positive: type.unsigned === true })
    case 'varchar':
      return buildField(fieldKinds.char, { maxLength: type.length })
    case 'decimal':
      return buildField(fieldKinds.decimal, { maxDigits: type.precision, decimalPlaces: type.scale })
    case 'double':
      return buildField(fieldKinds.float)
    case 'timestamp':
      return buildField(fieldKinds.dateTime)
    case 'enum':
      return buildField(fieldKinds.enum, { values: type.values, native: type.native })
    case 'array':
      return buildField(fieldKinds.array, { of: plainField(type.of) })
    case 'range':
      return buildField(fieldKinds[rangeKinds[type.of]])
    case 'custom':
      return buildField(fieldKinds.custom, { types: type.types })
    case 'boolean':
    case 'text':
    case 'uuid':
    case 'date':
    case 'time':
    case 'json':
    case 'binary':
    case 'duration':
    case 'ipAddress':
      return buildField(fieldKinds[type.type])
    default:
      return assertNever(type)
  }
}

const rangeKinds = {
  integer: 'integerRange',
  bigInteger: 'bigIntegerRange',
  decimal: 'decimalRange',
  date: 'dateRange',
  timestamp: 'dateTimeRange',
} as const satisfies Record<RangeOf, keyof typeof fieldKinds>
