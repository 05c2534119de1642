import type { Index, Named, Unique } from '../../schema/schema.ts'
import { name, names, sql } from '../../schema/sql.ts'
import type { StatementStep, Step } from '../../schema/step.ts'
import { type Alteration, isConstraint, realCheck, realExclusion, realIndex, realUnique } from './alteration.ts'
import type { Way } from './column-ways.ts'
import { commentOnTable } from './comments.ts'
import { checkDefinition, createIndex, exclusionDefinition, uniqueDefinition } from './definition.ts'
import { alikeIndexes } from './match.ts'
import { defaultKeyName } from './object-names.ts'
import { besides, splitTableName, tableName } from './table-name.ts'
import { type Clause, statement } from './work.ts'

export const setPrimaryKey: Way<'setPrimaryKey'> = ({ table, before, after }, { real }) => ({
  constraintsGone:
    before === undefined ? [] : [dropConstraint(real.primaryKey?.name ?? defaultKeyName(splitTableName(table).table))],
  constraints: after === undefined ? [] : [{ sql: sql`ADD PRIMARY KEY (${names(after.columns)})`, scans: true }],
})

export const addUnique: Way<'addUnique'> = ({ table, unique }, alteration) => {
  const own = alteration.names.claim(unique)
  return isConstraint(own)
    ? { constraints: [{ sql: sql`ADD ${uniqueDefinition(own)}`, scans: true }] }
    : { last: [indexStep(table, own, true)] }
}

export const dropUnique: Way<'dropUnique'> = ({ table, unique }, alteration) => {
  const own = realUnique(unique, alteration)
  alteration.names.release(own.name)
  return isConstraint(own)
    ? { constraintsGone: [dropConstraint(own.name)] }
    : { first: [dropIndexStep(table, own.name)] }
}

export const renameUnique: Way<'renameUnique'> = ({ table, before, after }, alteration) => {
  const own = realUnique(before, alteration)
  const renamed = renaming(own, after, alteration)
  return { between: isConstraint(own) ? renameConstraint(table, renamed) : renameIndexSteps(table, renamed) }
}

export const addCheck: Way<'addCheck'> = ({ check }, { names: taken }) => {
  const clause = { sql: sql`ADD ${checkDefinition(taken.claim(check))}` }
  return { constraints: [check.notValid ? clause : { ...clause, scans: true }] }
}

export const dropCheck: Way<'dropCheck'> = ({ check }, alteration) => {
  const own = realCheck(check, alteration)
  alteration.names.release(own.name)
  return { constraintsGone: [dropConstraint(own.name)] }
}

export const renameCheck: Way<'renameCheck'> = ({ table, before, after }, alteration) => ({
  between: renameConstraint(table, renaming(realCheck(before, alteration), after, alteration)),
})

/** A statement of its own: it reads the rows under a lock that keeps nobody waiting, which ALTER TABLE takes for nothing else. */
export const validateCheck: Way<'validateCheck'> = ({ table, check }, alteration) => ({
  last: [
    statement(sql`ALTER TABLE ${tableName(table)} VALIDATE CONSTRAINT ${name(realCheck(check, alteration).name)}`),
  ],
})

export const addExclusion: Way<'addExclusion'> = ({ exclusion }, { names: taken }) => ({
  constraints: [{ sql: sql`ADD ${exclusionDefinition(taken.claim(exclusion))}`, scans: true }],
})

export const dropExclusion: Way<'dropExclusion'> = ({ exclusion }, alteration) => {
  const own = realExclusion(exclusion, alteration)
  alteration.names.release(own.name)
  return { constraintsGone: [dropConstraint(own.name)] }
}

export const renameExclusion: Way<'renameExclusion'> = ({ table, before, after }, alteration) => ({
  between: renameConstraint(table, renaming(realExclusion(before, alteration), after, alteration)),
})

export const addIndex: Way<'addIndex'> = ({ table, index, concurrently }, alteration) => {
  if (concurrently !== true) return { last: [indexStep(table, alteration.names.claim(index), false)] }
  const leftovers = alteration.real.indexes.filter(
    (other) => other.invalid && (other.name === index.name || alikeIndexes.same(other, index)),
  )
  for (const leftover of leftovers) alteration.names.release(leftover.name)
  const own = alteration.names.claim(index)
  return {
    last: [
      ...leftovers.map((leftover) => ({
        ...dropIndexStep(table, leftover.name, true),
        note: 'a build that failed left it behind, and nothing uses it',
      })),
      { ...statement(createIndex(table, own, { unique: false, concurrently })), outsideTransaction: true },
    ],
  }
}

export const dropIndex: Way<'dropIndex'> = ({ table, index, concurrently }, alteration) => {
  const own = realIndex(index, alteration)
  alteration.names.release(own.name)
  return { first: [dropIndexStep(table, own.name, concurrently)] }
}

export const renameIndex: Way<'renameIndex'> = ({ table, before, after }, alteration) => ({
  between: renameIndexSteps(table, renaming(realIndex(before, alteration), after, alteration)),
})

export const setTableComment: Way<'setTableComment'> = ({ table, after }) => ({ last: [commentOnTable(table, after)] })

/** CREATE INDEX over the rows of a table that is there already. */
function indexStep(table: string, index: Index | Unique, unique: boolean): Step {
  return { ...statement(createIndex(table, index, { unique })), scans: true }
}

/** DROP CONSTRAINT, as a part of an ALTER TABLE. */
export function dropConstraint(constraint: string): Clause {
  return { sql: sql`DROP CONSTRAINT ${name(constraint)}` }
}

function dropIndexStep(table: string, index: string, concurrently: boolean = false): StatementStep {
  if (!concurrently) return statement(sql`DROP INDEX ${besides(table, index)}`)
  return { ...statement(sql`DROP INDEX CONCURRENTLY ${besides(table, index)}`), outsideTransaction: true }
}

/** Nothing is left to do where the object is called so already: it kept the name when the name was taken from its declaration. */
interface Renaming {
  readonly from: string
  readonly to: string
}

function renaming(real: Named, wanted: Named, { names: taken }: Alteration): Renaming {
  taken.release(real.name)
  return { from: real.name, to: taken.claim(wanted).name }
}

function renameConstraint(table: string, { from, to }: Renaming): readonly Step[] {
  if (from === to) return []
  return [statement(sql`ALTER TABLE ${tableName(table)} RENAME CONSTRAINT ${name(from)} TO ${name(to)}`)]
}

/** ALTER INDEX, and not ALTER TABLE, which would do the same under a stronger lock. */
function renameIndexSteps(table: string, { from, to }: Renaming): readonly Step[] {
  return from === to ? [] : [statement(sql`ALTER INDEX ${besides(table, from)} RENAME TO ${name(to)}`)]
}
