import { createRequire } from 'node:module'
import type * as NodeSqlite from 'node:sqlite'
import type * as KyselyModule from 'kysely'

/** Loads `node:sqlite`, when a database is opened and not before. */
export function loadNodeSqlite(): typeof NodeSqlite {
  return quietly<typeof NodeSqlite>('node:sqlite')
}

/**
 * Loads Kysely, when its query builder is first used: that takes longer than everything else that `migrate` does when there is nothing to do.
 * It is loaded at once and not by a promise, so that a session can have it as a plain property.
 */
export function loadKysely(): typeof KyselyModule {
  return quietly<typeof KyselyModule>('kysely')
}

/** Node 22 warns that a module or a way of loading is experimental; that says nothing to somebody who runs a migration. */
function quietly<Module>(specifier: string): Module {
  const { emitWarning } = process
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!/SQLite is an experimental|loading ES Module/.test(String(warning))) {
      Reflect.apply(emitWarning, process, [warning, ...rest])
    }
  }
  try {
    // What a package exports is not known to the type checker when it is loaded by its name.
    return createRequire(import.meta.url)(specifier) as Module
  } finally {
    process.emitWarning = emitWarning
  }
}
