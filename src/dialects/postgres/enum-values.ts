import type { Change } from '../../schema/change.ts'
import { name, sql, verbatim } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { textLiteral } from './literal.ts'
import { statement } from './work.ts'

/**
 * Whether a type must be made anew. Values can be added to one, and nothing else; and a value that was added can be used by no statement of the same
 * transaction (https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES).
 */
export function isMadeAnew({ before, after, anew }: Change<'alterEnum'>, changes: readonly Change[]): boolean {
  const kept = after.values.filter((value) => before.values.includes(value))
  if (anew === true || kept.join('\0') !== before.values.join('\0')) return true
  const added = after.values.filter((value) => !before.values.includes(value))
  const others = changes.filter(({ kind }) => kind !== 'alterEnum').map((change) => JSON.stringify(change))
  return added.some((value) => {
    const spellings = [JSON.stringify(value), JSON.stringify(textLiteral(value)).slice(1, -1)]
    return others.some((change) => spellings.some((spelling) => change.includes(spelling)))
  })
}

/** Adds values to a type, each beside the one that it stands behind. */
export function addValues({ before, after }: Change<'alterEnum'>): readonly Step[] {
  const [first] = before.values
  const added = after.values.flatMap((value, index) => {
    if (before.values.includes(value)) return []
    const previous = after.values[index - 1]
    if (previous !== undefined) return [sql`${literal(value)} AFTER ${literal(previous)}`]
    return [first === undefined ? literal(value) : sql`${literal(value)} BEFORE ${literal(first)}`]
  })
  return added.map((value) => statement(sql`ALTER TYPE ${name(after.name)} ADD VALUE ${value}`))
}

const literal = (text: string) => verbatim(textLiteral(text))
