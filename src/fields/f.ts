import { array } from './array-of.ts'
import { auto, bigAuto, positiveAuto, positiveBigAuto, positiveSmallAuto, smallAuto } from './auto.ts'
import { binary } from './binary.ts'
import { boolean } from './boolean.ts'
import { custom } from './custom.ts'
import { duration } from './duration.ts'
import { enumField } from './enum.ts'
import { generated } from './generated.ts'
import {
  bigInteger,
  integer,
  positiveBigInteger,
  positiveInteger,
  positiveSmallInteger,
  smallInteger,
} from './integer.ts'
import { ipAddress } from './ip-address.ts'
import { json } from './json.ts'
import { date, dateTime, time } from './moment.ts'
import { decimal, float } from './number.ts'
import { bigIntegerRange, dateRange, dateTimeRange, decimalRange, integerRange } from './range.ts'
import { foreignKey, manyToMany, oneToOne } from './relation.ts'
import { char, email, slug, text, url } from './text.ts'
import { uuidField } from './uuid.ts'

/**
 * The factories of fields, for models and migrations alike. Each returns plain data; what the type checker learns stays with it.
 *
 * @example
 * const Tag = model('Tag', { name: f.char({ maxLength: 50, unique: true }) })
 */
export const f = {
  auto,
  bigAuto,
  smallAuto,
  positiveAuto,
  positiveBigAuto,
  positiveSmallAuto,
  integer,
  bigInteger,
  smallInteger,
  positiveInteger,
  positiveBigInteger,
  positiveSmallInteger,
  boolean,
  char,
  text,
  slug,
  email,
  url,
  uuid: uuidField,
  decimal,
  float,
  date,
  time,
  dateTime,
  json,
  binary,
  enum: enumField,
  array,
  duration,
  ipAddress,
  integerRange,
  bigIntegerRange,
  decimalRange,
  dateRange,
  dateTimeRange,
  custom,
  generated,
  foreignKey,
  oneToOne,
  manyToMany,
} as const
