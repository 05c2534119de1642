import { GodwitError } from '../../errors/error.ts'
import { codeDifferences } from '../../history/code-differences.ts'
import { historyFindings } from '../../history/findings.ts'
import type { Graph } from '../../history/graph.ts'
import { type MigrationKey, splitMigrationKey } from '../../history/migration.ts'
import { createRecorder } from '../../history/recorder.ts'
import type { Project } from '../../project/project.ts'
import { halfWayProgress } from '../half-way-progress.ts'
import { openDatabase } from '../open-database.ts'
import { driftFindings } from './drift.ts'
import type { Found } from './finding.ts'
import { foundError } from './found-error.ts'
import { fromHistory } from './from-history.ts'
import { type ReadRecord, readRecord } from './read-record.ts'

/** What a database says of the migrations. */
export interface AskedDatabase {
  readonly found: readonly Found[]
  /** What is still to be applied; absent where the database could not be asked. */
  readonly notApplied?: ReadonlySet<MigrationKey>
}

/** Compares the record of a database with the files, and the database with its record. Reads only. */
export async function databaseFindings(project: Project, database: string, files: Graph): Promise<AskedDatabase> {
  try {
    const session = await openDatabase(project, database, { forReading: true })
    try {
      const recorder = createRecorder(session)
      const record = await readRecord(files, recorder)
      const history = await historyFindings({ ...record, recorder })
      const own = new Set(['sameNumber', 'copied'])
      const found = [
        ...record.refusals.map((refusal) => foundError('database.cannotGoOn', refusal)),
        ...halfWay(record),
        ...history.filter(({ kind }) => !own.has(kind)).map((finding) => fromHistory(finding, files)),
        ...codeDiffers(record),
        ...notAdopted(record),
        ...notApplied(record, session.label),
        ...(await driftFindings({ project, database, session, graph: files })),
      ]
      return { found, notApplied: new Set(record.notApplied) }
    } finally {
      await session.close()
    }
  } catch (error) {
    const isOfRecord = error instanceof GodwitError && error.code.startsWith('replaces.')
    return { found: [foundError(isOfRecord ? 'database.cannotGoOn' : 'database.notAsked', error)] }
  }
}

function halfWay({ halfWay: begun, graph }: ReadRecord): readonly Found[] {
  return [...begun].map(([key, entry]): Found => {
    const { direction, done, total } = halfWayProgress(entry)
    const steps = total === undefined ? '' : `, ${done} of ${total} steps done`
    return {
      id: 'database.halfWay',
      severity: 'error',
      ...placeOf(key, graph),
      message: `${direction === 'forwards' ? 'Applying' : 'Unapplying'} ${key} was stopped half-way${steps}.`,
      fix: '`godwit migrate` finishes it, `godwit migrate --rollback` takes it back.',
    }
  })
}

function codeDiffers({ graph, recorded }: ReadRecord): readonly Found[] {
  return codeDifferences(graph, recorded).map(
    (key): Found => ({
      id: 'database.codeDiffers',
      severity: 'info',
      ...placeOf(key, graph),
      message: `The functions of ${key} have another text than those that ran.`,
      fix: 'Another build step or formatter does that too. If the code was changed, write the change as a new migration: databases that applied this one will not run it again.',
    }),
  )
}

function notAdopted({ adoptions, graph }: ReadRecord): readonly Found[] {
  return adoptions.flatMap(({ baseline, rows }) =>
    baseline.members.slice(0, 1).map(
      (key): Found => ({
        id: 'database.notAdopted',
        severity: 'info',
        ...placeOf(key, graph),
        message: `${key} begins anew a history of which ${rows.length} ${rows.length === 1 ? 'migration is' : 'migrations are'} recorded.`,
        fix: 'The next `godwit migrate` compares the database with it and puts its row in the place of theirs.',
      }),
    ),
  )
}

function notApplied({ notApplied: keys }: ReadRecord, label: string): readonly Found[] {
  if (keys.length === 0) return []
  const shown = keys.slice(0, 10).map((key) => `  ${key}`)
  const more = keys.length > shown.length ? [`  and ${keys.length - shown.length} more`] : []
  return [
    {
      id: 'database.notApplied',
      severity: 'info',
      message: [`Not applied to ${label}:`, ...shown, ...more].join('\n'),
      fix: '`godwit migrate` applies them; `godwit migrate --plan` says what it would do.',
    },
  ]
}

function placeOf(key: MigrationKey, { migrations }: Graph): Pick<Found, 'app' | 'migration' | 'source'> {
  const [app, migration] = splitMigrationKey(key)
  const source = migrations.get(key)
  return { app, migration, ...(source !== undefined && { source }) }
}
