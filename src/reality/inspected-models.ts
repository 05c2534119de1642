import type { Dialect } from '../schema/dialect.ts'
import type { OtherObject, Schema } from '../schema/schema.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import { acceptModels } from './accept-models.ts'
import { differencesOf } from './differences.ts'
import type { Unread } from './read-models.ts'
import { type ModelsFile, writeModels } from './write-models.ts'

/** The models of a database: as data, as the State that they declare, and as source text. */
export interface InspectedModels extends ModelsFile {
  readonly state: ProjectState
  readonly source: string
}

export interface InspectedModelsOptions {
  /** The whole of what was inspected. */
  readonly schema: Schema
  readonly dialect: Dialect
  /** The app that the models are for. */
  readonly app: string
  /** Only these tables; all if none is named. */
  readonly tables?: readonly string[]
  /** Whether what is no table is told as well. Default: where no tables are named. */
  readonly whole?: boolean
  /** Models that there are already; tables of the others may refer to theirs. */
  readonly known?: ProjectState
  /** Tables that are to have no model, and why. */
  readonly without?: readonly Unread[]
}

/** Reads the tables of an inspected database as the models that say all of them that models can say. Pure. */
export function inspectedModels(options: InspectedModelsOptions): InspectedModels {
  const { schema, dialect, app, tables, known = emptyState, without = [] } = options
  const { whole = tables === undefined } = options
  const source = { schema, dialect, app, known }
  const wanted = [...schema.tables.values()]
    .filter(
      ({ name }) => (tables === undefined || tables.includes(name)) && without.every(({ table }) => table !== name),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const { models, unread, state, relations } = acceptModels(wanted, source)
  const read = new Set(wanted.map(({ name }) => name))
  const isRead = ({ table }: OtherObject): boolean => table !== undefined && read.has(table)
  const file = {
    models,
    unread: [...unread, ...without],
    differences: differencesOf(models, state, source, relations),
    others: whole ? schema.others : schema.others.filter(isRead),
    objects: whole ? schema.objects : undefined,
  }
  return { ...file, state, source: writeModels(file) }
}
