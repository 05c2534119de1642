import type { Row } from '../../schema/dialect.ts'
import type { Column, ForeignKey, Table } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { inDatabase, ofTables, optionalText, type Place, type Query, text } from './catalogue.ts'
import type { CatalogueVariant } from './catalogue-variant.ts'
import { ownColumn } from './of-column.ts'
import { rawText } from './raw-text.ts'
import { type PrintedCheck, readChecks } from './read-checks.ts'
import { readColumns } from './read-columns.ts'
import { readForeignKeys } from './read-foreign-keys.ts'
import { readIndexes, type TableIndexes } from './read-indexes.ts'
import { withoutServersIndexes } from './servers-indexes.ts'

/** A table or view or sequence as `information_schema.tables` has it. */
export interface Relation {
  readonly name: string
  /** `BASE TABLE`, `SYSTEM VERSIONED`, `VIEW`, `SEQUENCE`. */
  readonly kind: string
  readonly engine: string
  readonly collation: string | undefined
  readonly comment: string
}

/** Finds the relations of a database, or some of them by name. */
export async function readRelations(
  query: Query,
  place: Place,
  tables: readonly string[] | undefined,
): Promise<readonly Relation[]> {
  const rows = await query(sql`SELECT table_name AS name, table_type AS kind, engine AS engine,
      table_collation AS collation, table_comment AS comment
    FROM information_schema.tables WHERE ${inDatabase(sql`table_schema`, place)}${ofTables(sql`table_name`, tables)}
    ORDER BY table_name`)
  return rows.map(readRelation)
}

function readRelation(row: Row): Relation {
  return {
    name: text(row['name']),
    kind: text(row['kind']),
    engine: text(row['engine']),
    collation: optionalText(row['collation']),
    comment: text(row['comment']),
  }
}

/** Whether a relation holds rows of its own that are columns by name: a table, whatever else it can do. */
export function isTable({ kind }: Relation): boolean {
  return kind === 'BASE TABLE' || kind === 'SYSTEM VERSIONED'
}

/** Tables, and the checks on them that are not enforced. */
export interface TablesRead {
  readonly tables: readonly Table[]
  readonly notEnforced: readonly (PrintedCheck & { readonly table: string })[]
}

/** Reads tables that were found, in five queries or six. `named`: the names to keep to, where not all are read. */
export async function readTables(
  query: Query,
  place: Place,
  relations: readonly Relation[],
  named: readonly string[] | undefined,
  variant: CatalogueVariant,
): Promise<TablesRead> {
  if (relations.length === 0) return { tables: [], notEnforced: [] }
  const columns = await readColumns(query, place, named, variant)
  const indexes = await readIndexes(query, place, named, variant)
  const foreignKeys = await readForeignKeys(query, place, named)
  const checks = await readChecks(query, place, variant)
  return {
    tables: relations.map((relation) =>
      assemble(
        relation,
        {
          columns: columns.get(relation.name) ?? [],
          indexes: indexes.get(relation.name) ?? { uniques: [], indexes: [] },
          foreignKeys: foreignKeys.get(relation.name) ?? [],
          checks: checks.get(relation.name) ?? [],
        },
        place,
        variant,
      ),
    ),
    notEnforced: relations.flatMap(({ name }) =>
      (checks.get(name) ?? []).filter(({ enforced }) => !enforced).map((check) => ({ ...check, table: name })),
    ),
  }
}

/** What was read of one table. */
export interface TableParts {
  readonly columns: readonly Column[]
  readonly indexes: TableIndexes
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly PrintedCheck[]
}

function assemble(relation: Relation, parts: TableParts, place: Place, variant: CatalogueVariant): Table {
  const { columns, checks } = withJson({ ...parts, checks: parts.checks.map(ofItsColumn(parts)) }, place, variant)
  const attributes = attributesOf(relation, place)
  return withoutServersIndexes({
    name: relation.name,
    columns,
    ...parts.indexes,
    foreignKeys: parts.foreignKeys,
    checks: checks.filter(({ enforced }) => enforced).map(({ enforced: _, ...check }) => check),
    ...(relation.comment === '' ? {} : { comment: relation.comment }),
    ...(attributes.length === 0 ? {} : { attributes }),
  })
}

function ofItsColumn({ columns }: TableParts): (check: PrintedCheck) => PrintedCheck {
  const names = columns.map(({ name }) => name)
  return (check) => {
    if (check.ofColumn === undefined) return check
    const own = ownColumn(check.ofColumn, rawText(check.expression), names)
    return { ...check, name: own, ofColumn: own }
  }
}

/** Columns that are what the server makes of `json` are called so, and the check that came with them is none of its own. */
export function withJson(
  { columns, checks }: Pick<TableParts, 'columns' | 'checks'>,
  place: Place,
  variant: CatalogueVariant,
): Pick<TableParts, 'columns' | 'checks'> {
  const made = new Set(
    checks.filter(({ ofColumn, expression }) =>
      columns.some(
        ({ name, type, collation = place.collation }) =>
          name === ofColumn && variant.isJson({ name, type, collation }, rawText(expression)),
      ),
    ),
  )
  const isMade = (column: string): boolean => [...made].some(({ ofColumn }) => ofColumn === column)
  return {
    columns: columns.map((column) => {
      if (!isMade(column.name)) return column
      const { collation: _, ...rest } = column
      return { ...rest, type: 'json' }
    }),
    checks: checks.filter((check) => !made.has(check)),
  }
}

/** What of a table no model can say, as a CREATE TABLE would say it: where it is not kept or sorted as the tables of a model are. */
function attributesOf({ engine, collation, kind }: Relation, place: Place): readonly string[] {
  return [
    ...(engine.toLowerCase() === 'innodb' ? [] : [`ENGINE=${engine}`]),
    ...(collation === undefined || collation === place.collation ? [] : [`COLLATE=${collation}`]),
    ...(kind === 'SYSTEM VERSIONED' ? ['WITH SYSTEM VERSIONING'] : []),
  ]
}
