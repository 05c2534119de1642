import { structuralEqual } from '../lib/structural-equal.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Index, IndexPart, Table } from '../schema/schema.ts'

/** The table without the lengths of index parts that the database would have by itself: what is left are those that somebody asked for. */
export function withoutUsualPrefixes(table: Table, dialect: Dialect): Table {
  if (dialect.spelling.prefixes === undefined) return table
  return { ...table, indexes: table.indexes.map((index) => (isUsual(index, table, dialect) ? inWhole(index) : index)) }
}

function isUsual({ parts }: Index, table: Table, { spelling, name }: Dialect): boolean {
  const types = parts.flatMap(({ expression }) => {
    const column = table.columns.find((one) => expression.kind === 'column' && one.name === expression.name)
    return column === undefined ? [] : [{ type: { type: 'custom', types: { [name]: column.type } } } as const]
  })
  const usual = types.length === parts.length ? spelling.prefixes?.(types) : undefined
  return structuralEqual(
    usual?.map((length) => length ?? null),
    parts.map(({ prefix }) => prefix ?? null),
  )
}

function inWhole(index: Index): Index {
  return { ...index, parts: index.parts.map(({ prefix: _, ...part }): IndexPart => part) }
}
