import { assertNever } from '../lib/assert-never.ts'
import type { ColumnType, RangeOf } from '../schema/column-type.ts'
import type { Random } from './random.ts'

/** `varied`: all that a column may hold, extremes first. `plain`: no two alike, nothing empty, nothing long: what few changes stumble over. */
export type Manner = 'varied' | 'plain'

/** A row that is to be made: its number, and whether it was drawn before and refused, for what must be there only once. */
export interface Place {
  readonly row: number
  readonly isRedrawn: boolean
}

/** Numbers of generated keys begin here, so that rows that migrations add with numbers of their own find those free. */
const firstKey = { smallInteger: 20_000, integer: 1_000_000, bigInteger: 1_000_000 } as const

/**
 * A value for a column of a type in a row, as code would hand it to a field: what the field can't hold is left out by whoever asks. The first rows get
 * what programs forget (empty, zero, negative, as long as can be), the others get anything.
 */
export function candidate(type: ColumnType, place: Place, manner: Manner, random: Random): unknown {
  const known = manner === 'plain' || place.isRedrawn ? [] : extremes(type)
  return place.row < known.length ? known[place.row] : anything(type, place, manner, random)
}

/** A number for a key that the server would give out. */
export function numberedKey(type: ColumnType, row: number): number {
  return (type.type === 'smallInteger' || type.type === 'bigInteger' ? firstKey[type.type] : firstKey.integer) + row
}

function extremes(type: ColumnType): readonly unknown[] {
  switch (type.type) {
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return type.unsigned ? [0, 1] : [0, -1, 1]
    case 'boolean':
      return [false, true]
    case 'varchar':
      return ['', sample(type.length), 'x'.repeat(type.length)]
    case 'text':
      return ['', sample(60), 'x'.repeat(2000)]
    case 'decimal':
      return ['0', `-${largest(type)}`, largest(type)]
    case 'double':
      return [0, -1.5, 1e12]
    case 'date':
      return ['1000-01-01', '9999-12-31', '2024-02-29']
    case 'time':
      return ['00:00:00', '23:59:59.999']
    case 'timestamp':
      return ['1000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z']
    case 'json':
      return [{}, [], { name: sample(20), deep: { list: [1, null, 'x'] } }]
    case 'binary':
      return [new Uint8Array(), Uint8Array.of(0, 255, 39, 92)]
    case 'enum':
      return type.values
    case 'array':
      return [[], extremes(type.of).slice(0, 1)]
    case 'duration':
      return ['PT0S', '-P1DT2H']
    case 'ipAddress':
      return ['0.0.0.0', '2001:db8::/32']
    case 'range':
      return ['empty']
    case 'uuid':
    case 'custom':
      return []
    default:
      return assertNever(type)
  }
}

function anything(type: ColumnType, place: Place, manner: Manner, random: Random): unknown {
  const { row, isRedrawn } = place
  // Values that are alike are what a unique stumbles over: of two, one comes again.
  const number = manner === 'plain' || isRedrawn ? row + 1 : 5 + (row % 2)
  switch (type.type) {
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return number
    case 'boolean':
      return random.below(2) === 1
    case 'varchar':
      return shortText(number, type.length, manner)
    case 'text':
      return shortText(number, 40, manner)
    case 'uuid':
      return uuid(random)
    case 'decimal':
      return String(number % 10 ** Math.max(type.precision - type.scale, 0))
    case 'double':
      return number + 0.5
    case 'date':
      return dayOf(row, random)
    case 'time':
      return `${twoDigits(random.below(24))}:${twoDigits(random.below(60))}:${twoDigits(row % 60)}`
    case 'timestamp':
      return `${dayOf(row, random)}T${twoDigits(random.below(24))}:30:00.000Z`
    case 'json':
      return { row, name: sample(10) }
    case 'binary':
      return Uint8Array.of(row % 256, random.below(256))
    case 'enum':
      return type.values[row % Math.max(type.values.length, 1)]
    case 'array':
      return [anything(type.of, place, manner, random)]
    case 'duration':
      return `P${row}DT${random.below(24)}H`
    case 'ipAddress':
      return `192.0.2.${row % 256}`
    case 'range':
      return rangeOf(type.of, row)
    case 'custom':
      return undefined
    default:
      return assertNever(type)
  }
}

/** Letters of several alphabets, what SQL quotes with, and a letter outside of the first 65 536, in at most so many characters. */
function sample(length: number): string {
  return [...`Zoë's "ñ" \\ 漢字 %_ 🦤`].slice(0, length).join('')
}

function shortText(number: number, length: number, manner: Manner): string {
  // Digits alone are a text that can become a number.
  return (manner === 'plain' ? String(number) : `${number} herons`).slice(0, length)
}

function largest({ precision, scale }: Extract<ColumnType, { type: 'decimal' }>): string {
  const whole = '9'.repeat(Math.max(precision - scale, 0)) || '0'
  return scale > 0 ? `${whole}.${'9'.repeat(scale)}` : whole
}

function dayOf(row: number, random: Random): string {
  return new Date(Date.UTC(2020, random.below(12), 1 + row)).toISOString().slice(0, 10)
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('')
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

function rangeOf(of: RangeOf, row: number): string {
  const [day, next] = [1, 2].map((offset) => new Date(Date.UTC(2020, 0, offset + row * 2)).toISOString())
  switch (of) {
    case 'integer':
    case 'bigInteger':
    case 'decimal':
      return `[${row * 10},${row * 10 + 5})`
    case 'date':
      return `[${day?.slice(0, 10)},${next?.slice(0, 10)})`
    case 'timestamp':
      return `[${day},${next})`
    default:
      return assertNever(of)
  }
}
