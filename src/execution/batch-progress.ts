/** How far a backfill has come. */
export interface BatchProgress {
  /** Rows that were worked on, those of earlier runs among them. */
  readonly rows: number
  /** About how many there are altogether; absent where that cannot be told cheaply, or is not worth asking. */
  readonly total?: number
  /** About how long it will still take, in milliseconds. */
  readonly remainingMs?: number
}

/** Estimates how far a backfill has come. Times are those of `performance.now()`. */
export interface ProgressMeter {
  /** Whether it goes on for so long that the number of rows is worth asking for, which is done once. */
  wantsTotal(now: number): boolean
  /** Takes down how many rows are still to come. */
  setRest(rest: number | undefined): void
  /** After a batch: what there is to say. */
  after(rows: number, now: number): BatchProgress
}

/** How long a backfill goes on before anybody wants to know how much of it is left, in milliseconds. */
const worthAsking = 1500

/** A meter for a run that begins at this moment, with rows that earlier runs have done. */
export function progressMeter(begun: number, doneBefore: number): ProgressMeter {
  let done = doneBefore
  let asked = false
  let total: number | undefined
  return {
    wantsTotal: (now) => !asked && now - begun >= worthAsking,
    setRest(rest) {
      asked = true
      total = rest === undefined ? undefined : done + rest
    },
    after(rows, now) {
      done += rows
      if (total === undefined) return { rows: done }
      // Rows were added since they were counted.
      if (done > total) total = done
      const perRow = (now - begun) / Math.max(done - doneBefore, 1)
      return { rows: done, total, remainingMs: Math.round((total - done) * perRow) }
    },
  }
}
