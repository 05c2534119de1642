import { type OpenOptions, openDatabase as openAddress } from '../dialects/index.ts'
import { defined } from '../lib/defined.ts'
import { settingsOf } from '../project/database-settings.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import type { Session } from '../schema/dialect.ts'

/**
 * Opens a database of the config; the one called `default` if no name is given. Options are stronger than what the config says of it. The caller closes
 * it.
 */
export async function openDatabase(project: Project, name?: string, options: OpenOptions = {}): Promise<Session> {
  const database = chosenDatabase(project, name)
  const { lockTimeout, statementTimeout } = settingsOf(database)
  return openAddress(database, project.root, { ...defined({ lockTimeout, statementTimeout }), ...defined(options) })
}
