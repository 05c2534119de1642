import { type OpenOptions, openDatabase as openAddress } from '../dialects/index.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import type { Session } from '../schema/dialect.ts'

/** Opens a database of the config; the one called `default` if no name is given. The caller closes it. */
export async function openDatabase(project: Project, name?: string, options?: OpenOptions): Promise<Session> {
  return openAddress(chosenDatabase(project, name), project.root, options)
}
