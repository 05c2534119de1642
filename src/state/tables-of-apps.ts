import type { Dialect } from '../schema/dialect.ts'
import type { Placement } from './placement.ts'
import { stateIn } from './placement.ts'
import { projectModel } from './project-model.ts'
import { modelsOf, type ProjectState } from './project-state.ts'

/** The tables of some apps in one database, and what else they bring along there. */
export interface TablesOfApps {
  readonly tables: ReadonlySet<string>
  /** Their enum types, extensions and collations, by `objectKey`. */
  readonly objects: ReadonlySet<string>
}

/** What of a State belongs to some apps, in the names that the database has for it. */
export function tablesOfApps(
  state: ProjectState,
  apps: ReadonlySet<string>,
  dialect: Dialect,
  placement: Placement | undefined,
): TablesOfApps {
  const here = stateIn(state, placement)
  const models = [...modelsOf(here)].filter(({ app }) => apps.has(app))
  const objects = [...here.objects].filter(([, { app }]) => apps.has(app))
  return {
    tables: new Set(models.flatMap((model) => projectModel(here, model, dialect).map(({ name }) => name))),
    objects: new Set(objects.map(([key]) => key)),
  }
}
