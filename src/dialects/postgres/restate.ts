import type { Named } from '../../schema/schema.ts'
import { type Alikeness, pairWithReal } from '../shared/pair-with-real.ts'
import { changesOf, type TableChange } from '../shared/table-changes.ts'
import type { Alteration } from './alteration.ts'
import { computesFrom, exclusionComputes, exclusionMentions, mentionsAny, reads } from './columns-read.ts'
import { remadeColumns, withGeneratedColumns } from './generated-columns.ts'
import { alikeChecks, alikeExclusions, alikeIndexes } from './match.ts'

/**
 * The changes of a table with all that must be said again: what computes from a column whose type changes, because the server resolved its text by the
 * old type and would keep it so for ever; and what stands on a column that is dropped and added again, because it goes with the column. What other
 * hands made is said again only where it would be lost.
 */
export function restated(declared: Alteration): Alteration {
  const alteration = withGeneratedColumns(declared)
  const retyped = new Set(changesOf(alteration, 'setType').map(({ after }) => after.name))
  const remade = remadeColumns(alteration)
  if (retyped.size === 0 && remade.size === 0) return alteration
  const scope: Scope = { alteration, retyped, remade }
  const again = [...checksAgain(scope), ...uniquesAgain(scope), ...indexesAgain(scope), ...exclusionsAgain(scope)]
  const renamesDone = new Set(again.flatMap(({ instead }) => (instead === undefined ? [] : [instead])))
  return {
    ...alteration,
    changes: [
      ...alteration.changes.filter((change) => !renamesDone.has(change)),
      ...again.flatMap(({ changes }) => changes),
      ...keyAgain(scope),
    ],
  }
}

interface Scope {
  readonly alteration: Alteration
  readonly retyped: ReadonlySet<string>
  readonly remade: ReadonlySet<string>
}

interface Again {
  readonly changes: readonly TableChange[]
  /** The rename that is made on the way. */
  readonly instead: TableChange | undefined
}

function checksAgain({ alteration, retyped, remade }: Scope): readonly Again[] {
  const { table, before, real, after } = alteration
  const either = retyped.union(remade)
  const stays = staying({
    before: before.checks,
    real: real.checks,
    after: without(
      after.checks,
      changesOf(alteration, 'addCheck').map(({ check }) => check),
    ),
    renames: changesOf(alteration, 'renameCheck'),
    dropped: changesOf(alteration, 'dropCheck').map(({ check }) => check),
    alikeness: alikeChecks,
    isConcerned: (check) => reads(check.expression, either),
    isLost: (check) => reads(check.expression, remade),
  })
  return stays.map(({ old, now, instead }) => ({
    changes: [
      { kind: 'dropCheck', table, check: old },
      { kind: 'addCheck', table, check: { ...now, ...(old.notValid ? { notValid: true } : {}) } },
    ],
    instead,
  }))
}

function uniquesAgain({ alteration, retyped, remade }: Scope): readonly Again[] {
  const { table, before, real, after } = alteration
  const stays = staying({
    before: before.uniques,
    real: real.uniques,
    after: without(
      after.uniques,
      changesOf(alteration, 'addUnique').map(({ unique }) => unique),
    ),
    renames: changesOf(alteration, 'renameUnique'),
    dropped: changesOf(alteration, 'dropUnique').map(({ unique }) => unique),
    alikeness: alikeIndexes,
    isConcerned: (unique) => computesFrom(unique, retyped) || mentionsAny(unique, remade),
    isLost: (unique) => mentionsAny(unique, remade),
  })
  return stays.map(({ old, now, instead }) => ({
    changes: [
      { kind: 'dropUnique', table, unique: old },
      { kind: 'addUnique', table, unique: { ...now, ...(old.form === undefined ? {} : { form: old.form }) } },
    ],
    instead,
  }))
}

