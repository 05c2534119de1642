import { hash } from 'node:crypto'
import type { MigrationKey } from '../history/migration.ts'
import {
  keyOfObject,
  lastNotes,
  type ObjectKey,
  type ObjectNote,
  type RememberedObject,
  rememberedIn,
} from '../history/remembered-objects.ts'
import { type Change, isObjectChange } from '../schema/change.ts'
import type { FoundObject } from '../schema/objects-in.ts'
import type { Direction } from './plan-migration.ts'

/** A digest of each thing that a database holds, by its key. */
export type Sight = ReadonlyMap<ObjectKey, string>

export function sightOf(objects: readonly FoundObject[]): Sight {
  return new Map(objects.map((object) => [keyOfObject(object), digestOf(object)]))
}

/** What there is to forget, and then to write. */
export interface NotesChange {
  readonly forget: readonly { readonly key: ObjectKey; readonly migration?: MigrationKey }[]
  readonly write: readonly ObjectNote[]
}

interface Step {
  readonly before: Sight
  readonly now: readonly FoundObject[]
  readonly notes: readonly ObjectNote[]
}

/**
 * What a step of a user's SQL or code leaves to be noted. What it made is noted, and what it gave another definition: of the parts of tables only where SQL had
 * made them, as all others are a State's. A whole table is one thing. What it took away is noted where it was noted before; backwards the older note
 * holds again.
 */
export function notesAfterOwnStep(
  { before, now, notes }: Step,
  { migration, direction }: { readonly migration: MigrationKey; readonly direction: Direction },
): NotesChange {
  const last = lastNotes(notes)
  const position = 1 + Math.max(0, ...notes.map((note) => note.position))
  const there = new Map(now.map((object) => [keyOfObject(object), object]))
  const isWhole = (table: string): boolean => {
    const key = keyOfObject({ kind: 'table', name: table, definition: '' })
    return !before.has(key) || last.get(key)?.definition !== undefined
  }
  const touched = [...there].filter(([key, object]) => {
    if (!before.has(key)) return !isPart(object) || !isWhole(object.table)
    return before.get(key) !== digestOf(object) && (!isOfTable(object) || last.get(key)?.definition !== undefined)
  })
  const gone = [...last.values()].filter(({ key }) => before.has(key) && !there.has(key))
  if (direction === 'forwards') {
    return {
      forget: [],
      write: [
        ...touched.map(([key, object]) => ({ ...object, key, migration, position })),
        ...gone.map(({ definition: _, ...note }) => ({ ...note, migration, position })),
      ],
    }
  }
  const older = touched.flatMap(([key, { definition }]) => {
    const rest = notes.filter((note) => note.key === key && note.migration !== migration)
    const note = lastNotes(rest).get(key)
    return note?.definition === undefined ? [] : [{ ...note, definition }]
  })
  return {
    forget: [...touched.map(([key]) => ({ key, migration })), ...gone.map(({ key }) => ({ key }))],
    write: older,
  }
}

/** Changes that give things of other hands another name or text, or take them along. */
export function movesOthers(change: Change): boolean {
  return ['renameTable', 'renameColumn', 'dropTable', 'dropColumn', 'setType', 'setGenerated'].includes(change.kind)
}

/**
 * How notes follow changes of tables: a trigger stands on the renamed table, an index is over the renamed column, what stood on a table that went is gone. What
 * was not as its note said before is left for a comparison to find.
 */
export function notesAfterChanges({ before, now, notes }: Step, changes: readonly Change[]): NotesChange {
  const there = new Map(now.map((object) => [keyOfObject(object), object]))
  const moved = rememberedIn(notes).flatMap(
    (object): readonly { readonly from: ObjectKey; readonly to?: FoundObject }[] => {
      const isAsNoted = before.get(object.key) === digestOf(object)
      const renamed = renamedBy(object, changes)
      if (renamed === undefined) return [{ from: object.key }]
      const found = there.get(keyOfObject(renamed))
      if (!isAsNoted) return keyOfObject(renamed) === object.key ? [] : [{ from: object.key, to: renamed }]
      if (found === undefined) return [{ from: object.key }]
      return keyOfObject(found) === object.key && found.definition === object.definition
        ? []
        : [{ from: object.key, to: found }]
    },
  )
  const last = lastNotes(notes)
  return {
    forget: moved.map(({ from }) => ({ key: from })),
    write: moved.flatMap(({ from, to }) => {
      if (to === undefined) return []
      const { definition, ...named } = to
      return notes
        .filter(({ key }) => key === from)
        .map((note) => ({
          ...note,
          ...named,
          key: keyOfObject(to),
          ...(note === last.get(from) && { definition }),
        }))
    }),
  }
}

/** The thing by the names that hold after the changes; undefined where its table goes. */
function renamedBy(object: RememberedObject, changes: readonly Change[]): FoundObject | undefined {
  const { migration: _, ...found } = object
  let { kind, name, table, definition }: FoundObject = found
  for (const change of changes) {
    if (isObjectChange(change)) continue
    const stands = kind === 'table' ? name : table
    if (change.kind === 'dropTable' && change.table.name === stands) return undefined
    if (change.kind === 'renameTable' && change.from === stands) {
      if (kind === 'table') name = change.to
      else table = change.to
    }
    if (change.kind === 'renameColumn' && kind === 'column' && change.table === table && change.from === name) {
      name = change.to
    }
  }
  return { kind, name, definition, ...(table === undefined ? {} : { table }) }
}

const partsOfTables: readonly FoundObject['kind'][] = ['column', 'unique', 'index', 'check', 'foreignKey', 'exclusion']

function isPart(object: FoundObject): object is FoundObject & { readonly table: string } {
  return partsOfTables.includes(object.kind) && object.table !== undefined
}

function isOfTable(object: FoundObject): boolean {
  return object.kind === 'table' || isPart(object)
}

function digestOf({ definition }: Pick<FoundObject, 'definition'>): string {
  return hash('sha256', definition, 'hex').slice(0, 16)
}
