import { textLiteral } from './literal.ts'

/**
 * The type of a column in one spelling. Widths of integers say nothing of their values, and only some versions print them; but `tinyint(1)` is how a
 * boolean is told, and zerofill fills up to the width (https://dev.mysql.com/doc/refman/9.7/en/numeric-type-attributes.html).
 */
export function typeWithoutWidth(printed: string): string {
  if (printed === 'tinyint(1)' || / zerofill$/.test(printed)) return printed
  return printed.replace(/^((?:tiny|small|medium|big)?int|year)\(\d+\)/, '$1')
}

/** Whether literals of a type are numbers, which stand without quotes. */
function isNumeric(type: string): boolean {
  return /^(?:(?:tiny|small|medium|big)?int|decimal|float|double|year)\b/.test(type)
}

/** A bare value out of a catalogue as a literal for a column of a type. */
export function literalOf(printed: string, type: string): string {
  if (isNumeric(type) || /^b'[01]*'$/.test(printed)) return printed
  // Bytes are printed as a number, up to the first that is zero.
  if (isBinary(type) && /^0x/.test(printed)) return printed === '0x' ? "''" : printed
  return textLiteral(printed)
}

/** Whether the values of a type are so many bytes. */
export function isBinary(type: string): boolean {
  return /^(?:var)?binary\b/.test(type)
}

/** Bytes as the catalogue prints them, which a CREATE TABLE prints as a text where they are one. */
export function bytesLiteral(text: string): string {
  return text === '' ? "''" : `0x${Buffer.from(text).toString('hex')}`
}
