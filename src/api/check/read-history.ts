import { GodwitError } from '../../errors/error.ts'
import { buildGraph, type Graph } from '../../history/graph.ts'
import { readMigrations } from '../../history/loader.ts'
import { keyOfMigration, type Migration } from '../../history/migration.ts'
import type { Project } from '../../project/project.ts'
import type { Found } from './finding.ts'
import { foundError } from './found-error.ts'

/** The migrations of a project as far as they can be read. */
export interface ReadHistory {
  readonly migrations: readonly Migration[]
  /** Absent where a file cannot be read, or no order can be made of them. */
  readonly graph?: Graph
  readonly found: readonly Found[]
}

/** Reads every migration file, and finds those that cannot be read, and what keeps the others from being put in an order. */
export async function readHistory(project: Project): Promise<ReadHistory> {
  try {
    const read = await readMigrations(project.apps)
    const migrations = read.flatMap((one) => ('migration' in one ? [one.migration] : []))
    const found = read.flatMap((one): Found[] => {
      if (!('error' in one)) return []
      const { app, name: migration, file } = one
      return [{ ...foundError('migrations.notLoadable', one.error), app, migration, file }]
    })
    return found.length > 0 ? { migrations, found } : { migrations, ...linked(migrations, project) }
  } catch (error) {
    return { migrations: [], found: [foundError('migrations.notLoadable', error)] }
  }
}

function linked(migrations: readonly Migration[], { apps }: Project): Pick<ReadHistory, 'graph' | 'found'> {
  try {
    return { graph: buildGraph(migrations, { labels: apps.keys() }), found: [] }
  } catch (error) {
    const source = error instanceof GodwitError ? migrationNamed(error, migrations) : undefined
    return { found: [{ ...foundError('migrations.noOrder', error), ...(source && { app: source.app, source }) }] }
  }
}

/** The migration that an error of the graph is about, where it says so. */
function migrationNamed({ details }: GodwitError, migrations: readonly Migration[]): Migration | undefined {
  const facts = { migration: undefined, squash: undefined, edges: undefined, ...details }
  const [edge] = facts.edges ?? []
  const named = facts.migration ?? facts.squash ?? edge?.split(' ')[0]
  return migrations.find((migration) => keyOfMigration(migration) === named)
}
