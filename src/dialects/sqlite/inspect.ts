import type { Row } from '../../schema/dialect.ts'
import type { Expression } from '../../schema/expression.ts'
import type {
  Check,
  Column,
  ForeignKey,
  Index,
  IndexPart,
  OtherObject,
  PrimaryKey,
  Schema,
  Table,
  Unique,
} from '../../schema/schema.ts'
import type { Sql } from '../../schema/sql.ts'
import { actionFromSql } from '../shared/referential-actions.ts'
import {
  type Catalog,
  type CatalogColumn,
  type CatalogForeignKey,
  type CatalogObject,
  type CatalogTable,
  readCatalog,
} from './catalog.ts'
import { peculiarity } from './peculiarity.ts'
import { fold, mentions, withoutPrefixes } from './raw-sql.ts'
import { readIndex } from './read-index.ts'
import { readTable, type TableText } from './read-table.ts'

/**
 * Reads the Schema of a database, or of some of its tables. Tables of SQLite's and of Godwit's own are left out unless they are named. An object
 * without a name of its own (a constraint that was never named) has the empty name, and is matched by what it is.
 */
export async function inspect(
  query: (statement: Sql) => Promise<readonly Row[]>,
  tables?: readonly string[],
): Promise<Schema> {
  const catalog = await readCatalog(query, tables)
  const definitions = new Map(catalog.objects.map((object) => [`${object.type} ${object.name}`, object.sql ?? '']))
  const spelled = new Map(catalog.objects.flatMap(({ type, name }) => (type === 'table' ? [[fold(name), name]] : [])))
  const isWanted = (name: string): boolean => tables?.includes(name) === true || !isInternal(name)
  const found = catalog.tables.filter(({ name, type }) => type === 'table' && isWanted(name))
  return {
    tables: new Map(found.map((table) => [table.name, readOneTable(table, catalog, definitions, spelled)])),
    others: catalog.objects.flatMap((object) => otherObject(object, spelled, tables)),
  }
}

function isInternal(name: string): boolean {
  return /^(?:sqlite_|godwit_)/i.test(name)
}

function readOneTable(
  { name, withoutRowid, strict }: CatalogTable,
  catalog: Catalog,
  definitions: ReadonlyMap<string, string>,
  spelled: ReadonlyMap<string, string>,
): Table {
  const text = readTable(definitions.get(`table ${name}`) ?? '')
  const rows = catalog.columns.get(name) ?? []
  const keyColumns = rows.filter(({ key }) => key > 0).sort((a, b) => a.key - b.key)
  const rowidAlias = keyColumns.length === 1 && !withoutRowid && !hasKeyIndex(name, catalog) ? keyColumns[0] : undefined
  const columns = rows.map((row) => readColumn(row, row === rowidAlias, text))
  const primaryKey: PrimaryKey = { columns: keyColumns.map((column) => column.name) }
  const attributes = [
    ...(strict ? ['STRICT'] : []),
    ...(withoutRowid ? ['WITHOUT ROWID'] : []),
    ...text.peculiarities.map((words) => peculiarity + words),
  ]
  return {
    name,
    columns,
    ...(keyColumns.length === 0 ? {} : { primaryKey }),
    ...readIndexes(name, columns, catalog, definitions),
    foreignKeys: readForeignKeys(name, text, catalog, spelled),
    checks: text.checks.map(
      (check): Check => ({ ...named(check.name), expression: rawExpression(withoutPrefixes(check.text)) }),
    ),
    ...(attributes.length === 0 ? {} : { attributes }),
  }
}

/** Only an `INTEGER PRIMARY KEY` has no index: it is the rowid itself, and never NULL whatever its declaration says. */
function hasKeyIndex(table: string, catalog: Catalog): boolean {
  return (catalog.indexes.get(table) ?? []).some(({ origin }) => origin === 'pk')
}

function readColumn(row: CatalogColumn, isRowid: boolean, table: TableText): Column {
  const text = table.columns.get(fold(row.name))
  const fallback = row.fallback === undefined || fold(row.fallback) === 'null' ? undefined : row.fallback
  return {
    name: row.name,
    type: canonicalType(row.type),
    nullable: !row.notNull && !isRowid,
    ...(fallback === undefined ? {} : { default: rawExpression(fallback) }),
    ...(text?.generated === undefined
      ? {}
      : {
          generated: {
            expression: rawExpression(withoutPrefixes(text.generated.text)),
            stored: text.generated.stored,
          },
        }),
    ...(text?.autoIncrement ? { autoIncrement: true } : {}),
    ...(text?.collation === undefined ? {} : { collation: text.collation }),
  }
}

