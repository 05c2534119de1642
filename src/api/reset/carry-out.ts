import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../errors/error.ts'
import { type AdoptionWork, adoptBaselines, proveAdoptions } from '../../execution/adopt-baselines.ts'
import { halfWayIn } from '../../execution/decide.ts'
import { asFilesHaveIt } from '../../history/as-files-have-it.ts'
import type { Graph } from '../../history/graph.ts'
import { migrationKey, splitMigrationKey } from '../../history/migration.ts'
import type { Recorder } from '../../history/recorder.ts'
import { placementIn } from '../../project/placement-in.ts'
import type { Project } from '../../project/project.ts'
import type { Session } from '../../schema/dialect.ts'
import { type Backup, type Manifest, noteOutcome, type OnStep, writeWhole } from './backup.ts'
import { judgeOf } from './context.ts'

export interface CarryOutOptions {
  readonly project: Project
  readonly session: Session
  readonly recorder: Recorder
  /** The history with the fresh beginnings. */
  readonly graph: Graph
  /** Keeps files and rows, where that was not done before. */
  readonly keep: () => Promise<Backup>
  /** The folder of the backup, by name, where files may have been changed already. */
  readonly begunBefore?: string
  readonly onStep: OnStep
}

/**
 * Writes the files of a reset and swaps its rows: these as `migrate` does it on every other database, by the same proof, in one transaction. What could stand
 * in the way is asked before the first file is touched. The lock is held.
 *
 * @throws resets.changedMeanwhile, resets.differs
 */
export async function carryOut(manifest: Manifest, options: CarryOutOptions): Promise<Backup> {
  const { project, session, recorder, keep, onStep } = options
  const work = await adoptionsOf(manifest, options)
  const placement = placementIn(project, manifest.database)
  const site = { session, recorder, placement, judge: judgeOf(project), onStep }
  await proveAdoptions(work, site)
  const backup = await keep()
  await writeFiles(project, manifest, onStep)
  if (work.adoptions.length > 0) await adoptBaselines(work, site)
  await noteOutcome(backup, 'finished', onStep)
  return backup
}

/** The rows that are still to be swapped, where nobody has come between. */
async function adoptionsOf(
  { apps, rows, begun }: Manifest,
  { recorder, graph, begunBefore }: CarryOutOptions,
): Promise<AdoptionWork> {
  const found = await recorder.applied()
  const own = new Set(apps)
  const known = new Set([...rows, ...begun].map(({ app, name }) => migrationKey(app, name)))
  const came = [...found.keys()].filter((key) => own.has(splitMigrationKey(key)[0]) && !known.has(key))
  const { recorded, adoptions, stuck } = asFilesHaveIt(graph, found, await halfWayIn(recorder))
  const went = stuck.flatMap(({ baseline, open }) => (own.has(baseline.app) ? open : []))
  const standing = new Set([...found.keys(), ...adoptions.flatMap(({ baseline }) => baseline.members)])
  const unmet = begun.map(({ app, name }) => migrationKey(app, name)).filter((key) => !standing.has(key))
  if (came.length + went.length + unmet.length > 0)
    fail('resets.changedMeanwhile', { came, went: went.length > 0 ? went : unmet, backup: begunBefore })
  return { graph, recorded, adoptions: adoptions.filter(({ baseline }) => own.has(baseline.app)) }
}

/** The files of a reset that are not yet as they are to be: with their text, or without where they go. */
async function writeFiles(project: Project, { begun, files }: Manifest, onStep: OnStep): Promise<void> {
  // The beginning comes first: with some of the old files still beside it every command says so, and nothing is taken for the whole.
  for (const { file, text } of begun) {
    if (await isText(join(project.root, file), text)) continue
    onStep(`write ${file}`)
    await writeWhole(join(project.root, file), text)
  }
  const written = new Set(begun.map(({ file }) => file))
  for (const { file } of files) {
    if (written.has(file) || !existsSync(join(project.root, file))) continue
    onStep(`remove ${file}`)
    await rm(join(project.root, file))
  }
}

async function isText(file: string, text: string): Promise<boolean> {
  return existsSync(file) && (await readFile(file, 'utf8')) === text
}
