import type { Session } from '../schema/dialect.ts'
import { name, sql } from '../schema/sql.ts'
import type { ProjectState } from '../state/project-state.ts'
import { failureInWords } from './failure-in-words.ts'
import { type Cell, type Making, makeRows, type NewRow } from './make-rows.ts'
import { type TableToFill, tablesToFill } from './tables-to-fill.ts'

/** A table that stays empty, and why. */
export interface Unfilled {
  readonly table: string
  readonly reason: string
}

/** Puts rows into every table of a State that has none. What the database refuses is left out. */
export async function fillTables(
  session: Session,
  state: ProjectState,
  making: Making,
  isEmpty: (table: string) => boolean,
): Promise<readonly Unfilled[]> {
  const keys = new Map<string, readonly unknown[]>()
  const unfilled: Unfilled[] = []
  const tables = tablesToFill(state, session.dialect)
  for (const target of tables.filter(({ table }) => isEmpty(table.name))) {
    for (const { references } of target.table.foreignKeys) {
      const [column = ''] = references.columns
      const place = placeOf(references.table, column)
      if (!keys.has(place)) keys.set(place, await readKeys(session, references.table, column))
    }
    const rows = makeRows(target, making, (table, column) => keys.get(placeOf(table, column)) ?? [])
    const reason = pointsNowhere(target, keys) ?? (await insertAll(session, target, rows))
    for (const place of [...keys.keys()].filter((known) => known.startsWith(placeOf(target.table.name, '')))) {
      keys.delete(place)
    }
    if (reason !== undefined) unfilled.push({ table: target.table.name, reason })
  }
  return unfilled
}

function placeOf(table: string, column: string): string {
  return `${table}\n${column}`
}

/** Why no row can point anywhere, where each must. */
function pointsNowhere(
  { table, columns }: TableToFill,
  keys: ReadonlyMap<string, readonly unknown[]>,
): string | undefined {
  for (const { foreignKey, nullable } of columns) {
    if (foreignKey === undefined || nullable || foreignKey.references.table === table.name) continue
    const { references } = foreignKey
    if (keys.get(placeOf(references.table, references.columns[0] ?? ''))?.length === 0) {
      return `there is none of ${references.table} to point at`
    }
  }
  return undefined
}

async function readKeys(session: Session, table: string, column: string): Promise<readonly unknown[]> {
  const rows = await session.query(sql`SELECT ${name(column)} FROM ${session.dialect.spelling.table(table)} ORDER BY 1`)
  return rows.map((row) => row[column]).filter((key) => key !== null)
}

/** Adds the rows, together where all are taken, else those that are. Says why where none is. */
async function insertAll(session: Session, target: TableToFill, rows: readonly NewRow[]): Promise<string | undefined> {
  if (rows.length === 0) return 'no row was found that its checks, uniques and keys allow'
  const types = new Map(target.columns.map(({ name: column, source }) => [column, source?.type]))
  const { bind } = session.dialect.queries
  const driven = (column: string, cell: Cell): unknown => {
    if ('key' in cell) return cell.key
    const type = types.get(column)
    return type === undefined ? cell.literal : bind(cell.literal, type)
  }
  const given = rows.map((row) => Object.fromEntries([...row].map(([column, cell]) => [column, driven(column, cell)])))
  const insert = (some: readonly Readonly<Record<string, unknown>>[]): Promise<unknown> =>
    session.kysely.insertInto(target.table.name).values(some).execute()
  try {
    await insert(given)
    return undefined
  } catch (error) {
    let taken = 0
    for (const row of given)
      taken += await insert([row]).then(
        () => 1,
        () => 0,
      )
    return taken > 0 ? undefined : failureInWords(error, session).replace(/\. The statement was .*$/s, '')
  }
}
