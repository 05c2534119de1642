import type { Graph } from '../history/graph.ts'
import { resolveTarget, type Target } from '../history/resolve-target.ts'
import type { Project } from '../project/project.ts'

/** What an app and a migration stand for in this project; undefined, for everything, when no app is named. */
export function targetOf(
  { app, migration }: { readonly app?: string | undefined; readonly migration?: string | undefined },
  graph: Graph,
  project: Project,
): Target | undefined {
  return app === undefined ? undefined : resolveTarget(graph, app, migration, project.apps.keys())
}