/** A type's name in one spelling: SQLite prints the standard ones in capitals and the others as they were written. */
function canonicalType(type: string): string {
  return fold(type)
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?\( ?/g, '(')
    .replace(/ ?\)/g, ')')
    .replace(/ ?, ?/g, ', ')
}

function readIndexes(
  table: string,
  columns: readonly Column[],
  catalog: Catalog,
  definitions: ReadonlyMap<string, string>,
): { readonly uniques: readonly Unique[]; readonly indexes: readonly Index[] } {
  const spelled = new Map(columns.map((column) => [fold(column.name), column.name]))
  const found = (catalog.indexes.get(table) ?? []).filter(({ origin }) => origin !== 'pk')
  const read = found.map(({ name, unique, origin }) => ({
    unique,
    index:
      origin === 'c'
        ? { name, ...indexFromText(definitions.get(`index ${name}`) ?? '', spelled) }
        : {
            name,
            generatedName: true as const,
            parts: (catalog.indexColumns.get(name) ?? []).map((column) => columnPart(column ?? '')),
          },
  }))
  return {
    uniques: read.filter(({ unique }) => unique).map(({ index }) => index),
    indexes: read.filter(({ unique }) => !unique).map(({ index }) => index),
  }
}

function indexFromText(
  source: string,
  columns: ReadonlyMap<string, string>,
): { readonly parts: readonly IndexPart[]; readonly where?: Expression } {
  const { parts, where } = readIndex(source)
  return {
    parts: parts.map(({ column, text, descending }) => {
      const name = column === undefined ? undefined : columns.get(fold(column))
      const part = name === undefined ? { expression: rawExpression(withoutPrefixes(text)) } : columnPart(name)
      return descending ? { ...part, descending: true } : part
    }),
    ...(where === undefined ? {} : { where: rawExpression(withoutPrefixes(where)) }),
  }
}

function columnPart(name: string): IndexPart {
  return { expression: { kind: 'column', name } }
}

function readForeignKeys(
  table: string,
  text: TableText,
  catalog: Catalog,
  spelled: ReadonlyMap<string, string>,
): readonly ForeignKey[] {
  const rows = catalog.foreignKeys.get(table) ?? []
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((parts, position) => {
    const [first] = parts
    if (first === undefined) return []
    const written = text.foreignKeys[position]
    const target = spelled.get(fold(first.table)) ?? first.table
    return [
      {
        ...named(written?.name ?? ''),
        columns: parts.map(({ from }) => from),
        references: { table: target, columns: referencedColumns(parts, target, catalog) },
        onDelete: actionFromSql(first.onDelete),
        onUpdate: actionFromSql(first.onUpdate),
        ...(written?.deferrable === undefined ? {} : { deferrable: written.deferrable }),
      },
    ]
  })
}

function referencedColumns(parts: readonly CatalogForeignKey[], target: string, catalog: Catalog): readonly string[] {
  const keyOfTarget = (catalog.columns.get(target) ?? []).filter(({ key }) => key > 0).sort((a, b) => a.key - b.key)
  return parts.flatMap(({ to }, index) => to ?? keyOfTarget[index]?.name ?? [])
}

function otherObject(
  { type, name, table, sql }: CatalogObject,
  spelled: ReadonlyMap<string, string>,
  tables: readonly string[] | undefined,
): readonly OtherObject[] {
  const definition = sql ?? ''
  const isVirtual = type === 'table' && /^create\s+virtual\b/i.test(definition)
  if (type !== 'view' && type !== 'trigger' && !isVirtual) return []
  const concerns = tables === undefined || tables.some((wanted) => mentions(definition, wanted))
  if (!concerns) return []
  if (type === 'trigger') return [{ kind: 'trigger', name, table: spelled.get(fold(table)) ?? table, definition }]
  return [{ kind: type === 'view' ? 'view' : 'virtualTable', name, definition }]
}

function named(name: string): { readonly name: string; readonly generatedName?: true } {
  return name === '' ? { name, generatedName: true } : { name }
}

function rawExpression(text: string): Expression {
  return { kind: 'sql', sql: text }
}
