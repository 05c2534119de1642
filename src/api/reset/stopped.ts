import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sameNames } from '../../history/baselines.ts'
import { migrationKey } from '../../history/migration.ts'
import type { Project } from '../../project/project.ts'
import { type Backup, backupsOf, type Manifest, noteOutcome, type OnStep } from './backup.ts'
import { withDatabase } from './context.ts'

/**
 * The reset that was stopped on its way and can be finished: its files are in part those of before and in part those of the beginning, or its rows were not
 * swapped, or all but the note of it is done. One that somebody went on from in another way is none: other files have come, or `migrate` has swapped the rows
 * and other apps (`isAsked`) are asked for now.
 */
export async function stoppedReset(
  project: Project,
  isAsked: (apps: readonly string[]) => boolean,
  onStep?: OnStep,
): Promise<Backup | undefined> {
  for (const backup of await backupsOf(project)) {
    if (backup.outcome !== undefined) continue
    const standing = await filesOf(project, backup)
    if (standing === 'others') continue
    if (standing === 'underWay' || isAsked(backup.manifest.apps)) return backup
    if (!(await isSwapped(project, backup.manifest))) return backup
    if (onStep !== undefined) await noteOutcome(backup, 'finished', onStep)
  }
  return undefined
}

/** Whether all files are those of the beginning, some still those of before, or any is neither. */
async function filesOf(project: Project, { folder, manifest }: Backup): Promise<'begun' | 'underWay' | 'others'> {
  const at = (file: string): string => join(project.root, file)
  const known = new Set([...manifest.files, ...manifest.begun].map(({ file }) => at(file)))
  for (const parent of new Set([...known].map(dirname))) {
    const entries = existsSync(parent) ? await readdir(parent) : []
    const others = entries.filter((entry) => /^[^_~.].*\.m?[tj]s$/.test(entry) && !known.has(join(parent, entry)))
    if (others.length > 0) return 'others'
  }
  const texts = new Map(manifest.begun.map(({ file, text }) => [file, text]))
  const kept = new Map(manifest.files.map(({ file, copy }) => [file, copy]))
  let isBegun = true
  for (const file of new Set([...kept.keys(), ...texts.keys()])) {
    const now = existsSync(at(file)) ? await readFile(at(file), 'utf8') : undefined
    if (now === texts.get(file)) continue
    isBegun = false
    const copy = kept.get(file)
    const before = copy === undefined ? undefined : await readFile(join(folder, copy), 'utf8')
    if (now !== before) return 'others'
  }
  return isBegun ? 'begun' : 'underWay'
}

async function isSwapped(project: Project, { database, begun }: Manifest): Promise<boolean> {
  return withDatabase(
    project,
    database,
    async (_, recorder) => {
      const recorded = await recorder.applied()
      return begun.every(({ app, name, resets }) => sameNames(recorded.get(migrationKey(app, name))?.resets, resets))
    },
    { forReading: true },
  )
}
