import { createRequire } from 'node:module'
import type * as NodeSqlite from 'node:sqlite'
import type * as KyselyModule from 'kysely'
import { quietly } from '../../lib/quietly.ts'

/** Loads `node:sqlite`, when a database is opened and not before. */
export function loadNodeSqlite(): typeof NodeSqlite {
  return loaded<typeof NodeSqlite>('node:sqlite')
}

/**
 * Loads Kysely, when its query builder is first used: that takes longer than everything else that `migrate` does when there is nothing to do.
 * It is loaded at once and not by a promise, so that a session can have it as a plain property.
 */
export function loadKysely(): typeof KyselyModule {
  return loaded<typeof KyselyModule>('kysely')
}

/** Node 22 warns that a module or a way of loading is experimental; that says nothing to somebody who runs a migration. */
function loaded<Module>(specifier: string): Module {
  return quietly(
    /SQLite is an experimental|loading ES Module/,
    // What a package exports is not known to the type checker when it is loaded by its name.
    () => createRequire(import.meta.url)(specifier) as Module,
  )
}
