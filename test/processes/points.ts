/** A moment in a run at which it can die: before or after a statement. */
export interface Point {
  /** Counted from the begin of the run, from 1. */
  readonly number: number
  readonly phase: 'before' | 'after'
  readonly statement: string
  /** How many migrations of the run had begun. */
  readonly begun: number
}

const deep = process.env['GODWIT_DEEP'] === '1'

/**
 * The points at which a run is stopped, so that every state that it can leave behind is met: before each statement that writes or commits, and at the end. Nothing
 * reaches the database between a statement and the next, and nothing by a read: to die after a statement is to die before the next one, and to die
 * before a read is to die before the write behind it. Of a transaction nothing stays, wherever in it a run dies, so that some of its statements stand for
 * all. The deep run takes all points.
 */
export function pointsToJudge(points: readonly Point[]): readonly Point[] {
  if (deep) return points
  let inTransaction: number | undefined
  return points.filter((point) => {
    const { phase, statement } = point
    if (point === points.at(-1)) return true
    if (phase === 'after') return false
    if (/^\s*(begin|start)\b/i.test(statement)) inTransaction = 0
    if (/^\s*(commit|rollback)\s*$/i.test(statement)) inTransaction = undefined
    if (reads(point)) return false
    if (inTransaction === undefined) return true
    inTransaction += 1
    return inTransaction % 3 === 1
  })
}

function reads({ statement }: Point): boolean {
  return (
    /^\s*(select|pragma|show|with|begin|start|savepoint|release)\b/i.test(statement) &&
    !/_lock\b|advisory/i.test(statement)
  )
}

/** A point in words, for the failure of a test. */
export function pointInWords({ number, phase, statement }: Point): string {
  return `point ${number}, ${phase}: ${statement.replace(/\s+/g, ' ').slice(0, 300)}`
}
