import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { BackfillTemplate, CodeContext, RunCode } from '../operations/operation.ts'
import type { Value } from '../schema/value.ts'

/** How many rows one statement of a backfill changes: few enough to keep nobody waiting for long. */
export const backfillBatch = 1000

/**
 * Replaces NULL by a value in one column, a batch of rows a statement, each committed by itself. It can be stopped and run again at any time: rows that
 * were filled are not touched twice.
 */
export function backfillOperation(options: Omit<BackfillTemplate, 'name'>): RunCode {
  const template: BackfillTemplate = { name: 'backfill', ...options }
  return {
    kind: 'runCode',
    forwards: (context) => backfill(template, context),
    backwards: () => {},
    atomic: false,
    description: `Fill ${template.table}.${template.column} where it is NULL`,
    template,
  }
}

/** Walks along the primary key, so that no batch looks at the rows of the ones before it. */
async function backfill({ table, column, key, value }: BackfillTemplate, { db, log }: CodeContext): Promise<void> {
  const filled = bindable(value)
  let last: readonly unknown[] | undefined
  for (let batches = 1; ; batches += 1) {
    const after = last
    let open = db
      .selectFrom(table)
      .select([...key])
      .where(column, 'is', null)
      .limit(backfillBatch)
    for (const part of key) open = open.orderBy(part)
    let filling = db
      .updateTable(table)
      .set({ [column]: filled })
      .where(column, 'is', null)
    if (after !== undefined) {
      open = open.where((eb) => compareKey(eb, '>', key, after))
      filling = filling.where((eb) => compareKey(eb, '>', key, after))
    }
    const rows = await open.execute()
    const end = rows.at(-1)
    if (end === undefined) return
    const upTo = key.map((part) => end[part])
    await filling.where((eb) => compareKey(eb, '<=', key, upTo)).execute()
    log(`${table}.${column}: batch ${batches} of ${rows.length} rows filled`)
    last = upTo
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the tables of that point of history are known to no type.
type Builder = ExpressionBuilder<any, any>

/** Where a row's key stands to another, part by part: not every database compares lists of columns. */
function compareKey(
  eb: Builder,
  operator: '>' | '<=',
  [part = '', ...parts]: readonly string[],
  [value, ...values]: readonly unknown[],
): ExpressionWrapper<unknown, never, SqlBool> {
  if (parts.length === 0) return eb(part, operator, value)
  return eb.or([
    eb(part, operator === '>' ? '>' : '<', value),
    eb.and([eb(part, '=', value), compareKey(eb, operator, parts, values)]),
  ])
}

/** A literal in the form in which every driver takes it. */
function bindable(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('$bigint' in value) return BigInt(value.$bigint)
  return '$bytes' in value ? Buffer.from(value.$bytes, 'hex') : JSON.stringify(value.$json)
}
