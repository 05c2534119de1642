import { databaseKind, dialectFor } from '../dialects/index.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import type { Dialect } from '../schema/dialect.ts'

/** The dialect of each kind of database in the config, once, in the config's order. Opens none of them. */
export async function dialectsOf(project: Project): Promise<readonly Dialect[]> {
  const kinds = [...project.databases.keys()].map((name) => databaseKind(chosenDatabase(project, name)))
  return Promise.all([...new Set(kinds)].map(dialectFor))
}
