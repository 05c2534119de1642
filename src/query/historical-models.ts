import type { Dialect, Session } from '../schema/dialect.ts'
import type { ProjectState } from '../state/project-state.ts'
import { historicalModel } from './make-query-set.ts'
import { type Surroundings, shapeUnder, surroundings } from './place.ts'
import type { AnyFields, HistoricalModels } from './query-set.ts'
import type { Shape } from './shape.ts'

/** What historical models are made of. */
export interface HistoricalModelsOptions {
  /** The models as they were. */
  readonly state: ProjectState
  readonly dialect: Dialect
  /** Kysely over the connection, and in the transaction, of the step. */
  readonly db: Session['kysely']
  /** `app.Model` keys by the names that the step gives them. */
  readonly models: { readonly [local: string]: string }
  /** Where the step stands, for messages: the migration, as `blog.0002_fill`. */
  readonly migration: string
}

/** The models that a step declared, as history had them. That they are there was checked when history was replayed. */
export function historicalModels(options: HistoricalModelsOptions): HistoricalModels<Record<string, AnyFields>> {
  const entries = Object.entries(options.models)
  if (entries.length === 0) return {}
  const around = surroundings(options)
  return Object.fromEntries(entries.map(([local, key]) => [local, historicalModel(around, knownShape(around, key))]))
}

/** What queries know of a model that is there. */
export function knownShape({ state }: Pick<Surroundings, 'state'>, key: string): Shape {
  return shapeUnder(state, key) ?? unknownModel(key)
}

function unknownModel(key: string): never {
  throw new Error(`There is no model ${key} at this point of history.`)
}
