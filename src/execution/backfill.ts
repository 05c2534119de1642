import type { ResumePoint } from '../history/resume-point.ts'
import { knownShape } from '../query/historical-models.ts'
import type { KeyRange, RowKey } from '../query/key-range.ts'
import { keyWalk, type NextRows } from '../query/key-walk.ts'
import { rowsWithin } from '../query/make-query-set.ts'
import { surroundings } from '../query/place.ts'
import type { Shape } from '../query/shape.ts'
import type { Session } from '../schema/dialect.ts'
import type { ExecutionContext } from './execute-unit.ts'
import { runCodeStep } from './run-code-step.ts'
import type { BatchedUnit } from './unit.ts'

/** The rows of a backfill, and the work on some of them. */
export interface Backfill {
  /** The rows that come behind a key, at most so many; undefined where there are none. */
  next(after: RowKey | undefined, size: number): Promise<NextRows | undefined>
  /** Does the work on the rows whose keys lie in the range, inside the transaction that is open. */
  work(range: KeyRange): Promise<void>
  /** About how many rows come behind a point; undefined where to count them would take too long. */
  rest(point: ResumePoint): Promise<number | undefined>
}

/** A backfill over the connection of a session. */
export function backfillOf(unit: BatchedUnit, context: ExecutionContext): Backfill {
  const { session, migration } = context
  const { operation, work, models, state } = unit
  const { where = {} } = operation
  const { dialect, kyselyAlongside: db } = session
  const shape = knownShape({ state }, unit.model)
  const around = surroundings({ state, dialect, db, migration })
  const walk = keyWalk(around, shape, where)
  return {
    next: walk.next,
    async work(range) {
      if (typeof work === 'object') {
        await rowsWithin(around, shape, where, range).update(work.set)
        return
      }
      await runCodeStep(
        async ({ models: declared, db, log }) => {
          const rows = rowsWithin(surroundings({ state, dialect, db, migration }), shape, where, range)
          await work({ rows, models: declared, db, log })
        },
        context,
        { state, models },
      )
    },
    async rest(point) {
      const rows = await estimate(session, shape)
      if (rows === undefined || rows <= countable) return walk.rest(point.cursor)
      return operation.where === undefined ? Math.max(rows - point.rowsDone, 0) : undefined
    },
  }
}

/** Of a table of more rows than this, nobody waits for a count. */
const countable = 3_000_000

/** About how many rows a table has; undefined where the database has no idea. */
async function estimate(session: Session, { table }: Shape): Promise<number | undefined> {
  try {
    const [row] = await session.query(session.dialect.estimateRows(table))
    const rows = Number(row?.['rows'] ?? Number.NaN)
    return Number.isFinite(rows) ? rows : undefined
  } catch {
    // A number for people to read is not worth a failure, and this is outside all transactions.
    return undefined
  }
}
