import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Whether a file stands in a git work tree, as far as folders tell; git is not asked. */
export function isInGit(file: string): boolean {
  const folder = dirname(file)
  return existsSync(join(folder, '.git')) || (folder !== file && folder !== dirname(folder) && isInGit(folder))
}
