import { backfillOf } from '../execution/backfill.ts'
import { type ExecutionContext, executeUnit } from '../execution/execute-unit.ts'
import type { PlannedMigration } from '../execution/plan-migration.ts'
import { scriptOf } from '../execution/script.ts'
import type { Unit } from '../execution/unit.ts'
import type { MigrationKey } from '../history/migration.ts'
import { defined } from '../lib/defined.ts'
import { describe } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import type { Session } from '../schema/dialect.ts'
import { sql } from '../schema/sql.ts'
import { compareRows, type RowDifference } from './compare-rows.ts'
import { failureInWords } from './failure-in-words.ts'
import type { Finding } from './finding.ts'
import { rowsInWords, shown } from './losses.ts'
import { readAllRows } from './read-rows.ts'

/**
 * Runs a step of SQL or code a second time, right behind the first and over the same rows, and says what it did then: nothing is what is hoped for. What
 * it did is undone, but for code that commits by itself. A step that can't be undone is left alone.
 */
export async function secondRun(
  operation: Operation,
  { units }: Pick<PlannedMigration, 'units'>,
  {
    session,
    migration,
    codeTimeout,
    signal,
  }: {
    readonly session: Session
    readonly migration: MigrationKey
    readonly codeTimeout: number
    readonly signal: AbortSignal | undefined
  },
): Promise<readonly Finding[]> {
  const unit = units.find((one) => one.kind !== 'schema' && one.operation === operation)
  if (unit === undefined || isBeyondUndoing(unit, session)) return []
  const context: ExecutionContext = {
    session,
    migration,
    codeTimeout,
    log: () => {},
    onBatch: () => {},
    ...defined({ signal }),
  }
  const commits = unit.kind === 'code' && unit.outsideTransaction
  const schema = await session.inspect()
  const before = await readAllRows(session, schema)
  if (!commits) await session.query(sql`SAVEPOINT godwit_second_run`)
  const findings = await runAgain(unit, context).then(
    async () => compareRows(before, await readAllRows(session, schema)).map(difference),
    (error: unknown) => [`fails: ${failureInWords(error, session)}`],
  )
  if (!commits) {
    await session.query(sql`ROLLBACK TO SAVEPOINT godwit_second_run`)
    await session.query(sql`RELEASE SAVEPOINT godwit_second_run`)
  }
  return findings.map((did) => ({
    kind: 'notIdempotent',
    // Godwit itself runs such code again, where a process died in it.
    severity: commits ? 'error' : 'warning',
    migration,
    operation: describe(operation),
    direction: 'forwards',
    text: `${describe(operation)}: run a second time over what it has done, it ${did}`,
  }))
}

/** The server would commit the second run with whatever it did. */
function isBeyondUndoing(unit: Unit, { dialect }: Session): boolean {
  return unit.kind === 'sql' && (scriptOf(unit, dialect) ?? []).some(({ commitsItself }) => commitsItself)
}

async function runAgain(unit: Unit, context: ExecutionContext): Promise<void> {
  if (unit.kind !== 'batched') return executeUnit(unit, context, 'enforced')
  const backfill = backfillOf(unit, context)
  let next = await backfill.next(undefined, atOnce)
  for (let after: typeof next; next !== undefined; next = await backfill.next(after.last, atOnce)) {
    await backfill.work({ after: after?.last, last: next.last })
    after = next
  }
}

/** Generated rows are few. */
const atOnce = 1000

function difference({ table, lost, added, changed }: RowDifference): string {
  const parts = [
    ...(lost > 0 ? [`takes ${rowsInWords(lost)} out of ${table}`] : []),
    ...(added > 0 ? [`adds ${rowsInWords(added)} to ${table}`] : []),
    ...changed.map(
      ({ column, rows, example: { from, to } }) =>
        `changes ${table}.${column} in ${rowsInWords(rows)}, such as ${shown(from)} to ${shown(to)}`,
    ),
  ]
  return parts.join(', and ')
}
