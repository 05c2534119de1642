import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { MigrationKey } from '../../history/migration.ts'
import type { RecordRow } from '../../history/record-rows.ts'
import type { Project } from '../../project/project.ts'

/** A file of a history that was begun anew: where it stood, and its copy in the backup, both relative. */
export interface KeptFile {
  readonly app: string
  readonly name: string
  /** From the folder of the config. */
  readonly file: string
  /** From the folder of the backup. */
  readonly copy: string
}

/** A file of the fresh beginning, with its text: what a reset that was stopped has still to write. */
export interface BegunFile {
  readonly app: string
  readonly name: string
  readonly file: string
  readonly text: string
  /** The names of the history that it begins anew. */
  readonly resets: readonly string[]
}

/** All that a reset took away and put in its place. */
export interface Manifest {
  readonly format: 1
  readonly apps: readonly string[]
  /** Whose rows were swapped, by its name in the config. */
  readonly database: string
  /** ISO text, in UTC. */
  readonly keptAt: string
  readonly files: readonly KeptFile[]
  readonly begun: readonly BegunFile[]
  /** As the record had them, every column. */
  readonly rows: readonly RecordRow[]
  /** The migrations whose rows came in their place. */
  readonly recorded: readonly MigrationKey[]
  /** The migrations of other apps that had files by then: what came later may build on the beginning. */
  readonly besides: readonly MigrationKey[]
}

export interface Backup {
  /** The name of its folder: `billing-20261121T204500Z`. */
  readonly stamp: string
  /** Absolute. */
  readonly folder: string
  readonly manifest: Manifest
  /** What became of the reset; absent: it was stopped on its way. */
  readonly outcome?: Outcome
}

/** `finished`: files and rows are those of the fresh beginning. `restored`: they are what they were. */
export type Outcome = 'finished' | 'restored'

/** Called before each step that changes a file, with what it is about to do. */
export type OnStep = (step: string) => void

const manifestFile = 'manifest.json'
const outcomeFile = 'outcome'

/** The folder that holds the backups of a project. */
export function backupsFolder({ root }: Project): string {
  return join(root, '.godwit', 'resets')
}

/** Keeps files and rows. The manifest comes last: a folder without one is the backup of a reset that has not begun. */
export async function keepBackup(project: Project, manifest: Manifest, onStep: OnStep): Promise<Backup> {
  const { apps, keptAt } = manifest
  const app = apps.length === project.apps.size && apps.length > 1 ? 'all' : apps.join('-')
  const stamp = freeStamp(project, `${app}-${keptAt.replace(/\.\d+/, '').replaceAll(/[-:]/g, '')}`)
  const folder = join(backupsFolder(project), stamp)
  onStep('keep the files')
  await mkdir(folder, { recursive: true })
  await writeFile(join(project.root, '.godwit', '.gitignore'), '*\n')
  for (const { file, copy } of manifest.files) {
    onStep(`keep ${file}`)
    await mkdir(dirname(join(folder, copy)), { recursive: true })
    await writeFile(join(folder, copy), await readFile(join(project.root, file)))
  }
  onStep('keep the rows')
  await writeWhole(join(folder, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`)
  return { stamp, folder, manifest }
}

/** Two resets within one second have a backup each. */
function freeStamp(project: Project, wanted: string): string {
  const isTaken = (stamp: string): boolean => existsSync(join(backupsFolder(project), stamp))
  let stamp = wanted
  for (let number = 2; isTaken(stamp); number += 1) stamp = `${wanted}-${number}`
  return stamp
}

/** Notes what became of a reset. */
export async function noteOutcome({ folder }: Pick<Backup, 'folder'>, outcome: Outcome, onStep: OnStep): Promise<void> {
  onStep(`note that it is ${outcome}`)
  await writeWhole(join(folder, outcomeFile), `${outcome}\n`)
}

/** The backups of a project, the latest first. */
export async function backupsOf(project: Project): Promise<readonly Backup[]> {
  const parent = backupsFolder(project)
  const stamps = existsSync(parent) ? await readdir(parent) : []
  const found = await Promise.all(stamps.map((stamp) => readBackup(stamp, join(parent, stamp))))
  return found
    .filter((backup) => backup !== undefined)
    .toSorted((a, b) => (a.manifest.keptAt < b.manifest.keptAt ? 1 : -1))
}

async function readBackup(stamp: string, folder: string): Promise<Backup | undefined> {
  if (!existsSync(join(folder, manifestFile))) return undefined
  const manifest: Manifest = JSON.parse(await readFile(join(folder, manifestFile), 'utf8'))
  const noted = existsSync(join(folder, outcomeFile)) ? (await readFile(join(folder, outcomeFile), 'utf8')).trim() : ''
  const outcome = noted === 'finished' || noted === 'restored' ? noted : undefined
  return { stamp, folder, manifest, ...(outcome !== undefined && { outcome }) }
}

/** A path as a manifest has it: the backup of one machine means the same files on another. */
export function fromRoot({ root }: Project, file: string): string {
  return relative(root, file)
}

/** The file has all of its text or is as it was: the text is written beside it and renamed over it. */
export async function writeWhole(file: string, text: string | Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}.draft`
  await mkdir(dirname(file), { recursive: true })
  await writeFile(draft, text)
  await rename(draft, file)
}
