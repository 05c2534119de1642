import type { Fill } from '../../schema/change.ts'
import type { Column } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { StatementStep, Step } from '../../schema/step.ts'
import { lookedUp } from '../shared/look-up.ts'
import { changesOf, type TableChange, type TableChangeKind } from '../shared/table-changes.ts'
import { type Alteration, realExclusion, realUnique } from './alteration.ts'
import { commentOnColumn } from './comments.ts'
import { conversion, rewritesRows } from './conversion.ts'
import { columnDefinition, defaultDefinition, identity, isConstant, overColumns } from './definition.ts'
import { generatedWay } from './generated-columns.ts'
import { continueNumbers } from './numbering.ts'
import { settleConstraints } from './settle.ts'
import { splitTableName, tableName } from './table-name.ts'
import { parseTypeName, typeFamily } from './type-name.ts'
import { typedLiteral } from './typed-literal.ts'
import { alterTable, statement, type Work } from './work.ts'

/** How one kind of change of a table is made. */
export type Way<Kind extends TableChangeKind> = (change: TableChange<Kind>, alteration: Alteration) => Work

export const addColumn: Way<'addColumn'> = ({ table, column, fill }, alteration) => {
  const comment = column.comment === undefined ? [] : [commentOnColumn(table, column.name, column.comment)]
  if (column.generated !== undefined) return { computed: [added(column)], last: comment }
  if (fill === undefined) return { columns: [added(column)], last: comment }
  if ('value' in fill) {
    const filled: Column = { ...column, default: { kind: 'sql', sql: typedLiteral(fill.value, column.type) } }
    return { filled: [added(filled)], eased: [defaultClause(column)], last: comment }
  }
  const { default: fallback, ...empty } = column
  return {
    filled: [added({ ...empty, nullable: true })],
    fills: [fillColumn(column, fill, alteration, sql``), ...settled(alteration)],
    eased: fallback === undefined ? [] : [defaultClause(column)],
    required: column.nullable ? [] : [required(column)],
    last: comment,
  }
}

export const dropColumn: Way<'dropColumn'> = ({ table, column }, alteration) => {
  const clause = { sql: sql`DROP COLUMN ${name(column.name)}` }
  const isReplaced = changesOf(alteration, 'addColumn').some((added) => added.column.name === column.name)
  return isReplaced ? { first: alterTable(table, [clause]) } : { columnsGone: [clause] }
}

export const setType: Way<'setType'> = ({ before, after, cast }, { real }) => {
  const using = conversion(before, after, cast)
  const sequence = real.columns.find((column) => column.name === after.name)?.sequence
  const collation = after.collation === undefined ? sql`` : sql` COLLATE ${name(after.collation)}`
  const retyped = sql`${alter(after)} TYPE ${verbatim(after.type)}${collation}${using === undefined ? sql`` : sql` USING ${using}`}`
  const isNumbered = after.autoIncrement === true && typeFamily(parseTypeName(after.type)) === 'whole'
  return {
    types: [
      // A default of the old type may have no cast to the new one, and would keep the spelling of the old one for ever.
      ...(before.default === undefined ? [] : [{ sql: sql`${alter(after)} DROP DEFAULT` }]),
      {
        sql: retyped,
        ...(rewritesRows(before, after, using) ? { rewrites: true } : {}),
        // The server builds the indexes of the column again.
        ...(before.collation === after.collation ? {} : { scans: true }),
      },
      ...(after.default === undefined ? [] : [defaultClause(after)]),
    ],
    last:
      sequence !== undefined && isNumbered
        ? [statement(sql`ALTER SEQUENCE ${tableName(sequence)} AS ${verbatim(after.type)}`)]
        : [],
  }
}

export const setNotNull: Way<'setNotNull'> = ({ column, fill }, alteration) => ({
  between:
    fill === undefined
      ? []
      : [fillColumn(column, fill, alteration, sql` WHERE ${name(column.name)} IS NULL`), ...settled(alteration)],
  required: [required(column)],
})

export const dropNotNull: Way<'dropNotNull'> = ({ column }) => ({
  eased: [{ sql: sql`${alter(column)} DROP NOT NULL` }],
})

export const setDefault: Way<'setDefault'> = ({ after }, alteration) => {
  const isDone = changesOf(alteration, 'setType').some((change) => change.after.name === after.name)
  return isDone ? {} : { eased: [defaultClause(after)] }
}

