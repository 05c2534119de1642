import type { MigrationKey } from '../history/migration.ts'
import { createRecorder } from '../history/recorder.ts'
import type { Project } from '../project/project.ts'
import { openDatabase } from './open-database.ts'

/** What a database has recorded as applied, and what it is half-way through. */
export interface DatabaseRecord {
  readonly applied: ReadonlySet<MigrationKey>
  readonly halfWay: ReadonlySet<MigrationKey>
}

/** The record of a database of the config; empty where it was never migrated. */
export async function recordOf(project: Project, database: string): Promise<DatabaseRecord> {
  const session = await openDatabase(project, database, { forReading: true })
  try {
    const recorder = createRecorder(session)
    if (!(await recorder.exists())) return { applied: new Set(), halfWay: new Set() }
    return { applied: new Set((await recorder.applied()).keys()), halfWay: new Set((await recorder.halfWay()).keys()) }
  } finally {
    await session.close()
  }
}

/**
 * What a database of the config has recorded, migrations that it is half-way through among them: these are finished where they stopped, by their steps
 * as they were.
 */
export async function recordedIn(project: Project, database: string): Promise<ReadonlySet<MigrationKey>> {
  const { applied, halfWay } = await recordOf(project, database)
  return applied.union(halfWay)
}
