import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../errors/error.ts'
import { importUserFile } from '../history/import-user-file.ts'
import { displayPath } from '../lib/display-path.ts'
import type { AnyModel } from '../models/model.ts'
import { isModel } from '../models/model.ts'
import type { ResolvedModels } from '../state/resolve-models.ts'
import { resolveModels } from '../state/resolve-models.ts'
import type { Project } from './project.ts'

const candidates = ['models', 'models/index'].flatMap((stem) =>
  ['ts', 'mts', 'js', 'mjs'].map((ending) => `${stem}.${ending}`),
)

/**
 * Imports the models of every app, in parallel, and resolves what they say of each other. The order of the config is the order of the apps. `unwritten`
 * is an app that may have no models yet.
 */
export async function loadModels(project: Project, unwritten?: string): Promise<ResolvedModels> {
  const apps = await Promise.all(
    [...project.apps].map(async ([app, folder]) => {
      const isMissing = app === unwritten && filesIn(folder).length === 0
      return [app, isMissing ? [] : await modelsOfApp(app, folder)] as const
    }),
  )
  return resolveModels(new Map(apps))
}

/** The models that an app exports. */
export async function modelsOfApp(app: string, folder: string): Promise<readonly AnyModel[]> {
  const exports = await importUserFile(modelsFile(app, folder), `the models of ${app}`)
  // A model may be exported under two names, which makes it no second model.
  return [...new Set(Object.values(exports).filter(isModel))]
}

/** The file that an app's models are in. */
export function modelsFile(app: string, folder: string): string {
  const [first, ...others] = filesIn(folder)
  if (first === undefined) return fail('config.modelsMissing', { app, folder: displayPath(folder) })
  if (others.length > 0) fail('config.severalModelsFiles', { app, files: [first, ...others] })
  return join(folder, first)
}

function filesIn(folder: string): readonly string[] {
  return candidates.filter((candidate) => existsSync(join(folder, candidate)))
}
