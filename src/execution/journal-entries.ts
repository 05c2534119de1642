import type { JournalEntry } from '../history/journal.ts'

/** The entry with the unit at its position finished. */
export function withUnitDone({ direction, position, step, progress, begun }: JournalEntry, steps = 1): JournalEntry {
  return {
    direction,
    position: position + 1,
    step,
    underWay: false,
    ...(progress !== undefined && { progress: { ...progress, done: progress.done + steps } }),
    ...(begun !== undefined && { begun }),
  }
}

/** The entry with so many more statements done of the unit at its position. */
export function withStatementsDone(entry: JournalEntry, count: number): JournalEntry {
  const { fingerprint: _, progress, statement = 0, ...rest } = entry
  return {
    ...rest,
    statement: statement + count,
    underWay: false,
    ...(progress !== undefined && { progress: { ...progress, done: progress.done + count } }),
  }
}
