import type { ForeignKey, Table } from '../../schema/schema.ts'
import { join, name, type Sql, sql, value } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { columnOf } from './carry-over.ts'
import type { Rebuild } from './rebuild.ts'

/**
 * Surrounds the steps of a plan with what must be the same before and after: how many rows the tables have that refer to a rebuilt one, and how
 * many of the references of those and of the rebuilt ones lead nowhere.
 */
export function guarded(
  steps: readonly Step[],
  rebuilds: readonly Rebuild[],
  referring: readonly { readonly table: string; readonly directly: boolean }[],
): readonly Step[] {
  const guards = [
    ...rowGuards(referring.map(({ table }) => table)),
    ...rebuilds.flatMap(({ source, target }) => keptReferences(source, target)),
    ...referring.flatMap(({ table, directly }) => (directly ? [referenceGuard(table, sql``)] : [])),
  ]
  return [
    ...guards.map(({ key, query }): Step => ({ kind: 'remember', key, query })),
    ...steps,
    ...guards.map(({ key, query, subject }): Step => ({ kind: 'compare', key, query, subject })),
  ]
}

interface Guard {
  readonly key: string
  readonly query: Sql
  readonly subject: string
}

/** Most of the tables of a project refer to a few, near or far, so many are counted by one statement; SQLite takes 500 parts in one. */
function rowGuards(tables: readonly string[]): readonly Guard[] {
  const [first, ...others] = [tables.slice(0, 100), tables.slice(100)]
  if (first.length === 0) return []
  const counts = first.map((table) => sql`SELECT ${value(table)} AS "table", count(*) AS "rows" FROM ${name(table)}`)
  const listed = first.join(', ')
  return [
    { key: `rows of ${listed}`, query: join(counts, ' UNION ALL '), subject: `the rows of ${listed}` },
    ...others.flatMap(rowGuards),
  ]
}

function keptReferences(source: Table, target: Table): readonly Guard[] {
  if (target.foreignKeys.length === 0) return []
  const dropped = source.foreignKeys.filter((old) => !target.foreignKeys.some((kept) => leadsAlike(old, kept)))
  const pairs = dropped.map(({ columns, references }) => sql`(${value(columns[0] ?? '')}, ${value(references.table)})`)
  const except = pairs.length === 0 ? sql`` : sql` WHERE (k."from", c.parent) NOT IN (VALUES ${join(pairs)})`
  return [referenceGuard(target.name, except)]
}

function referenceGuard(table: string, except: Sql): Guard {
  return {
    key: `references of ${table}`,
    query: sql`SELECT k."from", c.parent, count(*) AS "violations" FROM pragma_foreign_key_check(${value(table)}) AS c JOIN pragma_foreign_key_list(${value(table)}) AS k ON k.id = c.fkid AND k.seq = 0${except} GROUP BY 1, 2 ORDER BY 1, 2`,
    subject: `the references of ${table}`,
  }
}

function leadsAlike(a: ForeignKey, b: ForeignKey): boolean {
  return a.columns[0] === b.columns[0] && a.references.table === b.references.table
}

/** Views whose columns may be gone are asked whether they still work: the legacy rename does not look at them. */
export function viewGuards(views: readonly string[]): readonly Step[] {
  return views.map((view) => ({
    kind: 'statement',
    sql: sql`SELECT 1 FROM ${name(view)} LIMIT 0`,
    note: `the view ${view} must still work`,
  }))
}

/** Whether a rebuild takes a column away that others may have used. */
export function losesColumns({ source, target }: Rebuild): boolean {
  return source.columns.some((column) => columnOf(target, column.name) === undefined)
}
