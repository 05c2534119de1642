import type { IgnoredFinding } from '../../config.ts'
import { fail } from '../../errors/error.ts'
import { matchesPattern } from '../../lib/matches-pattern.ts'
import type { Project } from '../../project/project.ts'
import type { Finding } from './finding.ts'
import { findingKinds } from './finding-kinds.ts'

/** A finding that may stay, as the config says. */
export interface IgnoredFound extends Finding {
  readonly reason: string
}

/**
 * Sets aside what the config's `check.ignore` says may stay.
 *
 * @throws config.unknownFinding
 */
export function withoutIgnored(
  findings: readonly Finding[],
  { ignoredFindings, file }: Pick<Project, 'ignoredFindings' | 'file'>,
): { readonly kept: readonly Finding[]; readonly ignored: readonly IgnoredFound[] } {
  const known = Object.keys(findingKinds)
  const unknown = ignoredFindings.find(({ id }) => !known.some((one) => matchesPattern(id, one)))
  if (unknown !== undefined) fail('config.unknownFinding', { file, id: unknown.id, known })
  const kept: Finding[] = []
  const ignored: IgnoredFound[] = []
  for (const finding of findings) {
    const entry = ignoredFindings.find((one) => isAbout(one, finding))
    if (entry === undefined) kept.push(finding)
    else ignored.push({ ...finding, reason: entry.reason })
  }
  return { kept, ignored }
}

function isAbout({ id, migration }: IgnoredFinding, finding: Finding): boolean {
  if (!matchesPattern(id, finding.id)) return false
  return migration === undefined || matchesPattern(migration, `${finding.app}.${finding.migration}`)
}
