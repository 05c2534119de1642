import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import {
  type Migration,
  type MigrationDefinition,
  type MigrationKey,
  type MigrationReference,
  migrationKey,
  splitMigrationKey,
} from '../history/migration.ts'
import { replacedThrough } from '../history/replacements.ts'
import { defined } from '../lib/defined.ts'
import { displayPath } from '../lib/display-path.ts'
import type { Operation } from '../operations/operation.ts'
import type { Stand } from './contracted.ts'
import { type Cut, cutRange, type Segment } from './squash-cuts.ts'

/** A squash, and what it stands for. */
export interface Squash extends Stand {
  /** How many operations the members have between them. */
  readonly operationsBefore: number
}

/** What becomes of a range. */
export interface SquashPlan {
  readonly squashes: readonly Squash[]
  /** Those of the range that stay as they are, because they can be joined with neither neighbour. */
  readonly kept: readonly Migration[]
  readonly cuts: readonly Cut[]
}

/** What the name of a squash is made of. */
export interface NamedPart {
  /** Its originals, in order. */
  readonly members: readonly Migration[]
  readonly operations: readonly Operation[]
  /** It is the app's beginning. */
  readonly begins: boolean
  /** Which of several squashes it is, from 1; absent where there is one. */
  readonly part?: number
}

export interface SquashOptions {
  /** Whether the range begins where the app does, so that the first squash is the app's beginning. */
  readonly fromTheBeginning: boolean
  readonly nameOf: (part: NamedPart) => string
  /** `elide`: no row can be there yet, so steps that only matter to rows may go. */
  readonly optimize: (
    operations: readonly Operation[],
    app: string,
    options: { readonly elide: boolean },
  ) => readonly Operation[]
  readonly everyDependent?: boolean
}

/**
 * What squashing a range comes to: one migration, or several where one would be wrong. Nothing is proved and nothing written here.
 *
 * @throws squash.cannotJoin where no two of them can become one, migrations.fileExists where another migration has the name.
 */
export function planSquash(graph: Graph, range: readonly Migration[], options: SquashOptions): SquashPlan {
  const app = range[0]?.app ?? ''
  const begins = (members: readonly Migration[]): boolean => options.fromTheBeginning && members[0] === range[0]
  const operationsOf = (members: readonly Migration[]): readonly Operation[] => {
    const operations = concatenated(members)
    // A database that stands before a later range has rows, and still needs what is done about them; a model that moves in may bring some.
    const elide = begins(members) && !operations.some(({ kind }) => kind === 'moveModel')
    return options.optimize(operations, app, { elide })
  }
  const segments = cutRange(graph, range, { operationsOf, ...defined({ everyDependent: options.everyDependent }) })
  const several = segments.filter(({ members }) => members.length > 1)
  const cuts = segments.flatMap(({ cut }) => cut ?? [])
  if (several.length === 0) fail('squash.cannotJoin', { app, reasons: cuts.map(cutInWords) })
  const named = several.map((segment, index): NamedSegment => {
    const part = { ...segment, begins: begins(segment.members), operations: operationsOf(segment.members) }
    return { ...part, name: options.nameOf(several.length > 1 ? { ...part, part: index + 1 } : part) }
  })
  refuseTakenNames(graph, range, named)
  const places = placesOf(graph, named, app)
  return {
    squashes: named.map((segment): Squash => {
      const { name, members } = segment
      const migration = { app, name, definition: definitionOf(segment, places) }
      return { migration, members, operationsBefore: concatenated(members).length }
    }),
    kept: segments.flatMap(({ members }) => (members.length === 1 ? members : [])),
    cuts,
  }
}

/**
 * Django's names: `0001_squashed_0004_total`; from a later start on `0002_total_squashed_0004_paid`; with a name of its own behind the number of the first
 * one, `0001_everything`.
 */
export function squashName(own: string | undefined): SquashOptions['nameOf'] {
  return ({ members, begins, part }) => {
    const first = members[0]?.name ?? ''
    if (own === undefined) return `${begins ? '0001' : first}_squashed_${members.at(-1)?.name ?? ''}`
    return `${begins ? '0001' : numberOf(first)}_${own}${part === undefined ? '' : `_${part}`}`
  }
}

/** The number that a name begins with, or the word before its first underscore. */
export function numberOf(name: string): string {
  return /^\d+/.exec(name)?.[0] ?? name.split('_')[0] ?? name
}

/** Why a squash goes no further, as a clause. */
export function cutInWords({ before, why, through }: Cut): string {
  switch (why) {
    case 'cycle':
      return `${before} waits for ${through}, which waits for an earlier migration of ${splitMigrationKey(before)[0]}`
    case 'code':
      return `with ${before} in it ${through} would come at another time, which code in the one or the other could notice`
    case 'dependent':
      return `${through} comes before ${before} and builds on what was there then`
    case 'transaction':
      return `${through} is not atomic`
  }
}

interface NamedSegment extends Segment, NamedPart {
  readonly name: string
}

function concatenated(members: readonly Migration[]): readonly Operation[] {
  return members.flatMap(({ definition }) => definition.operations)
}

/** A name of the range itself may be free soon; that is for the caller to know. */
function refuseTakenNames(graph: Graph, range: readonly Migration[], named: readonly NamedSegment[]): void {
  const app = range[0]?.app
  for (const { name } of named) {
    const taken = graph.loaded.find((one) => one.app === app && one.name === name && !range.includes(one))
    if (taken !== undefined) fail('migrations.fileExists', { file: displayPath(taken.file ?? taken.name) })
  }
}

/** What stands in the place of each migration that will be replaced, those that a member replaces among them. */
function placesOf(
  graph: Graph,
  segments: readonly NamedSegment[],
  app: string,
): ReadonlyMap<MigrationKey, NamedSegment> {
  const replacing = segments.flatMap((segment) =>
    segment.members.flatMap(({ name }) => {
      const key = migrationKey(app, name)
      return [key, ...replacedThrough(graph.replacements, key)].map((one) => [one, segment] as const)
    }),
  )
  return new Map(replacing)
}

function definitionOf(segment: NamedSegment, places: ReadonlyMap<MigrationKey, NamedSegment>): MigrationDefinition {
  const { members, operations, begins, outsideTransaction } = segment
  const app = members[0]?.app ?? ''
  const others = (references: readonly MigrationReference[]): readonly MigrationReference[] =>
    distinct(
      references
        .filter(([of, name]) => of !== app || (name !== '__first__' && name !== '__latest__'))
        .flatMap((reference): readonly MigrationReference[] => {
          const place = places.get(migrationKey(...reference))
          if (place === undefined) return [reference]
          return place === segment ? [] : [[app, place.name]]
        }),
    )
  const runBefore = others(members.flatMap(({ definition }) => definition.runBefore ?? []))
  const dependencies = others(members.flatMap(({ definition }) => definition.dependencies ?? []))
  return {
    replaces: members.map(({ name }): MigrationReference => [app, name]),
    ...(begins ? { initial: true } : {}),
    ...(outsideTransaction ? { atomic: false } : {}),
    ...(runBefore.length === 0 ? {} : { runBefore }),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    operations,
  }
}

function distinct(references: readonly MigrationReference[]): readonly MigrationReference[] {
  return [...new Map(references.map((reference) => [migrationKey(...reference), reference])).values()]
}
