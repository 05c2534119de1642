import type { Change } from '../../schema/change.ts'
import type { Expression } from '../../schema/expression.ts'
import { type Column, objectKey, type SchemaObject, type Table } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import type { TableChange } from '../shared/table-changes.ts'
import { typeName } from './column-types.ts'
import { isMadeAnew } from './enum-values.ts'
import { firstFree } from './object-names.ts'
import { createObject, dropObject } from './object-steps.ts'
import { quoted } from './statement-text.ts'
import { statement } from './work.ts'

/**
 * A type or collation that is made anew beside the old one. The old one gets another name, under which it keeps its columns until each of them is
 * changed to the new one.
 */
export interface Swap {
  readonly object: SchemaObject
  readonly first: readonly Step[]
  readonly last: readonly Step[]
}

/** The objects that a plan makes anew: enums that do more than get a value, and whatever is dropped and created under one name. */
export function swapsOf(changes: readonly Change[]): readonly Swap[] {
  const dropped = new Set(changes.flatMap((change) => (change.kind === 'dropObject' ? [objectKey(change.object)] : [])))
  return changes.flatMap((change): readonly Swap[] => {
    if (change.kind === 'alterEnum') return isMadeAnew(change, changes) ? [swap(change.after)] : []
    return change.kind === 'createObject' && dropped.has(objectKey(change.object)) ? [swap(change.object)] : []
  })
}

function swap(object: SchemaObject): Swap {
  const old = firstFree(`godwit_old_${object.name}`, new Set([object.name]))
  const kind = object.kind === 'collation' ? sql`COLLATION` : sql`TYPE`
  return {
    object,
    first: [
      {
        ...statement(sql`ALTER ${kind} ${name(object.name)} RENAME TO ${name(old)}`),
        note: `${object.name} is made anew: the server can only add to it`,
      },
      createObject(object),
    ],
    last: [dropObject({ kind: object.kind, name: old })],
  }
}

/** The columns of a table that are of what is made anew, as changes of their type. Those that change it anyway are left to that. */
export function swappedColumns(
  swaps: readonly Swap[],
  real: Table,
  after: Table,
  changes: readonly TableChange[],
): readonly TableChange[] {
  const taken = new Set(
    changes.flatMap((change) => {
      if (change.kind === 'setType') return [change.after.name]
      return change.kind === 'dropColumn' ? [change.column.name] : []
    }),
  )
  return real.columns.flatMap((column): readonly TableChange[] => {
    const own = taken.has(column.name) ? undefined : swaps.find(({ object }) => isOf(column, object))
    if (own === undefined) return []
    const now = after.columns.find((other) => other.name === column.name) ?? column
    const cast = own.object.kind === 'enum' ? { cast: byText(column) } : {}
    return [{ kind: 'setType', table: after.name, before: column, after: now, ...cast }]
  })
}

/** Whether a column is of a type, or of arrays of it, or sorted by a collation. */
export function isOf({ type, collation }: Column, object: SchemaObject): boolean {
  if (object.kind === 'collation') return collation === object.name
  return type === typeName(object.name) || type === `${typeName(object.name)}[]`
}

/** Each value becomes the one of the same text. */
function byText({ name: column, type }: Column): Expression {
  const text = type.endsWith('[]') ? 'text[]' : 'text'
  return { kind: 'sql', sql: `${quoted(column)}::${text}::${type}` }
}
