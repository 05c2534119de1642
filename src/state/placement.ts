import { objectKey } from '../schema/schema.ts'
import { enumUses } from './native-enums.ts'
import { type ModelState, type OwnedObject, type ProjectState, splitModelKey } from './project-state.ts'

/** What of a project lives in one of its databases. */
export interface Placement {
  /** The database, by its name in the config. */
  readonly database: string
  /** All names in the config, for messages. */
  readonly known: readonly string[]
  /** Whether a model has its tables there; without a model, whether there is what an app brings along besides. */
  readonly holds: (app: string, model?: string) => boolean
  /** Whether some database of the config holds all of these models, by their keys. */
  readonly hasHomeFor?: (keys: readonly string[]) => boolean
  /** Nothing lives elsewhere, so that no State need be looked through. */
  readonly isWhole?: true
}

/** Whether a model lives in a database, by its key. */
export function holdsModel(key: string, { holds }: Placement): boolean {
  const { app, name } = splitModelKey(key)
  return holds(app, name)
}

/**
 * A State as one database has it: models that live elsewhere are there for others to refer to, and have no tables; enum types, extensions and collations
 * are there where a model uses them, and where none does, where their app is. Pure, and remembered: the same State gives the same one.
 */
export function stateIn(state: ProjectState, placement: Placement | undefined): ProjectState {
  if (placement === undefined || placement.isWhole) return state
  const known = localStates.get(placement) ?? new WeakMap<ProjectState, ProjectState>()
  localStates.set(placement, known)
  const local = known.get(state) ?? localState(state, placement)
  known.set(state, local)
  return local
}

const localStates = new WeakMap<Placement, WeakMap<ProjectState, ProjectState>>()

function localState(state: ProjectState, placement: Placement): ProjectState {
  const apps = new Map([...state.apps].map(([app, models]) => [app, localModels(models, placement)]))
  const isSame = [...apps].every(([app, models]) => models === state.apps.get(app))
  const objects = localObjects({ ...state, apps }, placement)
  return isSame && objects === state.objects ? state : { ...state, apps: isSame ? state.apps : apps, objects }
}

type Models = ReadonlyMap<string, ModelState>

const localMaps = new WeakMap<Placement, WeakMap<Models, Models>>()

/** The models of an app, those of other databases marked; the same map for the same map, so that States can still be compared by pointer. */
function localModels(models: Models, placement: Placement): Models {
  const known = localMaps.get(placement) ?? new WeakMap<Models, Models>()
  localMaps.set(placement, known)
  const before = known.get(models)
  if (before !== undefined) return before
  const marked = [...models].map(([name, model]) => [name, localModel(model, placement)] as const)
  const local = marked.every(([name, model]) => model === models.get(name)) ? models : new Map(marked)
  known.set(models, local)
  return local
}

const distant = new WeakMap<ModelState, ModelState>()

function localModel(model: ModelState, { holds }: Placement): ModelState {
  if (holds(model.app, model.name)) return model
  const marked = distant.get(model) ?? { ...model, elsewhere: true as const }
  distant.set(model, marked)
  return marked
}

function localObjects(state: ProjectState, { holds }: Placement): ReadonlyMap<string, OwnedObject> {
  if (state.objects.size === 0) return state.objects
  const users = Map.groupBy(enumUses(state), ({ object }) => objectKey(object))
  const local = [...state.objects].filter(([key, { app }]) => {
    const uses = users.get(key)
    return uses === undefined ? holds(app) : uses.some(({ model }) => !model.elsewhere)
  })
  return local.length === state.objects.size ? state.objects : new Map(local)
}
