import type { Graph } from '../../history/graph.ts'
import type { Project } from '../../project/project.ts'
import type { Session } from '../../schema/dialect.ts'
import { tableName } from '../../state/names.ts'
import { modelsOf, type ProjectState } from '../../state/project-state.ts'
import { findDrift } from '../find-drift.ts'
import type { Found } from './finding.ts'

interface Options {
  readonly project: Project
  readonly database: string
  readonly session: Session
  readonly graph: Graph
}

/** What a database has that is not as the migrations left it. */
export async function driftFindings(options: Options): Promise<readonly Found[]> {
  const { judged, memory } = await findDrift(options)
  const apps = appsByTable(memory.state)
  const of = (table: string | undefined): Pick<Found, 'app'> => {
    const app = table === undefined ? undefined : apps.get(table)
    return app === undefined ? {} : { app }
  }
  return [
    ...judged.discrepancies.map(
      ({ table, text }): Found => ({
        id: 'database.drift',
        severity: 'error',
        ...of(table),
        message: `In ${options.session.label}: ${text}.`,
        fix: '`godwit drift --adopt` makes the migrations say so, `godwit drift --repair` makes the database what they say.',
      }),
    ),
    ...judged.notCompared.map(
      ({ table, text }): Found => ({
        id: 'database.notCompared',
        severity: 'info',
        ...of(table),
        message: `In ${options.session.label}: ${text}.`,
        fix: 'Ask with a user that may make temporary tables, and that is shown all objects.',
      }),
    ),
  ]
}

function appsByTable(state: ProjectState): ReadonlyMap<string, string> {
  return new Map([...modelsOf(state)].map(({ app, name, options }) => [tableName(app, name, options), app]))
}
