import { suggestName } from '../autodetector/name-migration.ts'
import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationReference } from '../history/migration.ts'
import { nameFragment } from '../operations/definitions.ts'
import { lostComments, readMigrationSource } from '../rewriting/migration-source.ts'
import type { ProvedSquash } from '../rewriting/prove-squash.ts'
import { type NamedPart, numberOf } from '../rewriting/squash.ts'
import { replaceFiles } from '../writer/replace-files.ts'
import { headerOf } from './made-migration.ts'
import { projectOf } from './project-of.ts'
import { proveTexts } from './prove-texts.ts'
import { recordedEverywhere } from './recorded-everywhere.ts'
import { type NewPlaces, refersTo, refuseImporters, repointedText } from './repoint.ts'
import {
  chosenRange,
  plannedSquash,
  present,
  proposalOf,
  type SquashedMigration,
  type SquashMigrationsOptions,
  type SquashMigrationsResult,
} from './squash-migrations.ts'

/**
 * Squashes migrations that no database has applied, such as those of a feature branch, in place: the originals go, and nothing says that they ever were.
 * Every database of the config is asked first. All files are changed, or none.
 *
 * @example
 * await squashUnapplied({ app: 'billing', start: '0007', migration: '0011' })
 *
 * @throws squash.applied where one is recorded; squash.databaseNotAsked; squash.*
 */
export async function squashUnapplied(options: SquashMigrationsOptions): Promise<SquashMigrationsResult> {
  const project = await projectOf(options)
  const { header, now = new Date(), dryRun, confirm, squashedName } = options
  const nameOf = (part: NamedPart): string => nameInPlace(part, squashedName, now)
  const chosen = await chosenRange(project, options)
  const { graph, range } = chosen
  refuseSquashes(graph, range)
  const plan = await plannedSquash(project, chosen, { ...options, nameOf, elide: false })
  const inPlace = plan.squashes.map(withoutReplaces)
  const removed = inPlace.flatMap(({ members }) => members)
  const places = placesOf(inPlace)
  const others = graph.loaded.filter((migration) => !removed.includes(migration))
  const referring = others.filter((migration) => refersTo(migration, places))
  const strangers = referring.filter(({ app }) => app !== options.app)
  if (strangers.length > 0) fail('squash.dependedOn', { dependents: strangers.map(keyOfMigration) })
  for (const { database, applied, halfWay } of await recordedEverywhere(project)) {
    const migrations = removed.map(keyOfMigration).filter((key) => applied.has(key) || halfWay.has(key))
    if (migrations.length > 0) fail('squash.applied', { database, migrations })
  }
  const files = removed.flatMap(({ file }) => file ?? [])
  await refuseImporters(others, files)
  const squashes = await Promise.all(
    inPlace.map((squash) => present(squash, project, headerOf(header, now), { without: files })),
  )
  const proposal = proposalOf(range, plan, squashes, {
    removed: files,
    lostComments: await commentsLostFrom(removed, squashes),
  })
  const wanted = dryRun !== true && (confirm === undefined || (await confirm(proposal)))
  if (wanted) {
    const texts = inPlace.flatMap(({ migration }, index) => {
      const made = squashes[index]
      return made === undefined ? [] : [{ file: made.file, text: made.source, migration }]
    })
    const edited = await Promise.all(referring.map((migration) => repointedText(migration, places)))
    await proveTexts([...texts, ...edited])
    await replaceFiles([...texts, ...edited], [...files, ...edited.map(({ file }) => file)])
  }
  return { ...proposal, written: wanted }
}

async function commentsLostFrom(
  removed: readonly Migration[],
  squashes: readonly SquashedMigration[],
): Promise<readonly string[]> {
  const text = squashes.map(({ source }) => source).join('\n')
  const lost = removed.map(async (migration) => {
    const source = await readMigrationSource(migration)
    return source === undefined ? [] : lostComments(source, text)
  })
  return (await Promise.all(lost)).flat()
}

/** As `makemigrations` would have called it. */
function nameInPlace({ members, operations, begins, part }: NamedPart, own: string | undefined, now: Date): string {
  const number = begins ? '0001' : numberOf(members[0]?.name ?? '')
  if (own !== undefined) return `${number}_${own}${part === undefined ? '' : `_${part}`}`
  if (begins) return `${number}_initial`
  const told = operations.filter((operation) => nameFragment(operation) !== undefined)
  const last = members.at(-1)?.name.replace(/^\d+_/, '') ?? ''
  return `${number}_${
    told.length === 0
      ? last
      : suggestName(
          told.map((operation) => ({ operation })),
          now,
        )
  }`
}

function withoutReplaces(squash: ProvedSquash): ProvedSquash {
  const { replaces: _, ...definition } = squash.migration.definition
  return { ...squash, migration: { ...squash.migration, definition } }
}

function placesOf(squashes: readonly ProvedSquash[]): NewPlaces {
  return new Map(
    squashes.flatMap(({ migration: { app, name }, members }) =>
      members.map((member) => [keyOfMigration(member), [app, name] satisfies MigrationReference] as const),
    ),
  )
}

/** What others stand for, or who stands for others, is there because databases have applied it. */
function refuseSquashes({ replacements }: Graph, range: readonly Migration[]): void {
  const squash = range.map(keyOfMigration).find((key) => {
    return replacements.squashes.has(key) || replacements.replacedBy.has(key)
  })
  if (squash !== undefined) fail('squash.holdsSquash', { squash })
}