function indexesAgain({ alteration, retyped, remade }: Scope): readonly Again[] {
  const { table, before, real, after } = alteration
  const stays = staying({
    before: before.indexes,
    real: real.indexes,
    after: without(
      after.indexes,
      changesOf(alteration, 'addIndex').map(({ index }) => index),
    ),
    renames: changesOf(alteration, 'renameIndex'),
    dropped: changesOf(alteration, 'dropIndex').map(({ index }) => index),
    alikeness: alikeIndexes,
    isConcerned: (index) => computesFrom(index, retyped) || mentionsAny(index, remade),
    isLost: (index) => mentionsAny(index, remade),
  })
  return stays.map(({ old, now, instead }) => ({
    changes: [
      { kind: 'dropIndex', table, index: old },
      { kind: 'addIndex', table, index: now },
    ],
    instead,
  }))
}

function exclusionsAgain({ alteration, retyped, remade }: Scope): readonly Again[] {
  const { table, before, real, after } = alteration
  const stays = staying({
    before: before.exclusions ?? [],
    real: real.exclusions ?? [],
    after: without(
      after.exclusions ?? [],
      changesOf(alteration, 'addExclusion').map(({ exclusion }) => exclusion),
    ),
    renames: changesOf(alteration, 'renameExclusion'),
    dropped: changesOf(alteration, 'dropExclusion').map(({ exclusion }) => exclusion),
    alikeness: alikeExclusions,
    isConcerned: (exclusion) => exclusionComputes(exclusion, retyped) || exclusionMentions(exclusion, remade),
    isLost: (exclusion) => exclusionMentions(exclusion, remade),
  })
  return stays.map(({ old, now, instead }) => ({
    changes: [
      { kind: 'dropExclusion', table, exclusion: old },
      { kind: 'addExclusion', table, exclusion: now },
    ],
    instead,
  }))
}

/** A primary key goes with a column of its own. */
function keyAgain({ alteration, remade }: Scope): readonly TableChange[] {
  const { table, before, after } = alteration
  const isChanged = changesOf(alteration, 'setPrimaryKey').length > 0
  const isLost = after.primaryKey?.columns.some((column) => remade.has(column)) === true
  if (isChanged || !isLost || before.primaryKey === undefined || after.primaryKey === undefined) return []
  return [{ kind: 'setPrimaryKey', table, before: before.primaryKey, after: after.primaryKey }]
}

interface Staying<T extends Named, Rename> {
  readonly before: readonly T[]
  readonly real: readonly T[]
  /** As declared afterwards, without what is new. */
  readonly after: readonly T[]
  readonly renames: readonly Rename[]
  readonly dropped: readonly T[]
  readonly alikeness: Alikeness<T>
  /** Whether a declared object must be said again. */
  readonly isConcerned: (object: T) => boolean
  /** Whether an object goes with a column, so that it must be said again whoever made it. */
  readonly isLost: (object: T) => boolean
}

interface Stays<T, Rename> {
  /** As the database has it, which is how it is dropped. */
  readonly old: T
  /** As it is to be, under the name that it keeps or gets. */
  readonly now: T
  readonly instead: Rename | undefined
}

function staying<T extends Named, Rename extends { readonly before: T; readonly after: T }>({
  before,
  real,
  after,
  renames,
  dropped,
  alikeness,
  isConcerned,
  isLost,
}: Staying<T, Rename>): readonly Stays<T, Rename>[] {
  const known = pairWithReal(before, real, alikeness)
  const kept = pairWithReal(after, real, alikeness)
  const declared = after.filter(isConcerned).flatMap((object): readonly Stays<T, Rename>[] => {
    const instead = renames.find((rename) => rename.after.name === object.name)
    const old = instead === undefined ? kept.get(object) : (known.get(instead.before) ?? instead.before)
    if (old === undefined) return []
    const name = instead === undefined ? old.name : object.name
    return [{ old, now: { ...object, name }, instead }]
  })
  const ours = new Set([...known.values(), ...kept.values(), ...dropped])
  const others = real.filter((object) => !ours.has(object) && isLost(object))
  return [...declared, ...others.map((object) => ({ old: object, now: object, instead: undefined }))]
}

function without<T extends Named>(objects: readonly T[], gone: readonly T[]): readonly T[] {
  const names = new Set(gone.map(({ name }) => name))
  return objects.filter(({ name }) => !names.has(name))
}
