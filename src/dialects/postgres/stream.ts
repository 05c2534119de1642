import type { CompiledQuery, QueryResult } from 'kysely'
import { rawQuery } from '../shared/raw-query.ts'
import { isToken, tokenize } from './tokens.ts'

interface Streaming {
  readonly chunkSize: number | undefined
  readonly inTransaction: boolean
}

type Execute = <Result>(query: CompiledQuery) => Promise<QueryResult<Result>>

let cursors = 0

/**
 * The rows of a query, a chunk at a time, by a cursor. There is none outside a transaction, nor for what writes: then all rows come at once.
 */
export async function* streamed<Result>(
  execute: Execute,
  query: CompiledQuery,
  { chunkSize = 1000, inTransaction }: Streaming,
): AsyncIterableIterator<QueryResult<Result>> {
  if (!inTransaction || !onlyReads(query.sql)) {
    yield await execute<Result>(query)
    return
  }
  cursors += 1
  const cursor = `godwit_cursor_${cursors}`
  await execute(rawQuery(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${query.sql}`, query.parameters))
  let finished = false
  try {
    while (!finished) {
      const chunk = await execute<Result>(rawQuery(`FETCH ${chunkSize} FROM ${cursor}`))
      finished = chunk.rows.length < chunkSize
      if (chunk.rows.length > 0) yield { rows: chunk.rows }
    }
  } finally {
    // A transaction that has failed has closed it.
    await execute(rawQuery(`CLOSE ${cursor}`)).catch(() => {})
  }
}

function onlyReads(statement: string): boolean {
  const [first, ...rest] = tokenize(statement)
  if (!isToken(first, 'select', 'values', 'with')) return false
  return !rest.some((token) => isToken(token, 'insert', 'update', 'delete', 'merge', 'into'))
}
