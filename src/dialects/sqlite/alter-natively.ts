import { topologicalOrder } from '../../lib/topological-order.ts'
import type { Fill } from '../../schema/change.ts'
import type { Check, Column, ForeignKey, Index, Unique } from '../../schema/schema.ts'
import { join, name, type Sql, sql } from '../../schema/sql.ts'
import type { StatementStep, Step } from '../../schema/step.ts'
import { type Alteration, changesOf, type TableChange, type TableChangeKind } from './alteration.ts'
import { columnsRead, isUsed } from './columns-read.ts'
import { checkDefinition, columnDefinition, createIndex, inlineForeignKey } from './definition.ts'
import { fillValue, isPlainColumn } from './fill.ts'
import { findReal, sameCheck, sameIndex } from './match.ts'
import { isNeverNull } from './never-null.ts'
import { fold } from './raw-sql.ts'

/** Whether all changes of a table can be made by ALTER TABLE and by its indexes. */
export function canAlterNatively(alteration: Alteration): boolean {
  return alteration.changes.every((change) => wayOf(change).isPossible(change, alteration))
}

/** The steps of an alteration that needs no rebuild. */
export function alterNatively(alteration: Alteration): readonly Step[] {
  return computedFirst(alteration).flatMap((change) => wayOf(change).steps(change, alteration))
}

/** The changes in their order, but for dropped columns: one that is computed goes before those that it is computed from. */
function computedFirst(alteration: Alteration): readonly TableChange[] {
  const drops = changesOf(alteration, 'dropColumn')
  const readersOf = ({ column }: TableChange<'dropColumn'>): readonly string[] =>
    drops.flatMap(({ column: { name: other, generated } }) =>
      generated !== undefined && columnsRead(generated.expression).has(fold(column.name)) ? [other] : [],
    )
  const inTurn = topologicalOrder(drops, ({ column }) => column.name, readersOf).values()
  return alteration.changes.map((change) => (change.kind === 'dropColumn' ? (inTurn.next().value ?? change) : change))
}

/** How one kind of change is made without a rebuild, and when it can be. */
interface Way<Kind extends TableChangeKind> {
  isPossible(change: TableChange<Kind>, alteration: Alteration): boolean
  steps(change: TableChange<Kind>, alteration: Alteration): readonly Step[]
}

const always = (): boolean => true
const never = { isPossible: () => false, steps: () => [] }
/** SQLite has no comments. */
const nothing = { isPossible: always, steps: () => [] }

