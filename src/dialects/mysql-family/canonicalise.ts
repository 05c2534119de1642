import type { Session } from '../../schema/dialect.ts'
import type { Schema, Table } from '../../schema/schema.ts'
import { join, name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { inCatalogue, standInsFor } from './astral.ts'
import { type Query, readPlace, text } from './catalogue.ts'
import { inServersWords, needsServer, type Wording } from './in-servers-words.ts'
import { readCreateTable } from './read-create-table.ts'
import { isRefusal, nameRefused } from './refused-part.ts'
import { scratchStatement } from './scratch-table.ts'
import { withServersIndexes } from './servers-indexes.ts'
import { toText } from './statement-text.ts'
import type { Flavour } from './variant.ts'

/**
 * The Schema with everything that the server spells in its own way spelled by the server itself: temporary tables are made, shown and dropped, which
 * commits nothing and nobody else sees. What a text says depends on the types of columns, so nobody else can know it.
 */
export async function canonicalise(
  declared: Schema,
  session: Session,
  flavour: Flavour,
  how?: 'unasked',
): Promise<Schema> {
  const { catalogue } = flavour.variant
  const tables = [...declared.tables.values()]
  const asked = how === 'unasked' ? [] : tables.filter(needsServer)
  const answers = asked.length === 0 ? new Map<Table, Table>() : await askServer(asked, session, flavour)
  const spelled = tables.map((table) =>
    commentsAsRead(withServersIndexes(answers.get(table) ?? table), catalogue.astral.inLiterals),
  )
  return { ...declared, tables: new Map(spelled.map((table) => [table.name, table])) }
}

/** So many tables are there at once, each of which needs some room in the server. */
const batchSize = 50

async function askServer(
  tables: readonly Table[],
  session: Session,
  flavour: Flavour,
): Promise<ReadonlyMap<Table, Table>> {
  const place = await readPlace(session.query)
  const answers = new Map<Table, Table>()
  for (let start = 0; start < tables.length; start += batchSize) {
    const batch = tables.slice(start, start + batchSize)
    const statements = new Map(batch.map((table) => [table, toText(scratchStatement(table, flavour))]))
    const standIns = standInsFor([...statements.values()])
    const wording: Wording = { place, variant: flavour.variant.catalogue, standIns }
    await withScratchTables(batch, session, async (make) => {
      for (const [table, statement] of statements) {
        try {
          await make(verbatim(standIns.put(statement)))
        } catch (error) {
          if (isRefusal(error)) await nameRefused(table, session, flavour)
          throw error
        }
      }
      for (const table of batch) {
        answers.set(table, inServersWords(table, readCreateTable(await shown(table, session.query)), wording))
      }
    })
  }
  return answers
}

async function withScratchTables(
  tables: readonly Table[],
  { query }: Session,
  body: (make: (statement: Sql) => Promise<void>) => Promise<void>,
): Promise<void> {
  let made = 0
  const make = async (statement: Sql): Promise<void> => {
    await query(statement)
    made += 1
  }
  try {
    await body(make)
  } finally {
    const names = tables.slice(0, made).map((table) => name(table.name))
    if (names.length > 0) await query(sql`DROP TEMPORARY TABLE ${join(names)}`)
  }
}

async function shown(table: Table, query: Query): Promise<string> {
  const [row] = await query(sql`SHOW CREATE TABLE ${name(table.name)}`)
  return text(row?.['Create Table'])
}

/** Comments come out of the catalogue without the characters that it has no room for. */
function commentsAsRead(table: Table, form: string): Table {
  const read = <T extends { readonly comment?: string }>(thing: T): T =>
    thing.comment === undefined ? thing : { ...thing, comment: inCatalogue(thing.comment, form) }
  return { ...read(table), columns: table.columns.map(read) }
}
