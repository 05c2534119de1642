import type { Change } from '../../schema/change.ts'
import { type Expression, mapLeaves } from '../../schema/expression.ts'
import { textForDatabase } from '../../schema/render-expression.ts'
import type { Column, Exclusion, ForeignKey, Index, IndexPart, Schema, Table, Unique } from '../../schema/schema.ts'

/** What identifiers are to one database. */
export interface IdentifierRules {
  /** The kind of database, which picks one of several texts that a user wrote. */
  readonly database: string
  /** Two identifiers are the same when they fold to the same. */
  fold(identifier: string): string
  /** A raw expression with its columns renamed; `renamed` is by folded name. */
  renameColumnsIn(text: string, renamed: ReadonlyMap<string, string>): string
  /** A default can be computed from other columns. */
  readonly defaultsRead?: true
}

/** The renames of a list of changes, taken together. */
export interface Renames {
  readonly tableNow: (before: string) => string
  readonly tableBefore: (now: string) => string
  /** Columns of a table by its name before: folded old name → new name. */
  readonly columns: (tableBefore: string) => ReadonlyMap<string, string>
}

/** Follows tables and columns through the renames of a list of changes, in their order. */
export function readRenames(changes: readonly Change[], { fold }: IdentifierRules): Renames {
  const before = new Map<string, string>()
  const columns = new Map<string, Map<string, string>>()
  for (const change of changes) {
    if (change.kind === 'renameTable') {
      const original = before.get(change.from) ?? change.from
      before.delete(change.from)
      before.set(change.to, original)
    }
    if (change.kind === 'renameColumn') {
      const table = before.get(change.table) ?? change.table
      const known = columns.get(table) ?? new Map<string, string>()
      const original = [...known].find(([, now]) => now === change.from)?.[0] ?? fold(change.from)
      columns.set(table, known.set(original, change.to))
    }
  }
  const now = new Map([...before].map(([to, from]) => [from, to]))
  return {
    tableNow: (name) => now.get(name) ?? name,
    tableBefore: (name) => before.get(name) ?? name,
    columns: (table) => columns.get(table) ?? noColumns,
  }
}

const noColumns: ReadonlyMap<string, string> = new Map()

/** The tables of a Schema as they are called after some renames; only those that are asked for are renamed. */
export interface RenamedTables {
  readonly get: (now: string) => Table | undefined
  readonly all: () => readonly Table[]
}

export function renamedTables(schema: Schema, renames: Renames, rules: IdentifierRules): RenamedTables {
  const done = new Map<string, Table>()
  const get = (now: string): Table | undefined => {
    const known = done.get(now)
    if (known !== undefined) return known
    const table = schema.tables.get(renames.tableBefore(now))
    if (table === undefined || renames.tableNow(table.name) !== now) return undefined
    const renamed = renameTable(table, renames, rules)
    done.set(now, renamed)
    return renamed
  }
  return {
    get,
    all: () => [...schema.tables.keys()].flatMap((name) => get(renames.tableNow(name)) ?? []),
  }
}

function renameTable(table: Table, renames: Renames, rules: IdentifierRules): Table {
  const columns = renames.columns(table.name)
  const column = (name: string): string => columns.get(rules.fold(name)) ?? name
  const inside = (expression: Expression): Expression => renameInExpression(expression, columns, rules)
  const { primaryKey, exclusions } = table
  return {
    ...table,
    name: renames.tableNow(table.name),
    columns: table.columns.map((entry) => renameColumn(entry, column, inside, rules)),
    ...(primaryKey === undefined ? {} : { primaryKey: { ...primaryKey, columns: primaryKey.columns.map(column) } }),
    uniques: table.uniques.map((unique) => renameIndex(unique, column, inside)),
    indexes: table.indexes.map((index) => renameIndex(index, column, inside)),
    checks: table.checks.map((check) => ({ ...check, expression: inside(check.expression) })),
    ...(exclusions === undefined ? {} : { exclusions: exclusions.map((one) => renameExclusion(one, inside)) }),
    foreignKeys: table.foreignKeys.map((foreignKey) => renameForeignKey(foreignKey, column, renames, rules)),
  }
}

function renameColumn(
  column: Column,
  rename: (name: string) => string,
  inside: (expression: Expression) => Expression,
  { defaultsRead }: IdentifierRules,
): Column {
  const { generated, default: fallback } = column
  return {
    ...column,
    name: rename(column.name),
    ...(fallback === undefined || defaultsRead !== true ? {} : { default: inside(fallback) }),
    ...(generated === undefined ? {} : { generated: { ...generated, expression: inside(generated.expression) } }),
  }
}

function renameIndex<T extends Index | Unique>(
  index: T,
  column: (name: string) => string,
  inside: (expression: Expression) => Expression,
): T {
  return {
    ...index,
    parts: index.parts.map((part): IndexPart => ({ ...part, expression: inside(part.expression) })),
    ...(index.where === undefined ? {} : { where: inside(index.where) }),
    ...(index.include === undefined ? {} : { include: index.include.map(column) }),
  }
}

function renameExclusion(exclusion: Exclusion, inside: (expression: Expression) => Expression): Exclusion {
  return {
    ...exclusion,
    elements: exclusion.elements.map((element) => ({ ...element, expression: inside(element.expression) })),
    ...(exclusion.where === undefined ? {} : { where: inside(exclusion.where) }),
  }
}

function renameForeignKey(
  foreignKey: ForeignKey,
  column: (name: string) => string,
  renames: Renames,
  { fold }: IdentifierRules,
): ForeignKey {
  const { table, columns } = foreignKey.references
  const targetColumns = renames.columns(table)
  return {
    ...foreignKey,
    columns: foreignKey.columns.map(column),
    references: {
      table: renames.tableNow(table),
      columns: columns.map((name) => targetColumns.get(fold(name)) ?? name),
    },
  }
}

function renameInExpression(
  expression: Expression,
  columns: ReadonlyMap<string, string>,
  { database, fold, renameColumnsIn }: IdentifierRules,
): Expression {
  if (columns.size === 0) return expression
  return mapLeaves(expression, (leaf) => {
    if (leaf.kind === 'column') return { ...leaf, name: columns.get(fold(leaf.name)) ?? leaf.name }
    return leaf.kind === 'sql' ? { ...leaf, sql: renameColumnsIn(textForDatabase(leaf.sql, database), columns) } : leaf
  })
}
