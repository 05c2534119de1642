import { hasCode } from '../../errors/error.ts'
import type { AnyModel } from '../../models/model.ts'
import { modelsFile, modelsOfApp } from '../../project/load-models.ts'
import type { Project } from '../../project/project.ts'

/** The models of each app; none of an app that has no file of them yet: it may be the next to be adopted. */
export async function modelsOfApps(project: Project): Promise<ReadonlyMap<string, readonly AnyModel[]>> {
  const apps = [...project.apps].map(async ([app, folder]) => {
    const isWritten = fileOf(app, folder) !== undefined
    return [app, isWritten ? await modelsOfApp(app, folder) : []] as const
  })
  return new Map(await Promise.all(apps))
}

/** The file that an app's models are in, if there is one. */
export function fileOf(app: string, folder: string): string | undefined {
  try {
    return modelsFile(app, folder)
  } catch (error) {
    if (hasCode(error, 'config.modelsMissing')) return undefined
    throw error
  }
}
