import { loadModels } from '../project/load-models.ts'
import { placementIn } from '../project/placement-in.ts'
import type { Project } from '../project/project.ts'
import { joinTableName, tableName } from '../state/names.ts'
import { holdsModel } from '../state/placement.ts'
import { automaticJoins } from '../state/project-join-table.ts'
import { keyOf, type ModelState, modelsOf, type ProjectState } from '../state/project-state.ts'

/** The models of a project that have their tables in a database. The models of an app that is not written yet may be missing. */
export async function knownModels(project: Project, database: string | undefined, app: string): Promise<ProjectState> {
  const { state } = await loadModels(project, app)
  const placement = placementIn(project, database)
  return onlyModels(state, (model) => holdsModel(keyOf(model), placement))
}

/** The State with some of its models only. */
export function onlyModels(state: ProjectState, isWanted: (model: ModelState) => boolean): ProjectState {
  const apps = [...state.apps].map(
    ([app, models]) => [app, new Map([...models].filter(([, model]) => isWanted(model)))] as const,
  )
  return { ...state, apps: new Map(apps) }
}

/** The tables of a State's models, each with the app whose they are; join tables among them. */
export function tablesOfModels(state: ProjectState): ReadonlyMap<string, string> {
  return new Map(
    [...modelsOf(state)].flatMap((model) => {
      const table = tableName(model.app, model.name, model.options)
      const joins = automaticJoins(model).map(({ name, field }) => joinTableName(table, name, field))
      return [table, ...joins].map((name): [string, string] => [name, model.app])
    }),
  )
}