const ways: { readonly [Kind in TableChangeKind]: Way<Kind> } = {
  addColumn: {
    isPossible: ({ column, fill }, alteration) =>
      isPlainColumn(column) &&
      (fill === undefined || canFill(alteration)) &&
      (hasValue(column) || (fill !== undefined && alteration.capabilities.altersConstraints)),
    steps: ({ table, column, fill }, alteration) => {
      const inline = [
        ...ownChecks(column.name, alteration).map(checkDefinition),
        ...ownForeignKeys(column.name, alteration).map(inlineForeignKey),
      ]
      const waits = !hasValue(column)
      const definition = join([columnDefinition(waits ? { ...column, nullable: true } : column), ...inline], ' ')
      return [
        statement(sql`ALTER TABLE ${name(table)} ADD COLUMN ${definition}`),
        ...(fill === undefined ? [] : [fillColumn(table, column.name, fill, sql``)]),
        ...(waits ? [setNotNull(table, column.name)] : []),
      ]
    },
  },
  dropColumn: {
    isPossible: ({ column }, alteration) => !isUsed(column.name, withoutDropped(alteration)),
    steps: ({ table, column }) => [
      { ...statement(sql`ALTER TABLE ${name(table)} DROP COLUMN ${name(column.name)}`), rewrites: true },
    ],
  },
  setNotNull: {
    isPossible: ({ fill }, alteration) =>
      alteration.capabilities.altersConstraints && (fill === undefined || canFill(alteration)),
    steps: ({ table, column, fill }) => [
      ...(fill === undefined ? [] : [fillColumn(table, column.name, fill, sql` WHERE ${name(column.name)} IS NULL`)]),
      setNotNull(table, column.name),
    ],
  },
  dropNotNull: {
    isPossible: (_, { capabilities }) => capabilities.altersConstraints,
    steps: ({ table, column }) => [
      statement(sql`ALTER TABLE ${name(table)} ALTER COLUMN ${name(column.name)} DROP NOT NULL`),
    ],
  },
  addCheck: {
    isPossible: ({ check }, alteration) =>
      inlineColumn(check, alteration) !== undefined || takesCheck(check, alteration),
    steps: ({ table, check }, alteration) =>
      inlineColumn(check, alteration) === undefined ? [addCheck(table, check)] : [],
  },
  dropCheck: {
    isPossible: ({ check }, alteration) =>
      alteration.capabilities.altersConstraints && realCheck(check, alteration).name !== '',
    steps: ({ table, check }, alteration) => [dropConstraint(table, realCheck(check, alteration).name)],
  },
  renameCheck: {
    isPossible: ({ before, after }, alteration) =>
      takesCheck(after, alteration) && realCheck(before, alteration).name !== '',
    steps: ({ table, before, after }, alteration) => [
      dropConstraint(table, realCheck(before, alteration).name),
      addCheck(table, after),
    ],
  },
  addIndex: {
    isPossible: always,
    steps: ({ table, index }, alteration) => [addIndex(table, index, false, alteration)],
  },
  dropIndex: {
    isPossible: always,
    steps: ({ index }, alteration) => [dropIndex(realIndex(index, alteration), alteration)],
  },
  renameIndex: {
    isPossible: always,
    steps: ({ table, before, after }, alteration) => [
      dropIndex(realIndex(before, alteration), alteration),
      addIndex(table, after, false, alteration),
    ],
  },
  addUnique: {
    isPossible: always,
    steps: ({ table, unique }, alteration) => [addIndex(table, unique, true, alteration)],
  },
  dropUnique: {
    isPossible: ({ unique }, alteration) => isIndexOfItsOwn(realUnique(unique, alteration)),
    steps: ({ unique }, alteration) => [dropIndex(realUnique(unique, alteration), alteration)],
  },
  renameUnique: {
    isPossible: ({ before }, alteration) => isIndexOfItsOwn(realUnique(before, alteration)),
    steps: ({ table, before, after }, alteration) => [
      dropIndex(realUnique(before, alteration), alteration),
      addIndex(table, after, true, alteration),
    ],
  },
  addForeignKey: {
    isPossible: ({ foreignKey }, alteration) => isInline(foreignKey, alteration),
    steps: () => [],
  },
  dropForeignKey: never,
  setType: never,
  setDefault: never,
  setGenerated: never,
  setAutoIncrement: never,
  setPrimaryKey: never,
  setColumnComment: nothing,
  setTableComment: nothing,
}

function wayOf<Kind extends TableChangeKind>(change: TableChange<Kind>): Way<Kind> {
  return ways[change.kind]
}

/** Whether existing rows get something in a new column without a fill: NULL where that is allowed, else its default. */
function hasValue({ nullable, default: fallback, generated }: Column): boolean {
  return nullable || fallback !== undefined || generated !== undefined
}

function fillColumn(table: string, column: string, fill: Fill, where: Sql): Step {
  return {
    ...statement(sql`UPDATE ${name(table)} SET ${name(column)} = ${fillValue(fill, table)}${where}`),
    rewrites: true,
  }
}

function setNotNull(table: string, column: string): Step {
  return { ...statement(sql`ALTER TABLE ${name(table)} ALTER COLUMN ${name(column)} SET NOT NULL`), scans: true }
}

/** An UPDATE would fire the triggers of others; a rebuild does not. */
function canFill({ triggers }: Alteration): boolean {
  return triggers.length === 0
}

