import { fail } from '../errors/error.ts'
import type { Baselines } from './baselines.ts'
import type { Migration, MigrationKey, MigrationReference } from './migration.ts'
import { migrationKey } from './migration.ts'
import { type Replacements, squashesOver } from './replacements.ts'
import type { SettledRecord } from './settle.ts'

type Migrations = ReadonlyMap<MigrationKey, Migration>
type StandIns = ReadonlyMap<MigrationKey, readonly MigrationKey[]>

/** The migrations that count for one database, and what takes the place of the others. */
export interface InForce {
  readonly migrations: Migrations
  /** What stands for a migration that is not in force: the squash that replaces it; for a squash that stepped aside its last replaced ones; the last of its baseline. */
  readonly standIns: StandIns
  /** The same for those that want to run before it: for a squash that stepped aside its first replaced ones, and the first of a baseline. */
  readonly beginnings: StandIns
}

/**
 * The squashes that cannot be used: those of which a database has applied a part, and those that stand for a migration that must be in force
 * itself.
 *
 * @throws replaces.gone where a file of what they replace is needed and not there
 */
export function squashesAside(
  loaded: Migrations,
  replacements: Replacements,
  record: SettledRecord,
  target: MigrationKey | undefined,
): ReadonlySet<MigrationKey> {
  const over = new Set(target === undefined ? [] : squashesOver(replacements, target))
  const aside = new Set<MigrationKey>()
  for (const [squash, replaced] of replacements.squashes) {
    if (!over.has(squash) && !record.isHalfWay(squash)) continue
    const gone = replaced.filter((key) => !loaded.has(key))
    if (gone.length > 0) {
      const isApplied = (key: MigrationKey): boolean => record.has(key)
      fail('replaces.gone', {
        squash,
        gone,
        ...(record.isHalfWay(squash)
          ? { applied: replaced.filter(isApplied), open: replaced.filter((key) => !isApplied(key)), target: undefined }
          : { applied: [], open: [], target }),
      })
    }
    aside.add(squash)
  }
  return aside
}

/** Which migrations count while these squashes step aside. */
export function inForce(
  loaded: Migrations,
  {
    replacements,
    baselines,
    aside,
  }: { readonly replacements: Replacements; readonly baselines: Baselines; readonly aside: ReadonlySet<MigrationKey> },
): InForce {
  const { squashes } = replacements
  if (squashes.size + baselines.size === 0) return { migrations: loaded, standIns: new Map(), beginnings: new Map() }
  const standIns = new Map<MigrationKey, readonly MigrationKey[]>()
  // Outermost squashes first: what stands for a squash stands for all that it replaces.
  for (const [squash, replaced] of [...squashes].reverse()) {
    const cover = standIns.get(squash) ?? (aside.has(squash) ? undefined : [squash])
    if (cover !== undefined) for (const key of replaced) standIns.set(key, cover)
  }
  const beginnings = new Map(standIns)
  const placesOf = (key: MigrationKey): readonly MigrationKey[] => standIns.get(key) ?? [key]
  for (const [squash, replaced] of squashes) {
    if (!aside.has(squash) || standIns.has(squash)) continue
    const { first, last } = endsAmong(replaced.flatMap(membersOf), loaded, placesOf)
    standIns.set(squash, last)
    beginnings.set(squash, first)
  }
  for (const { gone, members } of baselines.values()) {
    const { first, last } = endsAmong(members.flatMap(membersOf), loaded, placesOf)
    for (const key of gone) {
      if (loaded.has(key) || standIns.has(key)) continue
      standIns.set(key, last)
      beginnings.set(key, first)
    }
  }
  return { migrations: new Map([...loaded].filter(([key]) => !standIns.has(key))), standIns, beginnings }

  /** What is in force of a replaced migration: itself, or, where it is a squash that stepped aside, what that one replaces. */
  function membersOf(key: MigrationKey): readonly MigrationKey[] {
    return aside.has(key) ? (squashes.get(key) ?? []).flatMap(membersOf) : placesOf(key)
  }
}

/** Of some migrations those that wait for none of the others, and those that none of the others waits for. */
function endsAmong(
  keys: readonly MigrationKey[],
  loaded: Migrations,
  placesOf: (key: MigrationKey) => readonly MigrationKey[],
): { readonly first: readonly MigrationKey[]; readonly last: readonly MigrationKey[] } {
  const among = new Set(keys)
  const waiting = new Set<MigrationKey>()
  const waitedFor = new Set<MigrationKey>()
  const link = (parent: MigrationKey, child: MigrationKey): void => {
    waiting.add(child)
    waitedFor.add(parent)
  }
  for (const key of among) {
    const { dependencies = [], runBefore = [] } = loaded.get(key)?.definition ?? {}
    for (const parent of dependencies.flatMap(named)) link(parent, key)
    for (const child of runBefore.flatMap(named)) link(key, child)
  }
  return {
    first: [...among].filter((key) => !waiting.has(key)),
    last: [...among].filter((key) => !waitedFor.has(key)),
  }

  function named(reference: MigrationReference): readonly MigrationKey[] {
    return placesOf(migrationKey(...reference)).filter((key) => among.has(key))
  }
}
