import { fail, GodwitError } from '../errors/error.ts'
import type { Project } from '../project/project.ts'
import { type DatabaseRecord, recordOf } from './recorded-in.ts'

/** The record of a database of the config. */
export interface RecordedIn extends DatabaseRecord {
  /** Its name in the config. */
  readonly database: string
}

/**
 * Asks every database of the config what it has recorded. One that cannot be asked may have recorded anything, so it is an error.
 *
 * @throws squash.databaseNotAsked
 */
export async function recordedEverywhere(project: Project): Promise<readonly RecordedIn[]> {
  const found: RecordedIn[] = []
  for (const database of project.databases.keys()) found.push({ database, ...(await asked(project, database)) })
  return found
}

async function asked(project: Project, database: string): Promise<DatabaseRecord> {
  try {
    return await recordOf(project, database)
  } catch (error) {
    if (!(error instanceof GodwitError)) throw error
    return fail('squash.databaseNotAsked', { database, reason: error.message }, { cause: error })
  }
}
