import { type Change, type LookUp, tableOf } from './change.ts'
import { type Expression, hasRawSql, mapColumns } from './expression.ts'
import type { Column, ForeignKey, IndexPart } from './schema.ts'

/** How the tables and columns of a list of changes were called before its renames. */
export interface FormerNames {
  readonly table: (name: string) => string
  readonly column: (table: string, name: string) => string
  /** Whether anything of this table, or the table itself, was renamed. */
  readonly touches: (table: string) => boolean
}

/** Reads the renames of a list of changes. */
export function formerNames(changes: readonly Change[]): FormerNames {
  const tables = new Map<string, string>()
  const columns = new Map<string, string>()
  const touched = new Set<string>()
  for (const change of changes) {
    if (change.kind === 'renameTable') tables.set(change.to, change.from)
    if (change.kind === 'renameColumn') columns.set(JSON.stringify([change.table, change.to]), change.from)
    if (change.kind === 'renameTable' || change.kind === 'renameColumn') touched.add(tableOf(change))
  }
  return {
    table: (name) => tables.get(name) ?? name,
    column: (table, name) => columns.get(JSON.stringify([table, name])) ?? name,
    touches: (table) => touched.has(table),
  }
}

/**
 * A change in the names that hold before the renames, so that its precheck can be asked first. Undefined when raw SQL hides which columns it
 * speaks of and there are renames.
 */
export function inFormerNames(change: Change, former: FormerNames): Change | undefined {
  switch (change.kind) {
    case 'setNotNull':
    case 'addColumn': {
      const { table, column, fill } = change
      const here = { ...change, table: former.table(table), column: formerColumn(table, column, former) }
      return fill === undefined || !('lookUp' in fill)
        ? here
        : { ...here, fill: { lookUp: formerLookUp(table, fill.lookUp, former) } }
    }
    case 'setType': {
      const { table, before, after } = change
      return {
        ...change,
        table: former.table(table),
        before: formerColumn(table, before, former),
        after: formerColumn(table, after, former),
      }
    }
    case 'addCheck':
    case 'validateCheck': {
      const expression = formerExpression(change.table, change.check.expression, former)
      return expression === undefined
        ? undefined
        : { ...change, table: former.table(change.table), check: { ...change.check, expression } }
    }
    case 'addUnique': {
      const { table, unique } = change
      const parts = unique.parts.map((part): IndexPart | undefined => {
        const expression = formerExpression(table, part.expression, former)
        return expression === undefined ? undefined : { ...part, expression }
      })
      const where = unique.where === undefined ? undefined : formerExpression(table, unique.where, former)
      if (parts.includes(undefined) || (where === undefined && unique.where !== undefined)) return undefined
      const known = parts.filter((part) => part !== undefined)
      return {
        ...change,
        table: former.table(table),
        unique: { ...unique, parts: known, ...(where === undefined ? {} : { where }) },
      }
    }
    case 'setPrimaryKey': {
      const { table, after } = change
      const columns = after?.columns.map((column) => former.column(table, column))
      return { ...change, table: former.table(table), ...(columns === undefined ? {} : { after: { columns } }) }
    }
    case 'addForeignKey':
      return {
        ...change,
        table: former.table(change.table),
        foreignKey: formerForeignKey(change.table, change.foreignKey, former),
      }
    default:
      return change
  }
}

function formerColumn(table: string, column: Column, former: FormerNames): Column {
  return { ...column, name: former.column(table, column.name) }
}

function formerLookUp(table: string, { table: other, key, value, of }: LookUp, former: FormerNames): LookUp {
  return {
    table: former.table(other),
    key: former.column(other, key),
    value: former.column(other, value),
    of: former.column(table, of),
  }
}

function formerForeignKey(table: string, foreignKey: ForeignKey, former: FormerNames): ForeignKey {
  const target = foreignKey.references.table
  return {
    ...foreignKey,
    columns: foreignKey.columns.map((column) => former.column(table, column)),
    references: {
      table: former.table(target),
      columns: foreignKey.references.columns.map((column) => former.column(target, column)),
    },
  }
}

function formerExpression(table: string, expression: Expression, former: FormerNames): Expression | undefined {
  if (former.touches(table) && hasRawSql(expression)) return undefined
  return mapColumns(expression, (column) => former.column(table, column))
}
