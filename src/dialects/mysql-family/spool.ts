import type { QueryResult } from 'kysely'

/** Rows on their way from a server to a reader who takes them a chunk at a time. */
export interface Spool<Row> {
  /** Takes the rows in, no faster than the reader wants them; ends when all are here, or nobody wants them any more. */
  fill(rows: AsyncIterable<unknown>): Promise<void>
  /** From now on takes in all that comes, so that the connection is free soon. */
  hurry(): void
  /** The chunks; `filled` is what `fill` promised, whose failure the reader is to have. */
  chunks(filled: Promise<void>): AsyncIterableIterator<QueryResult<Row>>
}

/** Makes a place for rows, of which so many are held as long as nobody is in a hurry. */
export function spooled<Row>(chunkSize: number): Spool<Row> {
  let held: Row[] = []
  let isHurried = false
  let isOver = false
  let wake = Promise.withResolvers<void>()
  const changed = (): void => {
    wake.resolve()
    wake = Promise.withResolvers()
  }
  return {
    async fill(rows) {
      try {
        for await (const row of rows) {
          // What the rows hold is what Kysely's types say.
          held.push(row as Row)
          if (held.length % chunkSize === 0) changed()
          while (held.length >= chunkSize && !isHurried && !isOver) await wake.promise
          if (isOver) break
        }
      } finally {
        isOver = true
        changed()
      }
    },
    hurry() {
      isHurried = true
      changed()
    },
    async *chunks(filled) {
      filled.catch(() => {
        isOver = true
        changed()
      })
      try {
        while (!isOver || held.length > 0) {
          if (held.length >= chunkSize || isOver) {
            const chunk = held.slice(0, chunkSize)
            held = held.slice(chunkSize)
            changed()
            yield { rows: chunk }
          } else await wake.promise
        }
      } finally {
        isOver = true
        changed()
      }
      await filled
    },
  }
}
