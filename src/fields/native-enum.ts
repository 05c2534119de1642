import type { ColumnType } from '../schema/column-type.ts'
import type { EnumType } from '../schema/schema.ts'
import type { Field } from './field.ts'
import { kindOf } from './kinds.ts'

/** The type of the database's own that a field's column is of, or its elements are; undefined where it wants none. */
export function nativeEnumOf(field: Field): EnumType | undefined {
  let type: ColumnType | undefined = kindOf(field).columnType(field)
  while (type?.type === 'array') type = type.of
  return type?.type === 'enum' && type.native !== undefined
    ? { kind: 'enum', name: type.native, values: type.values }
    : undefined
}
