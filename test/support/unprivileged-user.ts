import { spawnSync } from 'node:child_process'
import type { User } from './held-process.ts'

/** Servers of databases refuse to be run by root, or had better not be; everybody else runs them as who they are. */
export function unprivilegedUser(names: readonly string[]): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of names) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout))
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid }
  }
  throw new Error(`A server of the tests' own cannot be run as root, and there is no user ${names.join(' or ')}.`)
}
