import type { Row } from '../../schema/dialect.ts'
import type { Column } from '../../schema/schema.ts'
import { sql } from '../../schema/sql.ts'
import { byTable, inDatabase, ofTables, optionalText, type Place, type Query, text } from './catalogue.ts'
import type { CatalogueVariant } from './catalogue-variant.ts'
import { typeWithoutWidth } from './printed-type.ts'

/** Reads the columns of a database or of some tables, by table, in one query. Views and sequences have columns too. */
export async function readColumns(
  query: Query,
  place: Place,
  tables: readonly string[] | undefined,
  variant: CatalogueVariant,
): Promise<ReadonlyMap<string, readonly Column[]>> {
  const rows = await query(sql`SELECT table_name AS owner, column_name AS name, column_type AS type,
      is_nullable AS nullable, column_default AS fallback, extra AS extra, collation_name AS collation,
      generation_expression AS expression, column_comment AS comment
    FROM information_schema.columns WHERE ${inDatabase(sql`table_schema`, place)}${ofTables(sql`table_name`, tables)}
    ORDER BY table_name, ordinal_position`)
  return byTable(rows, (row) => readColumn(row, place, variant))
}

function readColumn(row: Row, place: Place, variant: CatalogueVariant): Column {
  const extra = text(row['extra'])
  const expression = optionalText(row['expression']) ?? ''
  return columnOf(
    {
      name: text(row['name']),
      type: text(row['type']),
      nullable: text(row['nullable']) === 'YES',
      fallback: variant.defaultText({ type: text(row['type']), text: optionalText(row['fallback']), extra }),
      onUpdate: /\bon update (\w+(?:\(\d*\))?)/i.exec(extra)?.[1],
      invisible: /\bINVISIBLE\b/.test(extra),
      autoIncrement: /\bauto_increment\b/i.test(extra),
      generated:
        expression === ''
          ? undefined
          : { expression: variant.expressionText(expression), stored: /\b(?:STORED|PERSISTENT)\b/i.test(extra) },
      collation: optionalText(row['collation']),
      comment: text(row['comment']),
    },
    place,
  )
}

/** What the server says of a column, in whichever words it said it. */
export interface PrintedColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly fallback: string | undefined
  readonly onUpdate: string | undefined
  readonly invisible: boolean
  readonly autoIncrement: boolean
  readonly generated: { readonly expression: string; readonly stored: boolean } | undefined
  readonly collation: string | undefined
  readonly comment: string
}

/**
 * A column in the terms of a Schema. What no term is for stays where a statement that restates the column would have it: the moment of the last change
 * behind the default, everything else behind the type.
 */
export function columnOf(printed: PrintedColumn, { collation: usual }: Place): Column {
  const { name, nullable, fallback, onUpdate, generated, collation, comment } = printed
  const type = [
    typeWithoutWidth(printed.type),
    ...(onUpdate !== undefined && fallback === undefined ? [`ON UPDATE ${onUpdate}`] : []),
    ...(printed.invisible ? ['INVISIBLE'] : []),
  ].join(' ')
  const whole = onUpdate === undefined || fallback === undefined ? fallback : `${fallback} ON UPDATE ${onUpdate}`
  return {
    name,
    type,
    nullable,
    ...(whole === undefined || generated !== undefined ? {} : { default: { kind: 'sql', sql: whole } }),
    ...(generated === undefined
      ? {}
      : { generated: { expression: { kind: 'sql', sql: generated.expression }, stored: generated.stored } }),
    ...(printed.autoIncrement ? { autoIncrement: true } : {}),
    ...(collation === undefined || collation === usual ? {} : { collation }),
    ...(comment === '' ? {} : { comment }),
  }
}
