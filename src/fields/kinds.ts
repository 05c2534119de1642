import { fail } from '../errors/error.ts'
import { arrayKind } from './array.ts'
import { autoKind, bigAutoKind, smallAutoKind } from './auto.ts'
import { binaryKind } from './binary.ts'
import { booleanKind } from './boolean.ts'
import { customKind } from './custom.ts'
import { durationKind } from './duration.ts'
import { enumKind } from './enum.ts'
import type { Field } from './field.ts'
import type { FieldKind } from './field-kind.ts'
import { generatedKind } from './generated.ts'
import { bigIntegerKind, integerKind, smallIntegerKind } from './integer.ts'
import { ipAddressKind } from './ip-address.ts'
import { jsonKind } from './json.ts'
import { dateKind, dateTimeKind, timeKind } from './moment.ts'
import { decimalKind, floatKind } from './number.ts'
import { bigIntegerRangeKind, dateRangeKind, dateTimeRangeKind, decimalRangeKind, integerRangeKind } from './range.ts'
import { foreignKeyKind, manyToManyKind, oneToOneKind } from './relation.ts'
import { charKind, emailKind, slugKind, textKind, urlKind } from './text.ts'
import { uuidKind } from './uuid.ts'

/** Every kind of field, by the name that its fields carry. */
export const fieldKinds = {
  auto: autoKind,
  bigAuto: bigAutoKind,
  smallAuto: smallAutoKind,
  integer: integerKind,
  bigInteger: bigIntegerKind,
  smallInteger: smallIntegerKind,
  boolean: booleanKind,
  char: charKind,
  text: textKind,
  slug: slugKind,
  email: emailKind,
  url: urlKind,
  uuid: uuidKind,
  decimal: decimalKind,
  float: floatKind,
  date: dateKind,
  time: timeKind,
  dateTime: dateTimeKind,
  json: jsonKind,
  binary: binaryKind,
  enum: enumKind,
  array: arrayKind(kindOf),
  duration: durationKind,
  ipAddress: ipAddressKind,
  integerRange: integerRangeKind,
  bigIntegerRange: bigIntegerRangeKind,
  decimalRange: decimalRangeKind,
  dateRange: dateRangeKind,
  dateTimeRange: dateTimeRangeKind,
  custom: customKind,
  generated: generatedKind(kindOf),
  foreignKey: foreignKeyKind,
  oneToOne: oneToOneKind,
  manyToMany: manyToManyKind,
} as const satisfies Record<string, FieldKind>

const kinds: ReadonlyMap<string, FieldKind> = new Map(Object.entries(fieldKinds))

/** The kind of a field. Fails with `models.unknownFieldKind`. */
export function kindOf(field: Pick<Field, 'kind'>): FieldKind {
  return kinds.get(field.kind) ?? fail('models.unknownFieldKind', { kind: field.kind, known: [...kinds.keys()] })
}

/** Whether the database numbers the rows by a field. */
export function isNumbered(field: Field): boolean {
  return kindOf(field).autoIncrement === true || field.autoIncrement === true
}
