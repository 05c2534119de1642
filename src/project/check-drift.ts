import type { IgnoredDrift } from '../config.ts'
import { fail } from '../errors/error.ts'
import { inWords, isRecord } from './in-words.ts'

/** Refuses what `drift` cannot be, and gives what it says is to be ignored. */
export function checkDrift(drift: unknown, file: string): readonly IgnoredDrift[] {
  if (drift === undefined) return []
  if (!isRecord(drift)) return fail('config.driftNotUsable', { file, key: 'drift', found: inWords(drift) })
  for (const key of Object.keys(drift)) {
    if (key !== 'ignore') fail('config.unknownDriftKey', { file, of: 'drift', key, known: ['ignore'] })
  }
  const { ignore = [] } = drift
  if (!Array.isArray(ignore))
    return fail('config.driftNotUsable', { file, key: 'drift.ignore', found: inWords(ignore) })
  return ignore.map((entry: unknown, position) => checkIgnored(entry, `drift.ignore[${position}]`, file))
}

const known = ['object', 'reason'] as const

function checkIgnored(entry: unknown, of: string, file: string): IgnoredDrift {
  if (!isRecord(entry)) return fail('config.driftNotUsable', { file, key: of, found: inWords(entry) })
  for (const key of Object.keys(entry)) {
    if (key !== 'object' && key !== 'reason') fail('config.unknownDriftKey', { file, of, key, known })
  }
  const text = (key: (typeof known)[number]): string => {
    const content = entry[key]
    if (typeof content === 'string' && content.trim() !== '') return content
    return fail('config.driftNotUsable', { file, key: `${of}.${key}`, found: inWords(content) })
  }
  return { object: text('object'), reason: text('reason') }
}
