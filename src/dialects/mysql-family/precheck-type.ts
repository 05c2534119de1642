import type { Change } from '../../schema/change.ts'
import type { Column, Schema, Table, Unique } from '../../schema/schema.ts'
import { name, type Sql, sql, verbatim } from '../../schema/sql.ts'
import type { Precheck } from '../../schema/step.ts'
import { charsetOf } from './collation.ts'
import { spellingOf } from './column-types.ts'
import { isConvertible, textOf } from './precheck-conversion.ts'
import { countDuplicates, equalRows } from './precheck-duplicates.ts'
import { columnOf, keyOf, shown, violations } from './precheck-rows.ts'
import { bytesOf, charactersOf, mostCharactersOf, parseTypeName, type TypeName, typeFamily } from './type-name.ts'
import type { Flavour } from './variant.ts'

/** Whether every value can become one of the new type and say the same. */
export function changedType(
  { table, before, after, cast }: Change<'setType'>,
  schema: Schema,
  flavour: Flavour,
): Precheck | undefined {
  const definition = schema.tables.get(table)
  const own = name(before.name)
  const old = cast === undefined ? own : spellingOf(flavour).expression(cast)
  const wrong = (problem: Precheck['problem'], condition: Sql, rule: string): Precheck => {
    return { query: violations(table, condition, keyOf(definition)), table, columns: [before.name], problem, rule }
  }
  const fits = cast === undefined ? isConvertible(before, after, own, flavour) : undefined
  if (fits !== undefined) {
    const condition = sql`${own} IS NOT NULL AND NOT coalesce((${fits}), false)`
    return wrong('notConvertible', condition, `${before.name} can be read as ${after.type}`)
  }
  const [from, to] = [parseTypeName(before.type), parseTypeName(after.type)]
  const isComputed = cast !== undefined
  if (isShorter(isComputed ? undefined : mostCharactersOf(from), charactersOf(to))) {
    const length = String(charactersOf(to))
    const condition = sql`char_length(${textOf(old)}) > ${verbatim(length)}`
    return wrong('tooLong', condition, `${before.name} has at most ${length} characters`)
  }
  if (isShorter(isComputed ? undefined : mostBytesOf(from), bytesOf(to))) {
    const length = String(bytesOf(to))
    const bytes = typeFamily(to) === 'bytes' ? old : sql`CONVERT(${textOf(old)} USING utf8mb4)`
    const condition = sql`octet_length(${bytes}) > ${verbatim(length)}`
    return wrong('tooLong', condition, `${before.name} has at most ${length} bytes`)
  }
  return cast === undefined ? otherCollation(definition, before, after, wrong) : undefined
}

/** Whether a value may be longer than its new type allows. */
function isShorter(longest: number | undefined, limit: number | undefined): boolean {
  // No text is as long as that.
  if (limit === undefined || limit >= 2 ** 32 - 1) return false
  return longest === undefined || longest > limit
}

/** The most bytes that a value has, as a character of utf8mb4 has four of them at most. */
function mostBytesOf(type: TypeName): number | undefined {
  const characters = mostCharactersOf(type)
  return bytesOf(type) ?? (characters === undefined ? undefined : characters * 4)
}

type Wrong = (problem: Precheck['problem'], condition: Sql, rule: string) => Precheck

/** Texts that differed may be equal under another collation, and another character set may lack some of theirs. */
function otherCollation(table: Table | undefined, before: Column, after: Column, wrong: Wrong): Precheck | undefined {
  const { collation } = after
  if (collation === undefined || collation === before.collation || table === undefined) return undefined
  if (typeFamily(parseTypeName(before.type)) !== 'text') return undefined
  const charset = charsetOf(collation)
  const own = name(before.name)
  if (charset !== 'utf8mb4' && charset !== 'binary') {
    const same = sql`CONVERT(CONVERT(${own} USING ${verbatim(charset)}) USING utf8mb4) = CONVERT(${own} USING utf8mb4)`
    return wrong('notConvertible', sql`NOT (${same})`, `${before.name} can be written in ${charset}`)
  }
  const keys = [...table.uniques.map(columnsOfUnique), table.primaryKey?.columns ?? []].filter((key) =>
    key.includes(before.name),
  )
  if (keys.length === 0) return undefined
  const compared = sql`CONVERT(${own} USING ${verbatim(charset)}) COLLATE ${verbatim(collation)}`
  const groups = keys.map((key) =>
    equalRows(
      table.name,
      key.map((column) => ({
        compared: column === before.name ? compared : name(column),
        shown: shown(sql`min(${name(column)})`, columnOf(table, column)),
      })),
    ),
  )
  const rule = `${before.name} stays unique where its texts are compared by ${collation}`
  return { ...wrong('duplicates', sql`false`, rule), query: countDuplicates(groups) }
}

/** The columns of a unique over nothing but columns. */
function columnsOfUnique({ parts }: Unique): readonly string[] {
  const columns = parts.flatMap(({ expression }) => (expression.kind === 'column' ? [expression.name] : []))
  return columns.length === parts.length ? columns : []
}
