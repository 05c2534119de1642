import type { Router } from '../config.ts'
import { fail } from '../errors/error.ts'
import { inWords, isRecord } from './in-words.ts'

interface Place {
  readonly file: string
  readonly apps: ReadonlyMap<string, unknown>
  readonly databases: ReadonlyMap<string, unknown>
}

/** Refuses what `router` cannot be. What a function answers is seen when it is asked. */
export function checkRouter(router: unknown, place: Place): Router | undefined {
  const { file, apps, databases } = place
  if (router === undefined) return undefined
  // What a function takes and answers no look at it can tell.
  if (typeof router === 'function') return router as Router
  if (!isRecord(router)) return fail('config.routerNotUsable', { file, found: inWords(router) })
  for (const [key, route] of Object.entries(router)) {
    const [app = '', ...rest] = key.split('.')
    const isKey = key === '*' || (rest.length <= 1 && apps.has(app) && rest[0] !== '')
    if (!isKey) fail('config.routerUnknownKey', { file, key, known: ['*', ...apps.keys()] })
    checkRoute(route, { file, of: key, databases })
  }
  if (router['*'] === undefined && !databases.has('default')) fail('config.routerNeedsDefault', { file })
  // Every key and every value has just been checked.
  return router as Router
}

/** The names of databases in an answer of the router, checked to exist. */
export function checkRoute(
  route: unknown,
  { file, of, databases }: Pick<Place, 'file' | 'databases'> & { readonly of: string },
): readonly string[] {
  const names: readonly unknown[] = Array.isArray(route) ? route : [route]
  return names.map((name) => {
    if (typeof name !== 'string') return fail('config.routeNotUsable', { file, of, found: inWords(name) })
    if (!databases.has(name)) fail('config.routeUnknown', { file, of, database: name, known: [...databases.keys()] })
    return name
  })
}
