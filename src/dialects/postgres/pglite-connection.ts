import type { Extensions } from '@electric-sql/pglite'
import type { QueryResult } from 'kysely'
import { fail } from '../../errors/error.ts'
import type { Lock } from '../../schema/dialect.ts'
import { loadDriver, loadPackage } from '../shared/driver-loading.ts'
import { lockFile } from '../shared/lock-file.ts'
import type { Wire } from '../shared/wire.ts'
import { folderError } from './opening-error.ts'
import { pgliteParameter, pgliteParsers } from './pglite-values.ts'

type PgliteModule = typeof import('@electric-sql/pglite')

/** The connection to a database of PGlite, which can be put into an archive as a whole. */
export interface PgliteWire extends Wire {
  /** Everything that is committed, as an archive with which another can begin. */
  archive(): Promise<Uint8Array<ArrayBuffer>>
}

/** How long another process may keep the folder, in milliseconds. */
const folderWait = 60_000

/**
 * Opens a folder by PGlite, or a database in memory when there is no folder, which can begin with an archive. Values come back as `pg` returns them. What
 * stands in the way is said in a sentence.
 */
export async function connectPglite(
  dataDir: string | undefined,
  baseDir: string | undefined,
  label = dataDir ?? 'pglite:',
  archive?: Uint8Array<ArrayBuffer>,
): Promise<PgliteWire> {
  const { PGlite } = await loadDriver<PgliteModule>({ package: '@electric-sql/pglite', product: 'PGlite' }, baseDir)
  const extensions = await loadExtensions(baseDir)
  const lock = dataDir === undefined ? undefined : await lockFolder(dataDir, label)
  try {
    const database = await PGlite.create(dataDir ?? 'memory://', {
      extensions,
      ...(archive !== undefined && { loadDataDir: new Blob([archive]) }),
    })
    useOwnValues(database)
    return {
      async send(text, parameters): Promise<QueryResult<unknown>> {
        const { rows, affectedRows } = await database.query(text, parameters.map(pgliteParameter))
        return { rows, ...(affectedRows === undefined ? {} : { numAffectedRows: BigInt(affectedRows) }) }
      },
      archive: async () => new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer()),
      async close() {
        await database.close()
        await lock?.release()
      },
    }
  } catch (error) {
    await lock?.release()
    throw folderError(error, label)
  }
}

/** PGlite does not see that another process works in its folder, and what both write is lost. So the folder is one's own for as long as it is open. */
function lockFolder(dataDir: string, label: string): Promise<Lock> {
  return lockFile(`${dataDir}-godwit`, {
    timeout: folderWait,
    giveUp: () => fail('database.inUse', { database: label, seconds: folderWait / 1000 }),
    explain: (error) => folderError(error, `${label} (its lock file)`),
  })
}

/** PGlite has parsers and serialisers of its own for every type that it has found, which would be applied where none is given. */
function useOwnValues(database: Pick<InstanceType<PgliteModule['PGlite']>, 'parsers' | 'serializers'>): void {
  for (const type of Object.keys(database.parsers)) database.parsers[type] = String
  for (const type of Object.keys(database.serializers)) database.serializers[type] = String
  Object.assign(database.parsers, pgliteParsers)
}

/**
 * What comes with PGlite and belongs to a schema, so that a migration can create it and a database that has it can be opened. PGlite takes extensions
 * only when it starts; those that look into the server, and those that change its configuration for ever, are left out.
 */
const extensionNames = [
  ...['btree_gin', 'btree_gist', 'citext', 'cube', 'dict_int', 'dict_xsyn', 'earthdistance', 'fuzzystrmatch'],
  ...['hstore', 'intarray', 'isn', 'lo', 'ltree', 'moddatetime', 'pg_trgm', 'pgcrypto', 'seg', 'tablefunc'],
  ...['unaccent', 'uuid_ossp'],
]

async function loadExtensions(baseDir: string | undefined): Promise<Extensions> {
  const loaded = await Promise.all(
    extensionNames.map(async (name) => {
      const part = await loadPackage<Extensions>(`@electric-sql/pglite/contrib/${name}`, baseDir)
      return part?.[name] === undefined ? [] : [[name, part[name]] as const]
    }),
  )
  return Object.fromEntries(loaded.flat())
}
