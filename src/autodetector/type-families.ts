import type { ColumnType } from '../schema/column-type.ts'

/** Types whose values can be cast to each other without a thought. */
const familyOf = {
  smallInteger: 'number',
  integer: 'number',
  bigInteger: 'number',
  decimal: 'number',
  double: 'number',
  boolean: 'boolean',
  varchar: 'text',
  text: 'text',
  uuid: 'uuid',
  date: 'day',
  timestamp: 'day',
  time: 'time',
  json: 'json',
  binary: 'binary',
  enum: 'text',
  array: 'array',
  duration: 'duration',
  ipAddress: 'ipAddress',
  range: 'range',
  custom: 'custom',
} as const satisfies Record<ColumnType['type'], string>

/** Whether the values of one type can be cast to the other without a thought. */
export function sameFamily(a: ColumnType | undefined, b: ColumnType | undefined): boolean {
  return a !== undefined && b !== undefined && familyOf[a.type] === familyOf[b.type]
}

/** Whether a type holds text. */
export function isText({ type }: ColumnType): boolean {
  return familyOf[type] === 'text'
}
