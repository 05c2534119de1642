import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fail } from '../errors/error.ts'

const fileNames: ReadonlySet<string> = new Set(['ts', 'mts', 'js', 'mjs'].map((ending) => `godwit.config.${ending}`))

/** The named config file, or the nearest one from a folder upwards. */
export function findConfig(cwd: string, named?: string): string {
  if (named !== undefined) {
    const file = resolve(cwd, named)
    if (!existsSync(file)) fail('config.fileMissing', { file: named })
    return file
  }
  for (const folder of upwards(resolve(cwd))) {
    const [first, ...others] = configsIn(folder)
    if (first === undefined) continue
    if (others.length > 0) fail('config.severalFiles', { folder, files: [first, ...others] })
    return join(folder, first)
  }
  return fail('config.notFound', { folder: cwd })
}

/** The config files that stand in a folder, by name. */
export function configsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => fileNames.has(name))
  } catch {
    // A folder on the way up that may not be read holds no config for this user.
    return []
  }
}

function* upwards(folder: string): Generator<string> {
  yield folder
  const parent = dirname(folder)
  if (parent !== folder) yield* upwards(parent)
}
