import { invariant } from '../../lib/invariant.ts'
import type { Change } from '../../schema/change.ts'
import type { Check, Column, Index, Named, Unique } from '../../schema/schema.ts'
import { name, names, sql } from '../../schema/sql.ts'
import type { Operation } from './alter-variant.ts'
import { type Alteration, columnNamed, isOverColumns, realCheck, realIndex, realUnique } from './alteration.ts'
import { modified } from './column-clauses.ts'
import type { Way } from './column-ways.ts'
import { checkDefinition, commentText, indexDefinition, uniqueDefinition } from './definition.ts'
import { droppingIndex } from './dropping-index.ts'
import { isHashed } from './hashed.ts'
import type { Work } from './table-work.ts'
import type { Clause } from './work.ts'

export const setPrimaryKey: Way<'setPrimaryKey'> = (change) => {
  const { before, after } = change
  return { constraints: keyClauses(before?.columns, after?.columns, [change]) }
}

/** The primary key of some columns instead of others. A column that is numbered needs one at every moment. */
export function keyClauses(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  makes: readonly Change[],
): readonly Clause[] {
  const operation: Operation = after === undefined ? 'dropKey' : 'addKey'
  const parts = [
    ...(before === undefined ? [] : [sql`DROP PRIMARY KEY`]),
    ...(after === undefined ? [] : [sql`ADD PRIMARY KEY (${names(after)})`]),
  ]
  return parts.map((part, index) => ({
    sql: part,
    operations: [operation],
    makes: index === 0 ? makes : [],
    together: true,
  }))
}

export const addUnique: Way<'addUnique'> = (change, alteration) => ({
  constraints: [{ ...addingUnique(claimed(change.unique, alteration), alteration), makes: [change] }],
})

export const addIndex: Way<'addIndex'> = (change, alteration) => ({
  constraints: [{ ...addingIndex(claimed(change.index, alteration), alteration), makes: [change] }],
})

export const dropUnique: Way<'dropUnique'> = (change, alteration) => {
  const own = realUnique(change.unique, alteration)
  const clause: Clause = { ...dropping(own, alteration), makes: [change] }
  const isKeptByHashes = alteration.flavour.variant.types.uniqueText && isHashed(own, alteration.real)
  return { gone: [isKeptByHashes ? { ...clause, operations: ['dropHashedUnique'] } : clause] }
}

export const dropIndex: Way<'dropIndex'> = (change, alteration) => ({
  gone: [{ ...dropping(realIndex(change.index, alteration), alteration), makes: [change] }],
})

export const renameUnique: Way<'renameUnique'> = (change, alteration) =>
  renaming(realUnique(change.before, alteration), change.after, change, alteration)

export const renameIndex: Way<'renameIndex'> = (change, alteration) =>
  renaming(realIndex(change.before, alteration), change.after, change, alteration)

export const addCheck: Way<'addCheck'> = (change, alteration) => ({
  constraints: [{ ...addingCheck(alteration.names.claim(change.check), alteration), makes: [change] }],
})

export const dropCheck: Way<'dropCheck'> = (change, alteration) => {
  const own = realCheck(change.check, alteration)
  const column = own.ofColumn === undefined ? undefined : columnNamed(alteration.after, own.ofColumn)
  alteration.names.release(own.name)
  return { gone: [{ ...droppingCheck(own, column, alteration), makes: [change] }] }
}

/** There is no other way to give a check another name than to make it again, for which the server looks at every row. */
export const renameCheck: Way<'renameCheck'> = (change, alteration) => {
  const own = realCheck(change.before, alteration)
  alteration.names.release(own.name)
  const { name: now } = alteration.names.claim(change.after)
  if (now === own.name) return {}
  const column = own.ofColumn === undefined ? undefined : columnNamed(alteration.after, own.ofColumn)
  const { ofColumn: _, ...check } = own
  return {
    gone: [{ ...droppingCheck(own, column, alteration), together: true }],
    constraints: [{ ...addingCheck({ ...check, name: now }, alteration), makes: [change], together: true }],
  }
}

/** Every check is validated when it comes. */
export const validateCheck: Way<'validateCheck'> = () => ({})

export const setTableComment: Way<'setTableComment'> = (change) => ({
  columns: [{ sql: sql`COMMENT = ${commentText(change.after ?? '')}`, operations: ['commentTable'], makes: [change] }],
})

/** No model can declare an exclusion here. */
export const noExclusion = (): never => {
  invariant(false, 'there are no exclusions on MariaDB and MySQL: projection refuses them')
}

/** ADD INDEX, as a part of an ALTER TABLE, without what it makes. */
export function addingIndex(index: Index, { flavour }: Pick<Alteration, 'flavour'>): Clause {
  return {
    sql: sql`ADD ${indexDefinition(index, flavour)}`,
    operations: [addsIndex(index)],
    makes: [],
  }
}

function addsIndex({ parts, method }: Index): Operation {
  if (method === 'fulltext') return 'addFulltext'
  return isOverColumns(parts) ? 'addIndex' : 'addExpressionIndex'
}

/** ADD UNIQUE INDEX, as a part of an ALTER TABLE, without what it makes. */
export function addingUnique(unique: Unique, { flavour, after }: Alteration): Clause {
  const isKeptByHashes = flavour.variant.types.uniqueText && isHashed(unique, after)
  const operation = isOverColumns(unique.parts)
    ? isKeptByHashes
      ? 'addHashedUnique'
      : 'addIndex'
    : 'addExpressionUnique'
  return { sql: sql`ADD ${uniqueDefinition(unique, flavour)}`, operations: [operation], makes: [] }
}

/** ADD CONSTRAINT of a check, as a part of an ALTER TABLE, without what it makes. */
export function addingCheck(check: Check, { flavour }: Pick<Alteration, 'flavour'>): Clause {
  return { sql: sql`ADD ${checkDefinition(check, flavour)}`, operations: ['addCheck'], makes: [] }
}

/** DROP CONSTRAINT of a check, as a part of an ALTER TABLE, without what it makes. */
export function droppingNamedCheck(check: string): Clause {
  return { sql: sql`DROP CONSTRAINT ${name(check)}`, operations: ['dropCheck'], makes: [] }
}

function droppingCheck(own: Check, column: Column | undefined, alteration: Alteration): Clause {
  if (own.ofColumn === undefined) return droppingNamedCheck(own.name)
  // A check in the definition of a column goes where the column is said again without it.
  return column === undefined
    ? droppingNamedCheck(own.name)
    : { ...modified(column, column, alteration), operations: ['describe'], makes: [] }
}

function claimed<T extends Named>(wanted: T, { names: taken, table }: Alteration): T {
  return taken.claimIndex(table, wanted)
}

function dropping(own: Index | Unique, { names: taken, table, waitingDrops }: Alteration): Clause {
  taken.releaseIndex(table, own.name)
  return { ...droppingIndex(own), ...(waitingDrops.has(own.name) ? { together: true } : {}) }
}

function renaming(own: Index | Unique, wanted: Named, change: Change, alteration: Alteration): Work {
  alteration.names.releaseIndex(alteration.table, own.name)
  const { name: now } = claimed(wanted, alteration)
  // It kept the name when the name was taken from its declaration.
  if (now === own.name) return {}
  return {
    constraints: [
      {
        sql: sql`RENAME INDEX ${name(own.name)} TO ${name(now)}`,
        operations: [isOverColumns(own.parts) ? 'renameIndex' : 'renameExpressionIndex'],
        makes: [change],
      },
    ],
  }
}
