import { pathToFileURL } from 'node:url'
import { displayPath } from '../lib/display-path.ts'
import { explainLoadingError } from './explain-loading-error.ts'

/**
 * Imports a file of the user's and returns its exports. What goes wrong becomes one sentence with its fix.
 *
 * @param purpose What the file is, in words for messages: `a migration of billing`, `the config`.
 */
export async function importUserFile(path: string, purpose: string): Promise<Readonly<Record<string, unknown>>> {
  const { href } = pathToFileURL(path)
  try {
    return await import(href)
  } catch (error) {
    return explainLoadingError(error, { href, file: displayPath(path), purpose })
  }
}
