import type { Change } from '../../schema/change.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Step } from '../../schema/step.ts'
import { textLiteral } from './literal.ts'
import { toText } from './statement-text.ts'
import { splitTableName, tableName } from './table-name.ts'
import { statement } from './work.ts'

/** The statements of a rename. The server follows it in everything that names the table or column, but for the texts of functions. */
export function renameSteps(change: Change<'renameTable' | 'renameColumn'>): readonly Step[] {
  if (change.kind === 'renameColumn') {
    const { table, from, to } = change
    return [statement(sql`ALTER TABLE ${tableName(table)} RENAME COLUMN ${name(from)} TO ${name(to)}`)]
  }
  const [from, to] = [splitTableName(change.from), splitTableName(change.to)]
  const moved = to.schema === undefined ? from.table : `${to.schema}.${from.table}`
  return [
    ...(from.schema === to.schema ? [] : move(change.from, to.schema)),
    ...(from.table === to.table
      ? []
      : [
          statement(
            sql`ALTER TABLE ${tableName(from.schema === to.schema ? change.from : moved)} RENAME TO ${name(to.table)}`,
          ),
        ]),
  ]
}

/** Only the server knows what the default schema is called, and SET SCHEMA takes nothing but a name. */
function move(table: string, schema: string | undefined): readonly Step[] {
  if (schema !== undefined) return [statement(sql`ALTER TABLE ${tableName(table)} SET SCHEMA ${name(schema)}`)]
  const format: Sql = sql`format(${verbatim(textLiteral(`ALTER TABLE ${toText(tableName(table)).replaceAll('%', '%%')} SET SCHEMA %I`))}, current_schema())`
  return [
    {
      ...statement(sql`DO $godwit$ BEGIN EXECUTE ${format}; END $godwit$`),
      note: `moves ${table} into the default schema`,
    },
  ]
}
