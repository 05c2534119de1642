/** A whole number out of what a driver gave or out of its digits: a number as far as numbers are exact, a bigint beyond. */
export function exactInteger(given: unknown): number | bigint {
  const number = Number(given)
  return Number.isSafeInteger(number) || typeof given === 'number' ? number : BigInt(String(given))
}

/** A decimal with all its places: `12.50`. Digits beyond them are left as they are. */
export function decimalText(given: string, scale: number): string {
  const plain = /e/i.test(given) ? Number(given).toFixed(scale) : given
  const [whole = '0', fraction = ''] = plain.split('.')
  const places = fraction.replace(/0+$/, '').padEnd(scale, '0')
  return places === '' ? whole : `${whole}.${places}`
}

/** A moment out of what a driver gave; text without a zone is UTC, and what lies between two milliseconds is cut off. */
export function momentOf(given: unknown): Date {
  if (given instanceof Date) return given
  if (typeof given !== 'string') return new Date(Number(given))
  const zoned = /(Z|[+-]\d\d(:?\d\d)?(:\d\d)?)$/i.test(given.slice(10)) ? given : `${given}Z`
  const iso = zoned
    .replace(/^(\d{4,}-\d\d-\d\d)Z$/, '$1T00:00:00Z')
    .replace(' ', 'T')
    .replace(/(\.\d{3})\d+/, '$1')
    .replace(/([+-]\d\d)$/, '$1:00')
  return new Date(iso)
}

/** A time of day without needless zeros at its end: `07:54:48.12`. */
export function shortTime(given: string): string {
  return given.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}
