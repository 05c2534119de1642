import type { RememberedObject } from '../history/remembered-objects.ts'
import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { objectInWords } from '../schema/object-in-words.ts'
import { type FoundObject, objectId, objectsIn, objectTaken } from '../schema/objects-in.ts'
import type { Schema, Table } from '../schema/schema.ts'
import { type Discrepancy, discrepanciesOf, type Sides } from './discrepancy.ts'

/**
 * What SQL and code of migrations made, seen beside what differs: what is remembered is nothing extra, and what is remembered and gone, or another, is a
 * discrepancy. What the State speaks of as well is the State's.
 */
export function withRemembered(
  discrepancies: readonly Discrepancy[],
  remembered: readonly RememberedObject[],
  sides: Sides,
): readonly Discrepancy[] {
  if (remembered.length === 0) return discrepancies
  const known = new Map(remembered.map((object) => [objectId(object), object]))
  const extras = new Set<string>()
  const kept = discrepancies.flatMap((discrepancy): readonly Discrepancy[] => {
    const { kind, changes } = discrepancy
    const isKnown = (change: Change): boolean => {
      const taken = objectTaken(change)
      return taken !== undefined && known.has(objectId(taken)) && (kind === 'extra' || !isInTheWay(taken, changes))
    }
    const remaining = changes.filter((change) => !isKnown(change))
    if (remaining.length === changes.length) return [discrepancy]
    for (const change of changes) {
      const taken = remaining.includes(change) ? undefined : objectTaken(change)
      if (taken !== undefined) extras.add(objectId(taken))
    }
    // What is declared over the same columns is missing: what is remembered is not there in its place.
    return discrepanciesOf(remaining, sides)
  })
  const found = new Map(objectsIn(sides.inspected).map((object) => [objectId(object), object]))
  const declared = new Set(objectsIn(sides.declared).map(objectId))
  const judged = [...known].flatMap(([id, object]) => {
    if (declared.has(id)) return []
    const there = found.get(id)
    if (there === undefined) return [gone(object)]
    // Of a managed table the State may have it under another name.
    const isStates = object.table !== undefined && sides.declared.tables.has(object.table) && !extras.has(id)
    const isPart = isStates && partKinds.has(object.kind)
    if (isPart || isSame(object, there)) return []
    return [changed(object, there, sides.dialect)]
  })
  return [...kept, ...judged].toSorted(byTable)
}

/** Whether something else is to come under the name of what goes. */
function isInTheWay({ name }: FoundObject, changes: readonly Change[]): boolean {
  return changes.some((change) => objectTaken(change) === undefined && nameOfAdded(change) === name)
}

function nameOfAdded(change: Change): string | undefined {
  switch (change.kind) {
    case 'addUnique':
      return change.unique.name
    case 'addIndex':
      return change.index.name
    case 'addCheck':
      return change.check.name
    case 'addExclusion':
      return change.exclusion.name
    case 'addForeignKey':
      return change.foreignKey.name
    default:
      return undefined
  }
}

/** Parts of tables, which a State can have too. */
const partKinds: ReadonlySet<string> = new Set(['column', 'unique', 'index', 'check', 'foreignKey', 'exclusion'])

function gone(remembered: RememberedObject): Discrepancy {
  const object = inWords(remembered)
  return {
    ...placeOf(remembered),
    object,
    kind: 'missing',
    text: `${object}, which ${remembered.migration} made, is gone`,
    changes: [],
    remembered,
  }
}

function changed(remembered: RememberedObject, found: FoundObject, dialect: Dialect): Discrepancy {
  const object = inWords(remembered)
  const details = detailsOf(remembered, found, dialect)
  return {
    ...placeOf(remembered),
    object,
    kind: 'different',
    text: `${object} is not as ${remembered.migration} made it${details === '' ? '' : `: ${details}`}`,
    changes: [],
    remembered,
  }
}

/** A server that does not show how a thing is made shows no change of it either. */
function isSame({ definition }: RememberedObject, found: FoundObject): boolean {
  return definition === found.definition || definition === '' || found.definition === ''
}

function placeOf({ kind, name, table }: RememberedObject): Pick<Discrepancy, 'table'> {
  const place = kind === 'table' ? name : table
  return place === undefined ? {} : { table: place }
}

function inWords({ name, definition, ...rest }: RememberedObject): string {
  return objectInWords({ ...rest, name: name === '' ? `(${definition})` : name })
}

/** What of a table, or of a part of one, is another; nothing of what is known by its statement alone. */
function detailsOf({ kind, table, definition }: RememberedObject, found: FoundObject, dialect: Dialect): string {
  const keys: Readonly<Record<string, keyof Table>> = {
    column: 'columns',
    unique: 'uniques',
    index: 'indexes',
    check: 'checks',
    foreignKey: 'foreignKeys',
    exclusion: 'exclusions',
  }
  const schemaOf = (text: string): Schema | undefined => {
    const content: Table = JSON.parse(text)
    const key = keys[kind]
    if (kind !== 'table' && (key === undefined || table === undefined)) return undefined
    const whole: Table = key === undefined ? content : { ...bare(table ?? ''), [key]: [content] }
    return { tables: new Map([[whole.name, whole]]), others: [] }
  }
  // A view, a trigger: the catalogue has a text of SQL for it.
  if (!definition.startsWith('{')) return ''
  const [inspected, declared] = [schemaOf(found.definition), schemaOf(definition)]
  if (inspected === undefined || declared === undefined) return ''
  const changes = diff(inspected, declared, { match: 'name', comparison: dialect.comparison })
  return discrepanciesOf(changes, { inspected, declared, dialect })
    .map(({ text }) => text)
    .join('; ')
}

function bare(name: string): Table {
  return { name, columns: [], uniques: [], foreignKeys: [], checks: [], indexes: [] }
}

function byTable({ table: a = '' }: Discrepancy, { table: b = '' }: Discrepancy): number {
  return a < b ? -1 : a > b ? 1 : 0
}
