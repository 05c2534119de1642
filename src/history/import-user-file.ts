import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { isModuleNamespaceObject } from 'node:util/types'
import { displayPath } from '../lib/display-path.ts'
import { explainLoadingError } from './explain-loading-error.ts'

type Exports = Readonly<Record<string, unknown>>

/**
 * Imports a file of the user's and returns its exports. What goes wrong becomes one sentence with its fix.
 *
 * @param purpose What the file is, in words for messages: `a migration of billing`, `the config`.
 */
export async function importUserFile(path: string, purpose: string): Promise<Exports> {
  const required = requireModule(path)
  if (required !== undefined) return required
  const { href } = pathToFileURL(path)
  try {
    return await import(href)
  } catch (error) {
    const told = error instanceof SyntaxError ? await sameErrorWithLine(href, error) : error
    return explainLoadingError(told, { href, file: displayPath(path), purpose })
  }
}

const require = createRequire(import.meta.url)

/**
 * A module by `require`, which is the quick way: each `import()` walks over every module that the file's imports reach, all those of Godwit among them.
 * With five thousand migrations that is half of the time and most of the memory. Undefined for what only `import()` can load or explain: a module
 * that awaits, CommonJS, whatever is broken.
 */
function requireModule(path: string): Exports | undefined {
  try {
    const loaded = require(path)
    return isModuleNamespaceObject(loaded) ? loaded : undefined
  } catch {
    return undefined
  }
}

/** Node says on which line a name is missing only when it meets the file for the first time: under another URL that is so once more. */
async function sameErrorWithLine(href: string, error: SyntaxError): Promise<unknown> {
  return import(`${href}?again`).then(
    () => error,
    (again: unknown) => again,
  )
}