export const setGenerated: Way<'setGenerated'> = (change, alteration) => {
  const { table, before, after } = change
  const gone = { sql: sql`DROP COLUMN ${name(after.name)}` }
  switch (generatedWay(change, alteration)) {
    case 'dropExpression':
      return { constraintsGone: [{ sql: sql`${alter(after)} DROP EXPRESSION` }] }
    case 'setExpression': {
      const expression = after.generated === undefined ? sql`NULL` : overColumns(after.generated.expression)
      return { types: [{ sql: sql`${alter(after)} SET EXPRESSION AS (${expression})`, rewrites: true }] }
    }
    case 'materialise': {
      const expression = before.generated?.expression ?? ({ kind: 'value', value: null } as const)
      const remade = addColumn({ kind: 'addColumn', table, column: after, fill: { expression } }, alteration)
      return { ...remade, first: alterTable(table, [gone]) }
    }
    case 'remake':
      return { ...addColumn({ kind: 'addColumn', table, column: after }, alteration), columnsGone: [gone] }
  }
}

export const setAutoIncrement: Way<'setAutoIncrement'> = ({ table, after }, alteration) => {
  const isRetyped = changesOf(alteration, 'setType').some((change) => change.after.name === after.name)
  if (after.autoIncrement !== true) {
    const { dropped, sequence } = unnumbered(after, alteration)
    // The type of a numbered column is that of its sequence, which can be no text.
    return isRetyped
      ? { first: [...alterTable(table, [{ sql: dropped }]), ...sequence] }
      : { constraintsGone: [{ sql: dropped }], last: sequence }
  }
  const numbered = { sql: sql`${alter(after)} ADD ${identity}` }
  const continued = continueNumbers(table, after.name)
  return isRetyped
    ? { last: [...alterTable(table, [numbered]), continued] }
    : { constraints: [numbered], last: [continued] }
}

export const setColumnComment: Way<'setColumnComment'> = ({ table, after }) => ({
  last: [commentOnColumn(table, after.name, after.comment)],
})

function unnumbered(
  column: Column,
  { real }: Alteration,
): { readonly dropped: Sql; readonly sequence: readonly Step[] } {
  const sequence = real.columns.find(({ name: other }) => other === column.name)?.sequence
  if (sequence === undefined) return { dropped: sql`${alter(column)} DROP IDENTITY`, sequence: [] }
  return {
    dropped: sql`${alter(column)} DROP DEFAULT`,
    sequence: [statement(sql`DROP SEQUENCE ${tableName(sequence)}`)],
  }
}

function added(column: Column): { readonly sql: Sql; readonly rewrites?: true } {
  const clause = { sql: sql`ADD COLUMN ${columnDefinition(column)}` }
  const isComputed = column.autoIncrement === true || column.generated?.stored === true
  const isVolatile = column.default !== undefined && !isConstant(column.default)
  return isComputed || isVolatile ? { ...clause, rewrites: true } : clause
}

function alter(column: Column): Sql {
  return sql`ALTER COLUMN ${name(column.name)}`
}

function defaultClause(column: Column): { readonly sql: Sql } {
  return {
    sql:
      column.default === undefined
        ? sql`${alter(column)} DROP DEFAULT`
        : sql`${alter(column)} SET DEFAULT ${defaultDefinition(column.default)}`,
  }
}

function required(column: Column): { readonly sql: Sql; readonly scans: true } {
  return { sql: sql`${alter(column)} SET NOT NULL`, scans: true }
}

function fillColumn(column: Column, fill: Fill, { table }: Alteration, where: Sql): StatementStep {
  return {
    ...statement(sql`UPDATE ${tableName(table)} SET ${name(column.name)} = ${fillValue(column, fill, table)}${where}`),
    rewrites: true,
  }
}

function fillValue(column: Column, fill: Fill, table: string): Sql {
  if ('value' in fill) return verbatim(typedLiteral(fill.value, column.type))
  if ('expression' in fill) return overColumns(fill.expression)
  return lookedUp(fill.lookUp, name(splitTableName(table).table), tableName)
}

/** What an UPDATE of rows leaves to be checked is checked before the table is altered further. */
function settled(alteration: Alteration): readonly Step[] {
  return settleConstraints(alteration.table, alteration.real, [
    ...changesOf(alteration, 'dropUnique').map(({ unique }) => realUnique(unique, alteration)),
    ...changesOf(alteration, 'dropExclusion').map(({ exclusion }) => realExclusion(exclusion, alteration)),
  ])
}
