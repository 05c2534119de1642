import { defined } from '../../lib/defined.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Column, Exclusion, Index, Table, Unique } from '../../schema/schema.ts'
import { isSpelled, scratchNames } from './scratch-table.ts'

/** Whether the server may spell anything of a table otherwise than it is declared. Types of models are spelled as the server does. */
export function needsServer(table: Table): boolean {
  return (
    table.checks.length > 0 ||
    (table.exclusions ?? []).length > 0 ||
    table.columns.some(
      (column) =>
        column.default !== undefined ||
        column.generated !== undefined ||
        column.collation !== undefined ||
        !usualTypes.test(column.type),
    ) ||
    [...table.uniques, ...table.indexes].some(isSpelled)
  )
}

const usualTypes =
  /^(?:smallint|integer|bigint|boolean|text|uuid|double precision|date|jsonb|bytea|interval|inet|timestamp with time zone|time without time zone|character varying\(\d+\)|numeric\(\d+,\d+\)|(?:int4|int8|num|date|tstz)range)(?:\[\])?$/

/** A declared table with what was read of its scratch table in the place of what was declared, each by the name that it had there. */
export function inServersWords(table: Table, number: number, answer: Table): Table {
  const columns = byName(answer.columns)
  const checks = byName(answer.checks)
  const indexes = byName(answer.indexes)
  const exclusions = byName(answer.exclusions ?? [])
  return {
    ...table,
    columns: table.columns.map((column) => columnInWords(column, found(columns, column.name))),
    checks: table.checks.map((check, position) => ({
      ...check,
      expression: found(checks, scratchNames.check(position)).expression,
    })),
    uniques: table.uniques.map((unique, position): Unique => {
      if (!isSpelled(unique)) return unique
      const { parts, where } = found(indexes, scratchNames.unique(number, position))
      return defined({ ...unique, parts, where })
    }),
    indexes: table.indexes.map((index, position): Index => {
      if (!isSpelled(index)) return index
      const { parts, where, method } = found(indexes, scratchNames.index(number, position))
      return defined({ ...index, parts, where, method })
    }),
    ...(table.exclusions === undefined
      ? {}
      : {
          exclusions: table.exclusions.map((exclusion, position): Exclusion => {
            const { method, elements, where } = found(exclusions, scratchNames.exclusion(number, position))
            return defined({ ...exclusion, method, elements, where })
          }),
        }),
  }
}

function columnInWords(column: Column, { type, default: fallback, generated, collation }: Column): Column {
  return defined({ ...column, type, default: fallback, generated, collation })
}

function byName<T extends { readonly name: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]))
}

function found<T>(things: ReadonlyMap<string, T>, wanted: string): T {
  const thing = things.get(wanted)
  invariant(thing !== undefined, `${wanted} was read`)
  return thing
}
