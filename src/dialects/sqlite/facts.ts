import { type Change, tableOf } from '../../schema/change.ts'
import type { Facts, PlanInput, Row } from '../../schema/dialect.ts'
import type { Named, OtherObject, Schema } from '../../schema/schema.ts'
import { join, type Sql, sql, value } from '../../schema/sql.ts'
import type { SqliteCapabilities } from './capabilities.ts'
import { isPlainColumn } from './fill.ts'
import { inspect } from './inspect.ts'
import { fold } from './raw-sql.ts'
import { withReferrers } from './referrers.ts'
import { renameStatements } from './rename-steps.ts'
import { readRenames } from './renames.ts'

type Query = (statement: Sql) => Promise<readonly Row[]>

/** Whether a plan for these changes must know something of the real database. */
export function needsFacts(changes: readonly Change[], capabilities: SqliteCapabilities): boolean {
  return generatedNames(changes).length > 0 || tablesToInspect(changes, capabilities).length > 0
}

/** Whether a plan for these changes may rebuild or drop a table, which other tables must not notice. */
export function mayReplaceTables(changes: readonly Change[], capabilities: SqliteCapabilities): boolean {
  return tablesToInspect(changes, capabilities).length > 0
}

/**
 * Reads what a plan for these changes must know: the tables that it may rebuild or drop, all that refer to them, and the names that are taken.
 * Where nothing but new indexes is planned, their names are looked up and no table is.
 */
export async function readFacts(
  changes: readonly Change[],
  capabilities: SqliteCapabilities,
  query: Query,
  foreignKeys: PlanInput['foreignKeys'] = 'enforced',
): Promise<Facts> {
  const tables = tablesToInspect(changes, capabilities)
  if (tables.length === 0) {
    return { schema: { tables: new Map(), others: [] }, takenNames: await takenAmong(generatedNames(changes), query) }
  }
  const { tableBefore } = readRenames(changes)
  const changed = tables.map(tableBefore)
  const references = await referrers(query)
  // Who refers to a rebuilt table is rebuilt with it only where foreign keys are enforced; else its name is all that a plan asks.
  const schema = await inspect(query, foreignKeys === 'enforced' ? [...withReferrers(changed, references)] : changed)
  return {
    schema: { ...schema, others: await othersAfterRenames(schema, changes, query) },
    takenNames: new Set(await listed(sql`SELECT json_group_array(name) AS list FROM sqlite_schema`, query)),
    referrers: references,
  }
}

/** The tables, by the names that they have now, of which a change may need more than ALTER TABLE can do. */
function tablesToInspect(changes: readonly Change[], capabilities: SqliteCapabilities): readonly string[] {
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [change.table.name] : [])))
  const looked = changes.filter((change) => mayRebuild(change, capabilities) && !created.has(tableOf(change) ?? ''))
  const dropped = changes.flatMap((change) => (change.kind === 'dropTable' ? [change.table.name] : []))
  return [...new Set([...looked.flatMap((change) => tableOf(change) ?? []), ...dropped])]
}

function mayRebuild(change: Change, { altersConstraints }: SqliteCapabilities): boolean {
  switch (change.kind) {
    case 'renameTable':
    case 'renameColumn':
    case 'createTable':
    case 'copyRows':
    case 'addIndex':
    case 'addUnique':
    case 'setColumnComment':
    case 'setTableComment':
      return false
    case 'addColumn': {
      const { column, fill } = change
      const isFilled = column.nullable || column.default !== undefined || column.generated !== undefined
      return fill !== undefined || !isPlainColumn(column) || !isFilled
    }
    case 'setNotNull':
      return change.fill !== undefined || !altersConstraints
    case 'dropNotNull':
      return !altersConstraints
    case 'dropCheck':
      return !altersConstraints || change.check.generatedName === true
    case 'dropIndex':
      return change.index.generatedName === true
    case 'renameIndex':
      return change.before.generatedName === true
    default:
      return true
  }
}

function generatedNames(changes: readonly Change[]): readonly string[] {
  const added = changes.flatMap((change): readonly Named[] => {
    switch (change.kind) {
      case 'createTable':
        return change.table.uniques
      case 'addIndex':
        return [change.index]
      case 'addUnique':
        return [change.unique]
      case 'renameIndex':
      case 'renameUnique':
        return [change.after]
      default:
        return []
    }
  })
  return added.flatMap(({ name: wanted, generatedName }) => (generatedName ? [wanted] : []))
}

/** Which of some names, and of those with a number behind them, an index has already. The pragma looks a name up; a query of the catalogue reads it all. */
async function takenAmong(wanted: readonly string[], query: Query): Promise<ReadonlySet<string>> {
  const taken = new Set<string>()
  for (let open = wanted, number = 2; open.length > 0; number += 1) {
    const values = join(open.map((candidate) => sql`(${value(candidate)})`))
    const rows = await query(
      sql`SELECT v.column1 AS name FROM (VALUES ${values}) AS v WHERE EXISTS (SELECT 1 FROM pragma_index_xinfo(v.column1, 'main'))`,
    )
    const found = new Set(rows.map((row) => String(row['name'])))
    for (const index of found) taken.add(index)
    open = wanted
      .filter((candidate) => found.has(number === 2 ? candidate : `${candidate}_${number - 1}`))
      .map((candidate) => `${candidate}_${number}`)
  }
  return taken
}

async function referrers(query: Query): Promise<ReadonlyMap<string, readonly string[]>> {
  const edges: readonly (readonly [table: string, target: string | null])[] = await listed(
    sql`SELECT json_group_array(json_array(l.name, f."table")) AS list FROM pragma_table_list AS l
      LEFT JOIN pragma_foreign_key_list(l.name, 'main') AS f ON f.seq = 0 WHERE l.schema = 'main' AND l.type = 'table'`,
    query,
  )
  const spelled = new Map(edges.map(([table]) => [fold(table), table]))
  const found = Map.groupBy(edges, ([, target]) => spelled.get(fold(target ?? '')) ?? '')
  return new Map([...found].map(([target, own]) => [target, [...new Set(own.map(([table]) => table))]]))
}

/** A list in one row: thousands of rows would each become an object on the way. */
async function listed<T>(statement: Sql, query: Query): Promise<readonly T[]> {
  const [row] = await query(statement)
  return JSON.parse(String(row?.['list'] ?? '[]'))
}

/**
 * Triggers and views as they will read once the renames are made: SQLite rewrites them, and a rebuild must write a trigger again. The renames are
 * made and taken back, so that SQLite itself says what becomes of the texts.
 */
async function othersAfterRenames(
  schema: Schema,
  changes: readonly Change[],
  query: Query,
): Promise<readonly OtherObject[]> {
  const renames = changes.filter((change) => change.kind === 'renameTable' || change.kind === 'renameColumn')
  const concerned = schema.others.filter(({ kind }) => kind === 'trigger' || kind === 'view')
  if (renames.length === 0 || concerned.length === 0) return schema.others
  const { tableNow } = readRenames(changes)
  await query(sql`SAVEPOINT godwit_facts`)
  try {
    for (const statement of renames.flatMap(renameStatements)) await query(statement)
    return (await inspect(query, [...schema.tables.keys()].map(tableNow))).others
  } finally {
    await query(sql`ROLLBACK TO godwit_facts`)
    await query(sql`RELEASE godwit_facts`)
  }
}
