import type { IgnoredFinding } from '../config.ts'
import { fail } from '../errors/error.ts'
import { inWords, isRecord } from './in-words.ts'

/** Refuses what `check` cannot be, and gives what it says is to be ignored. Whether a finding is called so is seen when it is checked. */
export function checkIgnoredFindings(check: unknown, file: string): readonly IgnoredFinding[] {
  if (check === undefined) return []
  if (!isRecord(check)) return fail('config.checkNotUsable', { file, key: 'check', found: inWords(check) })
  refuseOthers(check, { file, of: 'check', known: ['ignore'] })
  const { ignore = [] } = check
  if (!Array.isArray(ignore)) {
    return fail('config.checkNotUsable', { file, key: 'check.ignore', found: inWords(ignore) })
  }
  return ignore.map((entry: unknown, position) => checkEntry(entry, `check.ignore[${position}]`, file))
}

function checkEntry(entry: unknown, of: string, file: string): IgnoredFinding {
  if (!isRecord(entry)) return fail('config.checkNotUsable', { file, key: of, found: inWords(entry) })
  refuseOthers(entry, { file, of, known: ['id', 'migration', 'reason'] })
  const text = (key: keyof IgnoredFinding): string => {
    const content = entry[key]
    if (typeof content === 'string' && content.trim() !== '') return content
    return fail('config.checkNotUsable', { file, key: `${of}.${key}`, found: inWords(content) })
  }
  const migration = entry['migration'] === undefined ? {} : { migration: text('migration') }
  return { id: text('id'), ...migration, reason: text('reason') }
}

function refuseOthers(
  record: Readonly<Record<string, unknown>>,
  { known, ...place }: { readonly file: string; readonly of: string; readonly known: readonly string[] },
): void {
  const key = Object.keys(record).find((name) => !known.includes(name))
  if (key !== undefined) fail('config.unknownCheckKey', { ...place, key, known })
}
