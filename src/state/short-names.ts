import { fail } from '../errors/error.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Named, Table } from '../schema/schema.ts'
import { splitTableName } from './names.ts'

/**
 * Fails with `models.nameTooLong` when a table has a name in it that this database would cut, most of them without a word. Generated names are made
 * to fit.
 */
export function requireShortNames({ capabilities }: Dialect, owner: string, table: Table): void {
  const limit = capabilities.identifierLimit
  if (limit === undefined) return
  for (const { what, name } of namesIn(table)) {
    const bytes = Buffer.byteLength(name)
    if (bytes > limit) fail('models.nameTooLong', { owner, what, name, bytes, limit })
  }
}

function* namesIn(table: Table): Generator<{ readonly what: string; readonly name: string }> {
  const { schema, table: bare } = splitTableName(table.name)
  if (schema !== undefined) yield { what: 'schema', name: schema }
  yield { what: 'table', name: bare }
  for (const { name } of table.columns) yield { what: 'column', name }
  for (const name of given(table.indexes)) yield { what: 'index', name }
  for (const name of given([...table.uniques, ...table.checks, ...(table.exclusions ?? [])])) {
    yield { what: 'constraint', name }
  }
}

function given(objects: readonly Named[]): readonly string[] {
  return objects.flatMap(({ name, generatedName }) => (generatedName ? [] : [name]))
}
