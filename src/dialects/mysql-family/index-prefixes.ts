/** A part of an index: the type of its column, and how much of each value is asked to be in it. */
export interface MeasuredPart {
  readonly type: string
  readonly asked?: number
}

/** The longest key, in bytes (https://dev.mysql.com/doc/refman/9.7/en/innodb-limits.html). */
export const longestKey = 3072

/** How many characters of a text of any length are in an index, or bytes of bytes, where that many fit. */
const usual = 255

/** A character of utf8mb4, in bytes. */
const character = 4

/**
 * Of each part of an index, how many characters or bytes are in it; undefined where whole values are. Texts of any length have to be cut, and where
 * the whole key would be too long, everything that can be cut is, to an equal share.
 */
export function indexPrefixes(parts: readonly MeasuredPart[]): readonly (number | undefined)[] {
  const measured = parts.map(({ type, asked }) => ({ ...sizeOf(type), asked }))
  const bytes = (length: number, unit: number): number => length * unit
  const wanted = measured.map(({ length, asked }) => Math.min(asked ?? (length === Infinity ? usual : length), length))
  const whole = measured.reduce((sum, { unit }, index) => sum + bytes(wanted[index] ?? 0, unit), 0)
  const fixed = measured.reduce((sum, { unit, canBeCut }) => sum + (canBeCut ? 0 : unit), 0)
  const share = (longestKey - fixed) / Math.max(1, measured.filter(({ canBeCut }) => canBeCut).length)
  return measured.map(({ length, unit, canBeCut }, index) => {
    if (!canBeCut) return undefined
    const most = whole <= longestKey ? (wanted[index] ?? 0) : Math.min(wanted[index] ?? 0, Math.floor(share / unit))
    return most < length ? most : undefined
  })
}

interface Size {
  /** In units: characters or bytes. */
  readonly length: number
  /** What a unit takes of a key, in bytes. */
  readonly unit: number
  readonly canBeCut: boolean
}

function sizeOf(type: string): Size {
  const [, base = '', length] = /^(\w+)(?:\((\d+)\b)?/.exec(type) ?? []
  if (/^(?:tiny|medium|long)?text$|^json$/.test(base)) return { length: Infinity, unit: character, canBeCut: true }
  if (/^(?:tiny|medium|long)?blob$/.test(base)) return { length: Infinity, unit: 1, canBeCut: true }
  if (base === 'varchar' || base === 'char') return { length: Number(length ?? 1), unit: character, canBeCut: true }
  if (base === 'varbinary' || base === 'binary') return { length: Number(length ?? 1), unit: 1, canBeCut: true }
  return { length: 1, unit: fixedSizes[base] ?? 8, canBeCut: false }
}

/** Types that take more or less of a key than eight bytes. */
const fixedSizes: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  int: 4,
  decimal: 30,
  uuid: 16,
  inet6: 16,
}
