import { databaseKind, dialectFor } from '../dialects/index.ts'
import { chosenDatabase, type Project } from '../project/project.ts'
import type { Dialect } from '../schema/dialect.ts'

/** The dialect of each kind of database in the config, once, in the config's order. Opens none of them. */
export function dialectsOf(project: Project): readonly Dialect[] {
  const kinds = [...project.databases.keys()].map((name) => databaseKind(chosenDatabase(project, name)))
  return [...new Set(kinds)].map(dialectFor)
}
