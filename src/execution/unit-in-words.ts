import type { KeptStatement } from '../history/kept-plan.ts'
import { describe } from '../operations/definitions.ts'
import { changeInWords } from '../schema/change-in-words.ts'
import type { Unit } from './unit.ts'

/** A unit in words, for messages and the journal. */
export function unitInWords(unit: Unit): string {
  return unit.kind === 'schema' ? unit.operations.map(describe).join('; ') : describe(unit.operation)
}

/** A statement in words: what it makes, or the beginning of its text. */
export function statementInWords({ makes = [], note, sql }: KeptStatement): string {
  if (makes.length > 0) return makes.map(changeInWords).join('; ')
  return note ?? shortened(sql)
}

/** The beginning of a text of SQL, on one line. */
export function shortened(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}
