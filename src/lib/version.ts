import { readFileSync } from 'node:fs'

let known: string | undefined

/** The version of Godwit that is running, as its package says. */
export function version(): string {
  known ??= String(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version)
  return known
}
