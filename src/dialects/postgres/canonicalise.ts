import { invariant } from '../../lib/invariant.ts'
import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Session } from '../../schema/dialect.ts'
import { emptySchema, type Schema, type SchemaObject, type Table } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import { withBareNames } from './bare-names.ts'
import { namingFor, type Query, readTemporaryRelations } from './catalog.ts'
import { inServersWords, needsServer } from './in-servers-words.ts'
import { textLiteral } from './literal.ts'
import { readObjects } from './read-objects.ts'
import { readTables } from './read-tables.ts'
import { isRefusal, nameRefused } from './refused-part.ts'
import { inSavepoint, rolledBack } from './rolled-back.ts'
import { scratchStatements, scratchTableName } from './scratch-table.ts'
import { toText } from './statement-text.ts'

/**
 * The Schema with everything that PostgreSQL spells in its own way spelled by the server itself: temporary tables are made, read as real ones are,
 * and taken back. What a text says depends on the types of columns and on what the database holds, so nobody else can know it.
 */
export async function canonicalise(schema: Schema, session: Session, how?: 'unasked'): Promise<Schema> {
  const declared = await withBareNames(schema, session.query)
  if (how === 'unasked') return declared
  const asked = [...declared.tables.values()].filter(needsServer)
  const answers = asked.length === 0 ? [] : await rolledBack(session, () => askServer(asked, declared, session))
  const answered = new Map(asked.map((table, index) => [table, answers[index] ?? table]))
  const tables = [...declared.tables.values()].map((table) => answered.get(table) ?? table)
  return { ...declared, tables: new Map(tables.map((table) => [table.name, table])) }
}

/** Each table's locks are given back with those of its batch: all at once would be more than a server has room for. */
const batchSize = 50

async function askServer(tables: readonly Table[], declared: Schema, session: Session): Promise<readonly Table[]> {
  const { query } = session
  await searchTemporaryTablesLast(query)
  await makeObjects(declared, session)
  const answers = new Map<Table, Table>()
  for (const batch of batches(tables)) {
    for (const [table, answer] of await askTogether(batch, session)) answers.set(table, answer)
  }
  return tables.map((table) => answers.get(table) ?? table)
}

/** Two tables of one name, in schemas of their own, can't be in the temporary schema together. */
function batches(tables: readonly Table[]): readonly (readonly Table[])[] {
  const filled: Table[][] = []
  let names = new Set<string>()
  for (const table of tables) {
    const current = filled.at(-1)
    const own = scratchTableName(table)
    if (current === undefined || current.length === batchSize || names.has(own)) {
      filled.push([table])
      names = new Set([own])
    } else {
      current.push(table)
      names.add(own)
    }
  }
  return filled
}

/** A table is a type too: unless temporary tables are searched last, one that is called `date` hides the type. */
async function searchTemporaryTablesLast(query: Query): Promise<void> {
  await query(sql`SELECT set_config('search_path',
    CASE WHEN btrim(current_setting('search_path'), ' "') = '' THEN 'pg_temp'
      ELSE current_setting('search_path') || ', pg_temp' END, true)`)
}

/** Types, extensions and collations that are declared and not there yet, or there in another form. */
async function makeObjects(declared: Schema, { dialect, query }: Session): Promise<void> {
  const objects = [...(declared.objects?.values() ?? [])]
  if (objects.length === 0) return
  const real = await readObjects(query)
  const wanted = [...(declared.objects ?? [])].filter(([key, object]) => !structuralEqual(real.get(key), object))
  if (wanted.length === 0) return
  for (const [key, object] of wanted) if (real.has(key)) await query(renamedAway(object))
  const changes = wanted.map(([, object]) => ({ kind: 'createObject', object }) as const)
  const steps = dialect.plan({ before: emptySchema, after: declared, changes, foreignKeys: 'enforced' })
  for (const step of steps) if (step.kind === 'statement') await query(step.sql)
}

function renamedAway(object: SchemaObject): Sql {
  const kind = verbatim(object.kind === 'enum' ? 'TYPE' : 'COLLATION')
  return sql`ALTER ${kind} ${name(object.name)} RENAME TO ${name(`godwit_former_${object.name}`)}`
}

/** A batch in few round trips; where the server refuses one table of it, each is asked about alone. */
async function askTogether(batch: readonly Table[], session: Session): Promise<readonly (readonly [Table, Table])[]> {
  const { query } = session
  try {
    return await inSavepoint(query, async () => {
      await query(inOneStatement(batch.flatMap(scratchStatements)))
      return readBack(batch, query)
    })
  } catch (error) {
    if (!isRefusal(error)) throw error
    const answers: (readonly [Table, Table])[] = []
    for (const table of batch) answers.push(...(await askAlone(table, session)))
    return answers
  }
}

async function askAlone(table: Table, session: Session): Promise<readonly (readonly [Table, Table])[]> {
  const { query } = session
  try {
    return await inSavepoint(query, async () => {
      for (const statement of scratchStatements(table, 0)) await query(statement)
      return readBack([table], query)
    })
  } catch (error) {
    if (isRefusal(error)) await nameRefused(table, session)
    throw error
  }
}

async function readBack(batch: readonly Table[], query: Query): Promise<readonly (readonly [Table, Table])[]> {
  const relations = await readTemporaryRelations(query, batch.map(scratchTableName))
  const read = new Map((await readTables(query, relations, namingFor())).map((table) => [table.name, table]))
  return batch.map((table, number) => {
    const answer = read.get(scratchTableName(table))
    invariant(answer !== undefined, `the scratch table of ${table.name} was read`)
    return [table, inServersWords(table, number, answer)] as const
  })
}

/** Hundreds of statements in one round trip. None of them can end the transaction in which they run. */
function inOneStatement(statements: readonly Sql[]): Sql {
  const calls = statements.map((statement) => `EXECUTE ${textLiteral(toText(statement))};`)
  return verbatim(`DO ${dollarQuoted(`BEGIN ${calls.join(' ')} END`)}`)
}

function dollarQuoted(text: string): string {
  let tag = '$godwit$'
  for (let number = 1; text.includes(tag); number += 1) tag = `$godwit${number}$`
  return `${tag}${text}${tag}`
}
