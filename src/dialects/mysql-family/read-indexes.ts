import type { Row } from '../../schema/dialect.ts'
import type { Index, IndexPart, PrimaryKey, Unique } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { byTable, inDatabase, ofTables, optionalText, type Place, type Query, text } from './catalogue.ts'
import type { CatalogueVariant } from './catalogue-variant.ts'

/** The keys and indexes of one table. */
export interface TableIndexes {
  readonly primaryKey?: PrimaryKey
  readonly uniques: readonly Unique[]
  readonly indexes: readonly Index[]
}

/** One part of an index, with what the catalogue repeats of the index beside each. */
interface PrintedPart {
  readonly index: string
  readonly unique: boolean
  /** `BTREE`, `HASH`, `FULLTEXT`, `SPATIAL`. */
  readonly method: string
  readonly column: string | undefined
  readonly expression: string | undefined
  readonly descending: boolean
  readonly prefix: number | undefined
}

/** Reads the keys and indexes of a database or of some tables, by table, in one query. */
export async function readIndexes(
  query: Query,
  place: Place,
  tables: readonly string[] | undefined,
  variant: CatalogueVariant,
): Promise<ReadonlyMap<string, TableIndexes>> {
  const rows =
    await query(sql`SELECT table_name AS owner, index_name AS name, non_unique AS non_unique, index_type AS method,
      column_name AS part, ${variant.indexExpression} AS expression, collation AS direction, sub_part AS prefix
    FROM information_schema.statistics WHERE ${inDatabase(sql`table_schema`, place)}${ofTables(sql`table_name`, tables)}
    ORDER BY table_name, index_name, seq_in_index`)
  const parts = byTable(rows, (row) => readPart(row, variant))
  return new Map([...parts].map(([table, own]) => [table, indexesOf(own)]))
}

function readPart(row: Row, variant: CatalogueVariant): PrintedPart {
  const expression = optionalText(row['expression'])
  const prefix = optionalText(row['prefix'])
  return {
    index: text(row['name']),
    unique: Number(row['non_unique']) === 0,
    method: text(row['method']),
    column: optionalText(row['part']),
    expression: expression === undefined ? undefined : variant.expressionText(expression),
    descending: row['direction'] === 'D',
    prefix: prefix === undefined ? undefined : Number(prefix),
  }
}

/** What the parts of a table's indexes come to, in the terms of a Schema. */
function indexesOf(printed: readonly PrintedPart[]): TableIndexes {
  const found = [...Map.groupBy(printed, ({ index }) => index)].flatMap(([name, parts]) => {
    const [first] = parts
    return first === undefined ? [] : [{ name, first, parts: parts.map(partOf) }]
  })
  const key = found.find(({ name }) => name === 'PRIMARY')
  const others = found.filter((one) => one !== key)
  return {
    ...(key === undefined ? {} : { primaryKey: { columns: key.parts.flatMap(columnIn) } }),
    uniques: others.filter(({ first }) => first.unique).map(({ name, parts }) => ({ name, parts, form: 'index' })),
    indexes: others
      .filter(({ first }) => !first.unique)
      .map(({ name, first, parts }) => ({ name, parts, ...methodOf(first) })),
  }
}

function partOf({ column, expression, descending, prefix, method }: PrintedPart): IndexPart {
  return {
    expression: column === undefined ? { kind: 'sql', sql: expression ?? '' } : { kind: 'column', name: column },
    ...(descending ? { descending } : {}),
    // A spatial index says how long its boxes are, which nobody can choose.
    ...(prefix === undefined || method === 'SPATIAL' ? {} : { prefix }),
  }
}

/** A tree is the usual index, and what an engine makes of one is its own affair. */
function methodOf({ method }: PrintedPart): Pick<Index, 'method'> {
  return method === 'FULLTEXT' || method === 'SPATIAL' ? { method: method.toLowerCase() } : {}
}

function columnIn({ expression }: IndexPart): readonly string[] {
  return expression.kind === 'column' ? [expression.name] : []
}
