import type { PostgresInterval } from './row-values.ts'

const timeUnits = ['hours', 'minutes', 'seconds'] as const
const dateUnits = ['years', 'months', 'days'] as const

const form =
  /^(?:(?<years>[+-]?\d+) years? ?)?(?:(?<months>[+-]?\d+) mons? ?)?(?:(?<days>[+-]?\d+) days? ?)?(?:(?<sign>[+-])?(?<hours>\d+):(?<minutes>\d\d):(?<seconds>\d\d)(?<fraction>\.\d+)?)?$/

/** A span of time out of the text of PostgreSQL's own style, `1 day 02:03:04.5`, as `pg` makes it: an object that is sent as a span again. */
export function readInterval(text: string): PostgresInterval {
  const groups = form.exec(text)?.groups ?? {}
  const negative = groups['sign'] === '-' ? -1 : 1
  const found: readonly [string, number][] = [
    ...dateUnits.map((unit): [string, number] => [unit, Number(groups[unit] ?? 0)]),
    ...timeUnits.map((unit): [string, number] => [unit, negative * Number(groups[unit] ?? 0)]),
    // The digits are shifted and not multiplied: 0.123457 * 1000 is not 123.457.
    ['milliseconds', negative * Number(`0${groups['fraction'] ?? ''}e3`)],
  ]
  return Object.assign(new Interval(), Object.fromEntries(found.filter(([, amount]) => amount !== 0)))
}

class Interval implements PostgresInterval {
  declare years?: number
  declare months?: number
  declare days?: number
  declare hours?: number
  declare minutes?: number
  declare seconds?: number
  declare milliseconds?: number

  toPostgres(): string {
    const parts = [...dateUnits, ...timeUnits].flatMap((unit) => {
      const amount = unit === 'seconds' ? secondsOf(this) : String(this[unit] ?? 0)
      return amount === '0' ? [] : [`${amount} ${unit}`]
    })
    return parts.join(' ') || '0'
  }

  toISO(): string {
    const { years = 0, months = 0, days = 0, hours = 0, minutes = 0 } = this
    return `P${years}Y${months}M${days}DT${hours}H${minutes}M${secondsOf(this)}S`
  }

  toISOString(): string {
    return this.toISO()
  }
}

function secondsOf({ seconds = 0, milliseconds = 0 }: PostgresInterval): string {
  return milliseconds === 0 ? String(seconds) : (seconds + milliseconds / 1000).toFixed(6).replace(/\.?0+$/, '')
}

/** A span of time as ISO 8601 has it, in the units that PostgreSQL keeps apart and without those that are zero: `P1DT2H30M`. */
export function isoInterval(text: string): string {
  const span = readInterval(text)
  const { years = 0, months = 0, days = 0, hours = 0, minutes = 0 } = span
  const units = (...parts: readonly [amount: number | string, letter: string][]): string =>
    parts.map(([amount, letter]) => (Number(amount) === 0 ? '' : `${amount}${letter}`)).join('')
  const date = units([years, 'Y'], [months, 'M'], [days, 'D'])
  const time = units([hours, 'H'], [minutes, 'M'], [secondsOf(span), 'S'])
  return `P${date}${time === '' ? '' : `T${time}`}` === 'P' ? 'PT0S' : `P${date}${time === '' ? '' : `T${time}`}`
}
