import { hash } from 'node:crypto'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Change } from '../schema/change.ts'
import type { Session } from '../schema/dialect.ts'
import type { Schema, Table } from '../schema/schema.ts'

/** The tables that changes name: those that an inspection has to show to tell whether the changes are made. */
export function tablesNamed(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap(namedIn))].sort()
}

function namedIn(change: Change): readonly string[] {
  switch (change.kind) {
    case 'createObject':
    case 'dropObject':
    case 'alterEnum':
      return []
    case 'renameTable':
      return [change.from, change.to]
    case 'copyRows':
      return [change.to]
    case 'createTable':
    case 'dropTable':
      return [change.table.name]
    default:
      return [change.table]
  }
}

/** A digest of what a database has under the names of some tables. */
export function fingerprintOf(tables: readonly string[], { tables: found }: Schema): string {
  return digest(tables.map((table) => [table, digest(contentOf(found.get(table)))]))
}

/** A digest of all that an inspection shows of a database. */
export async function fingerprintOfAll(session: Session): Promise<string> {
  const { tables, objects = new Map(), others } = await session.inspect()
  const sorted = (entries: Iterable<readonly [string, unknown]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return digest([sorted(tables), sorted(objects), others.map((other) => canonicalJson(other)).sort()])
}

/** Looks at tables again only where a statement may have changed them: most plans touch each table once. */
export interface Fingerprints {
  /** Of the tables that the changes name, as they are now. */
  before(changes: readonly Change[]): Promise<string>
  /** Takes note that a statement made these changes, or may have. */
  sent(changes: readonly Change[]): void
}

/** Fingerprints of the tables that a plan names, all read at its begin. */
export function createFingerprints(session: Session, planned: readonly Change[]): Fingerprints {
  let known: ReadonlyMap<string, Table | undefined> | undefined
  const read = async (wanted: readonly string[]): Promise<void> => {
    const { tables } = await session.inspect({ tables: wanted })
    known = new Map([...(known ?? []), ...wanted.map((table) => [table, tables.get(table)] as const)])
  }
  return {
    async before(changes) {
      const wanted = tablesNamed(changes)
      if (known === undefined) await read([...new Set([...wanted, ...tablesNamed(planned)])])
      const unknown = wanted.filter((table) => known?.has(table) !== true)
      if (unknown.length > 0) await read(unknown)
      const tables = [...(known ?? [])].flatMap(([name, table]) =>
        table === undefined ? [] : [[name, table] as const],
      )
      return fingerprintOf(wanted, { tables: new Map(tables), others: [] })
    },
    sent(changes) {
      // Foreign keys of other tables follow a rename.
      const reachesOthers = changes.some(({ kind }) => kind === 'renameTable' || kind === 'renameColumn')
      const touched = new Set(tablesNamed(changes))
      known = reachesOthers ? new Map() : new Map([...(known ?? [])].filter(([table]) => !touched.has(table)))
    },
  }
}

function contentOf(table: Table | undefined): unknown {
  return table ?? 'no such table'
}

function digest(content: unknown): string {
  return hash('sha256', canonicalJson(content), 'hex')
}
