import { hasCode } from '../errors/error.ts'
import type { Session } from '../schema/dialect.ts'

/** What went wrong, without the name of a database that nobody will find and of the migration that it is said of. */
export function failureInWords(error: unknown, { label }: Pick<Session, 'label'>): string {
  // How far it came is of no use: it begins anew.
  if (hasCode(error, 'execution.stoppedHalfWay')) return failureInWords(error.cause, { label })
  const text = error instanceof Error ? error.message : String(error)
  return text
    .replaceAll(label, 'the scratch database')
    .replace(/`?godwit_scratch_\w+`?\./g, '')
    .replace(/^Migration \S+ cannot be (un)?applied with the data that (\S+) holds: /, 'in $2, ')
    .replace(/^(Una|A)pplying \S+ failed at ("[^"]*"): /, '$2: ')
    .replace(/\.$/, '')
}
