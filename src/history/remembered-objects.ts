import { hash } from 'node:crypto'
import type { Row, Session } from '../schema/dialect.ts'
import { type FoundObject, type ObjectKind, objectId } from '../schema/objects-in.ts'
import { join, name, names, type Sql, sql, value } from '../schema/sql.ts'
import type { Value } from '../schema/value.ts'
import { keyOfMigration, type Migration, type MigrationKey, migrationKey, splitMigrationKey } from './migration.ts'
import { createObjectsTable, isOf, type ObjectsColumn, objectsTable } from './record-tables.ts'

/** Something that SQL or code of a migration made, or gave another definition, as that migration left it. */
export interface RememberedObject extends FoundObject {
  readonly migration: MigrationKey
}

/** What one migration did to one thing. */
export interface ObjectNote extends Omit<FoundObject, 'definition'> {
  readonly key: ObjectKey
  readonly migration: MigrationKey
  /** Absent: it took the thing away. */
  readonly definition?: string
  /** Of the notes about a thing the one with the highest position holds. */
  readonly position: number
}

/** A digest of what names a thing. */
export type ObjectKey = string & { readonly __brand: 'ObjectKey' }

export function keyOfObject(object: FoundObject): ObjectKey {
  return hash('sha256', objectId(object), 'hex') as ObjectKey
}

/**
 * What SQL and code of migrations made in a database, and no migration took away again; nothing where there is no table. A State may speak of some of it
 * as well: then it is the State's. Reads only.
 */
export async function rememberedObjects(session: Session): Promise<readonly RememberedObject[]> {
  const notes = createObjectNotes(session)
  return (await notes.exists()) ? rememberedIn(await notes.read()) : []
}

/** Of each thing what its last note says; what was taken away is left out. */
export function rememberedIn(
  notes: readonly ObjectNote[],
): readonly (RememberedObject & { readonly key: ObjectKey })[] {
  return [...lastNotes(notes).values()].flatMap(({ position: _, definition, ...note }) =>
    definition === undefined ? [] : [{ ...note, definition }],
  )
}

/** The note that holds, of each thing. */
export function lastNotes(notes: readonly ObjectNote[]): ReadonlyMap<ObjectKey, ObjectNote> {
  return new Map(notes.toSorted((a, b) => a.position - b.position).map((note) => [note.key, note]))
}

/** The notes about what migrations made by SQL and code. All but `ensure` and `exists` need the table. */
export interface ObjectNotes {
  ensure(): Promise<void>
  exists(): Promise<boolean>
  read(): Promise<readonly ObjectNote[]>
  /** Replaces what the migration noted of the thing before. */
  write(note: ObjectNote): Promise<void>
  /** Forgets what a migration did to a thing; without a migration, what all did. */
  forget(key: ObjectKey, migration?: MigrationKey): Promise<void>
  /** What was kept of how the database looked before a step that is under way, if there is such a step. */
  sight(): Promise<{ readonly migration: MigrationKey; readonly content: string } | undefined>
  /** A step that is killed leaves nobody who would remember how it found the database. */
  keepSight(migration: Migration, content: string): Promise<void>
  forgetSight(): Promise<void>
}

/** The notes in the database behind a session. */
export function createObjectNotes(session: Session): ObjectNotes {
  const insert = async (row: ObjectsRow): Promise<void> => {
    const values = Object.values(row).map(value)
    await session.query(sql`INSERT INTO ${name(objectsTable)} (${names(Object.keys(row))}) VALUES (${join(values)})`)
  }
  const forget = async (key: string, migration?: MigrationKey): Promise<void> => {
    const ofMigration = migration === undefined ? sql`` : sql` AND ${isOf(migration)}`
    await session.query(sql`DELETE FROM ${name(objectsTable)} WHERE ${isAbout(key)}${ofMigration}`)
  }
  const sight: ObjectNotes['sight'] = async () => {
    const kept = sql`SELECT ${names(columns)} FROM ${name(objectsTable)} WHERE ${isAbout(sightKey)}`
    const [row] = await session.query(kept)
    return row && { migration: migrationOf(row), content: String(row['definition']) }
  }
  return {
    async ensure() {
      await session.query(createObjectsTable(session.dialect.spelling))
    },
    async exists() {
      const { tables } = await session.inspect({ tables: [objectsTable] })
      return tables.has(objectsTable)
    },
    async read() {
      const rows = await session.query(sql`SELECT ${names(columns)} FROM ${name(objectsTable)}`)
      return rows.filter((row) => row['object_key'] !== sightKey).map(noteOf)
    },
    async write(note) {
      await forget(note.key, note.migration)
      await insert(rowOf(note))
    },
    forget,
    sight,
    async keepSight(migration, content) {
      const note = { kind: 'table', name: '', migration: keyOfMigration(migration), definition: content } as const
      if ((await sight()) !== undefined) await forget(sightKey)
      await insert({ ...rowOf({ ...note, key: sightKey as ObjectKey, position: 0 }), kind: sightKey })
    },
    forgetSight: () => forget(sightKey),
  }
}

/** In place of a digest, and of a kind. */
const sightKey = 'sight'

type ObjectsRow = { readonly [Column in ObjectsColumn]: Value }

const columns: readonly ObjectsColumn[] = [
  'object_key',
  'app',
  'name',
  'position',
  'kind',
  'object',
  'table_name',
  'definition',
]

function isAbout(key: string): Sql {
  return sql`${name('object_key')} = ${value(key)}`
}

function rowOf({ key, migration, kind, name: object, table, definition, position }: ObjectNote): ObjectsRow {
  const [app, called] = splitMigrationKey(migration)
  return {
    object_key: key,
    app,
    name: called,
    position,
    kind,
    object,
    table_name: table ?? null,
    definition: definition ?? null,
  }
}

function noteOf(row: Row): ObjectNote {
  const [table, definition] = [row['table_name'], row['definition']]
  return {
    key: String(row['object_key']) as ObjectKey,
    migration: migrationOf(row),
    kind: String(row['kind']) as ObjectKind,
    name: String(row['object']),
    position: Number(row['position']),
    ...(table === null || table === undefined ? {} : { table: String(table) }),
    ...(definition === null || definition === undefined ? {} : { definition: String(definition) }),
  }
}

function migrationOf(row: Row): MigrationKey {
  return migrationKey(String(row['app']), String(row['name']))
}