function takesCheck(check: Check, { capabilities, after }: Alteration): boolean {
  return capabilities.altersConstraints && isNeverNull(check.expression, after)
}

/** The checks that can stand at a new column: those that read nothing else. */
function ownChecks(column: string, alteration: Alteration): readonly Check[] {
  return changesOf(alteration, 'addCheck')
    .map(({ check }) => check)
    .filter((check) => inlineColumn(check, alteration) === column)
}

function inlineColumn(check: Check, alteration: Alteration): string | undefined {
  const existing = new Set(alteration.real.columns.map((column) => fold(column.name)))
  const read = [...columnsRead(check.expression)].filter((column) => existing.has(column))
  const added = changesOf(alteration, 'addColumn').map(({ column }) => column.name)
  const own = added.filter((column) => columnsRead(check.expression).has(fold(column)))
  return read.length === 0 && own.length === 1 ? own[0] : undefined
}

function ownForeignKeys(column: string, alteration: Alteration): readonly ForeignKey[] {
  return changesOf(alteration, 'addForeignKey')
    .map(({ foreignKey }) => foreignKey)
    .filter((foreignKey) => foreignKey.columns[0] === column && isInline(foreignKey, alteration))
}

/** ADD COLUMN takes a reference only when the column begins as NULL: any other value is not looked up. */
function isInline({ columns }: ForeignKey, alteration: Alteration): boolean {
  const added = changesOf(alteration, 'addColumn').find(
    ({ column }) => columns.length === 1 && column.name === columns[0],
  )
  return added !== undefined && added.fill === undefined && added.column.nullable && added.column.default === undefined
}

/** The real table without the indexes, uniques and checks that the plan drops before it comes to its columns. */
function withoutDropped(alteration: Alteration) {
  const { real } = alteration
  const indexes = new Set(changesOf(alteration, 'dropIndex').map(({ index }) => realIndex(index, alteration).name))
  const uniques = new Set(changesOf(alteration, 'dropUnique').map(({ unique }) => realUnique(unique, alteration).name))
  const checks = new Set(changesOf(alteration, 'dropCheck').map(({ check }) => realCheck(check, alteration)))
  const dropped = new Set(changesOf(alteration, 'dropColumn').map(({ column }) => column.name))
  return {
    ...real,
    indexes: real.indexes.filter((index) => !indexes.has(index.name)),
    uniques: real.uniques.filter((unique) => !uniques.has(unique.name)),
    checks: real.checks.filter((check) => !checks.has(check)),
    columns: real.columns.filter((column) => column.generated === undefined || !dropped.has(column.name)),
  }
}

function realCheck(check: Check, { before, real }: Alteration): Check {
  return findReal(check, before.checks, real.checks, sameCheck) ?? check
}

function realIndex(index: Index, { before, real }: Alteration): Index {
  return findReal(index, before.indexes, real.indexes, sameIndex) ?? index
}

function realUnique(unique: Unique, { before, real }: Alteration): Unique {
  return findReal(unique, before.uniques, real.uniques, sameIndex) ?? unique
}

/** What UNIQUE in a CREATE TABLE made cannot be dropped by itself. */
function isIndexOfItsOwn(unique: Unique): boolean {
  return !unique.name.startsWith('sqlite_autoindex_')
}

function addIndex(table: string, index: Index, unique: boolean, { names }: Alteration): Step {
  return { ...statement(createIndex(index, unique, table, names.claim(index))), scans: true }
}

function dropIndex(index: Index, { names }: Alteration): Step {
  names.release(index.name)
  return statement(sql`DROP INDEX ${name(index.name)}`)
}

function addCheck(table: string, check: Check): Step {
  return { ...statement(sql`ALTER TABLE ${name(table)} ADD ${checkDefinition(check)}`), scans: true }
}

function dropConstraint(table: string, constraint: string): Step {
  return statement(sql`ALTER TABLE ${name(table)} DROP CONSTRAINT ${name(constraint)}`)
}

function statement(text: Sql): StatementStep {
  return { kind: 'statement', sql: text }
}
