import type { CompiledQuery } from 'kysely'

/** A statement as Kysely's connections take it. Kysely's own `CompiledQuery.raw` is the same, and loading Kysely takes long. */
export function rawQuery(text: string, parameters: readonly unknown[] = []): CompiledQuery {
  const query = { kind: 'RawNode' as const, sqlFragments: [text], parameters: [] }
  return { query, queryId: { queryId: 'godwit' }, sql: text, parameters }
}
