/** How long a batch is meant to take, in milliseconds: whoever waits for one of its rows waits no longer. */
const aim = 300
const shortest = 200
const longest = 500

/** How many rows the first batch has. */
const first = 1000
const fewest = 1
const most = 100_000

/** The size of the first batch. */
export function firstSize(limit: number = most): number {
  return Math.min(first, limit)
}

/**
 * The size of the next batch, by what a full one of this size took. It grows tenfold at most and shrinks to no less than a quarter: one slow
 * moment of a server says little.
 */
export function nextSize(size: number, milliseconds: number, limit: number = most): number {
  if (milliseconds >= shortest && milliseconds <= longest) return size
  const factor = Math.min(Math.max(aim / Math.max(milliseconds, 1), 1 / 4), 10)
  return Math.min(Math.max(Math.round(size * factor), fewest), limit)
}

/** The size after a batch that had to wait too long for a lock: whoever holds fewer rows is in the way of fewer. */
export function smallerSize(size: number): number {
  return Math.max(Math.round(size / 2), fewest)
}
