import type { MigrateEvent } from '../api/migrate.ts'
import { duration } from './duration.ts'

type Batch = Extract<MigrateEvent, { kind: 'batch' }>

/** `120,000 of about 1,000,000 rows (12%), 34.0 s to go`. */
export function batchInWords({ rows, total, remainingMs }: Pick<Batch, 'rows' | 'total' | 'remainingMs'>): string {
  if (total === undefined || total === 0) return `${counted(rows)} ${rows === 1 ? 'row' : 'rows'}`
  const share = Math.floor((rows / total) * 100)
  const rest = remainingMs === undefined || rows >= total ? '' : `, ${duration(remainingMs)} to go`
  return `${counted(rows)} of about ${counted(total)} rows (${share}%)${rest}`
}

function counted(rows: number): string {
  return rows.toLocaleString('en-US')
}

/** How often a line is written where none can be written over, in milliseconds: logs are read later. */
const pace = 10_000

/** Whether the progress of a backfill is worth a line of its own at this moment, in a stream that cannot go back to a line. */
export function pacedBatches(): (now: number) => boolean {
  let last: number | undefined
  return (now) => {
    last ??= now
    if (now - last < pace) return false
    last = now
    return true
  }
}
