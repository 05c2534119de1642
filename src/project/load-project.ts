import { dirname } from 'node:path'
import { fail } from '../errors/error.ts'
import { importUserFile } from '../history/import-user-file.ts'
import { displayPath } from '../lib/display-path.ts'
import { checkConfig } from './check-config.ts'
import { findConfig } from './find-config.ts'
import type { Project } from './project.ts'

/** Where to look for the config: upwards from `cwd` (the working directory by default), or at one file. */
export interface ConfigLocation {
  readonly cwd?: string | undefined
  readonly config?: string | undefined
}

/** Finds, imports and checks the config. Imports no models and opens no database. Throws `config.*` and `loading.*` errors. */
export async function loadProject(location: ConfigLocation = {}): Promise<Project> {
  const cwd = location.cwd ?? process.cwd()
  const path = findConfig(cwd, location.config)
  const file = displayPath(path, cwd)
  const exports = await importUserFile(path, 'the config')
  if (!Object.hasOwn(exports, 'default')) fail('config.noDefaultExport', { file })
  return checkConfig(exports['default'], { file, root: dirname(path) })
}
