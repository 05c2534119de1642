import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../errors/error.ts'
import { sameNames } from '../../history/baselines.ts'
import { readMigrations } from '../../history/loader.ts'
import { keyOfMigration, type MigrationKey, migrationKey, splitMigrationKey } from '../../history/migration.ts'
import { putRowBack, rowsOfApps } from '../../history/record-rows.ts'
import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Project } from '../../project/project.ts'
import { type ProjectChoice, projectOf } from '../project-of.ts'
import { type Backup, backupsOf, type Manifest, noteOutcome, type OnStep, writeWhole } from './backup.ts'
import { withDatabase, withLock } from './context.ts'

export interface RestoreResetOptions extends ProjectChoice {
  /** The backup, by the name of its folder; the latest that was not restored yet if not given. */
  readonly stamp?: string | undefined
  /** Only a backup of exactly these apps. */
  readonly apps?: readonly string[] | undefined
  readonly plan?: boolean | undefined
  readonly wait?: number | undefined
  readonly onStep?: OnStep | undefined
}

export interface RestoreResetResult {
  readonly stamp: string
  readonly apps: readonly string[]
  readonly database: string
  /** The files that come back; absolute. */
  readonly files: readonly string[]
  /** Those of the fresh beginning that go, where no old one has their place. */
  readonly removed: readonly string[]
  readonly rows: readonly MigrationKey[]
  /** `false` after a plan. */
  readonly written: boolean
}

/**
 * Takes a reset back: the old files and the old rows, as they were. No table is touched.
 *
 * @throws resets.noBackup, resets.movedOn, resets.filesMovedOn
 */
export async function restoreReset(options: RestoreResetOptions = {}): Promise<RestoreResetResult> {
  const project = await projectOf(options)
  const { plan = false, wait = 600_000, onStep = () => {} } = options
  const backup = await backupToRestore(project, options)
  const { manifest, stamp } = backup
  const old = new Set(manifest.files.map(({ file }) => file))
  const removed = manifest.begun.filter(({ file }) => !old.has(file))
  const result = {
    stamp,
    apps: manifest.apps,
    database: manifest.database,
    files: manifest.files.map(({ file }) => join(project.root, file)),
    removed: removed.map(({ file }) => join(project.root, file)),
    rows: manifest.rows.map(({ app, name }) => migrationKey(app, name)),
  }
  await withDatabase(project, manifest.database, (session, recorder) =>
    withLock(session, wait, async () => {
      const there = (await recorder.exists()) ? await rowsOfApps(session, manifest.apps) : []
      const begun = new Set(manifest.recorded)
      const kept = new Set(result.rows)
      const recorded = await recorder.applied()
      const since = there
        .map(({ app, name }) => migrationKey(app, name))
        .filter((key) => (!kept.has(key) && !begun.has(key)) || isOfLater(recorded.get(key)?.resets, key, manifest))
      if (since.length > 0) fail('resets.movedOn', { applied: since, backup: stamp })
      await refuseBuiltUpon(project, backup)
      if (plan) return
      await putFilesBack(project, backup, onStep)
      await recorder.ensure()
      await session.transaction(async () => {
        // Of another database of this name the rows may never have been swapped.
        const swapped = there.filter((row) => !manifest.rows.some((old) => structuralEqual(old, row)))
        for (const { app, name } of swapped) {
          onStep(`forget ${app}.${name}`)
          await recorder.unrecord(migrationKey(app, name))
        }
        if (swapped.length === 0) return
        for (const row of manifest.rows) {
          if (await recorder.isApplied(migrationKey(row.app, row.name))) continue
          onStep(`put ${row.app}.${row.name} back`)
          await putRowBack(session, row)
        }
        onStep('commit the rows')
      })
      await noteOutcome(backup, 'restored', onStep)
    }),
  )
  return { ...result, written: !plan }
}

async function backupToRestore(
  project: Project,
  { stamp, apps = [] }: Pick<RestoreResetOptions, 'stamp' | 'apps'>,
): Promise<Backup> {
  const backups = await backupsOf(project)
  const found =
    stamp === undefined
      ? backups.find(
          ({ outcome, manifest }) =>
            outcome !== 'restored' && (apps.length === 0 || apps.every((app) => manifest.apps.includes(app))),
        )
      : backups.find((backup) => backup.stamp === stamp)
  return found ?? fail('resets.noBackup', { asked: stamp, known: backups.map((backup) => backup.stamp) })
}

/** Whether a migration is the beginning of a longer history than the one that was kept: the histories were begun anew again since. */
function isOfLater(resets: readonly string[] | undefined, key: MigrationKey, { begun, rows }: Manifest): boolean {
  const [app, name] = splitMigrationKey(key)
  const here = begun.find((one) => one.app === app && one.name === name)
  const before = rows.find((row) => row.app === app && row.name === name)?.['resets']
  if (resets === undefined || here === undefined || before === JSON.stringify(resets)) return false
  return !sameNames(resets, here.resets)
}

/** Files that came since and stand on the beginning would stand on nothing. */
async function refuseBuiltUpon(project: Project, { manifest, stamp }: Backup): Promise<void> {
  const { files, begun, besides } = manifest
  const known = new Set([...files, ...begun].map(({ file }) => join(project.root, file)))
  const beginnings = new Set(begun.map(({ app, name }) => migrationKey(app, name)))
  const read = await readMigrations(project.apps)
  const migrations = read.flatMap((one) => ('error' in one ? [] : [one.migration]))
  const later = migrations.filter((migration) =>
    isOfLater(migration.definition.resets?.migrations, keyOfMigration(migration), manifest),
  )
  if (later.length > 0)
    fail('resets.filesMovedOn', {
      files: later.map(keyOfMigration),
      backup: stamp,
      reason: 'the history was begun anew once more',
    })
  const since = migrations.filter(
    (migration) => !known.has(migration.file ?? '') && !besides.includes(keyOfMigration(migration)),
  )
  const built = since.filter(({ definition: { dependencies = [] } }) =>
    dependencies.some(([app, name]) => beginnings.has(migrationKey(app, name))),
  )
  if (built.length === 0) return
  const on = [...beginnings].join(', ')
  fail('resets.filesMovedOn', {
    files: built.map(keyOfMigration),
    backup: stamp,
    reason: `${built.length === 1 ? 'it builds' : 'they build'} on ${on}`,
  })
}

/** The old files first and the beginning's place last: at no moment is there no history at all. */
async function putFilesBack(project: Project, { folder, manifest }: Backup, onStep: OnStep): Promise<void> {
  const begun = new Set(manifest.begun.map(({ file }) => file))
  const inTurn = manifest.files.toSorted((a, b) => Number(begun.has(a.file)) - Number(begun.has(b.file)))
  for (const { file, copy } of inTurn) {
    const text = await readFile(join(folder, copy))
    const path = join(project.root, file)
    if (existsSync(path) && text.equals(await readFile(path))) continue
    onStep(`put ${file} back`)
    await writeWhole(path, text)
  }
  const old = new Set(manifest.files.map(({ file }) => file))
  for (const file of begun) {
    if (old.has(file) || !existsSync(join(project.root, file))) continue
    onStep(`remove ${file}`)
    await rm(join(project.root, file))
  }
}
