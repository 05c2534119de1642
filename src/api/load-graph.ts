import { buildGraph, type Graph } from '../history/graph.ts'
import { loadMigrations } from '../history/loader.ts'
import type { Project } from '../project/project.ts'

/** Imports the migrations of every app and links them. */
export async function loadGraph(project: Project): Promise<Graph> {
  return buildGraph(await loadMigrations(project.apps), { labels: project.apps.keys() })
}
