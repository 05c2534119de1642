import { defined } from '../../lib/defined.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Check, Column, Index, IndexPart, Table, Unique } from '../../schema/schema.ts'
import type { StandIns } from './astral.ts'
import type { Place } from './catalogue.ts'
import type { CatalogueVariant } from './catalogue-variant.ts'
import { columnOf } from './read-columns.ts'
import type { CreatedColumn, CreatedPart, CreatedTable } from './read-create-table.ts'
import { withJson } from './read-tables.ts'
import { isSpelled, scratchNames } from './scratch-table.ts'

/** What is needed to say what a server's answer would be in the words of its catalogue. */
export interface Wording {
  readonly place: Place
  readonly variant: CatalogueVariant
  readonly standIns: StandIns
}

/** Whether the server may spell anything of a table otherwise than it is declared. Types of models are spelled as the server does. */
export function needsServer(table: Table): boolean {
  return (
    table.checks.length > 0 ||
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
  /^(?:(?:small|big)?int(?: unsigned)?|tinyint\(1\)|longtext|longblob|varchar\(\d+\)|char\(36\)|uuid|json|double|date|(?:time|datetime)\(6\)|decimal\(\d+,\d+\))$/

/** A declared table with what was read of its scratch table in the place of what was declared, each by the name that it had there. */
export function inServersWords(table: Table, answer: CreatedTable, wording: Wording): Table {
  const { columns } = withJson(
    {
      columns: answer.columns.map((column) => printedColumn(column, wording)),
      checks: answer.columns.flatMap(({ name, check }) =>
        check === undefined
          ? []
          : [{ name, ofColumn: name, expression: { kind: 'sql', sql: check } as const, enforced: true }],
      ),
    },
    wording.place,
    wording.variant,
  )
  const byName = new Map(columns.map((column) => [column.name, column]))
  return {
    ...table,
    columns: table.columns.map((column) => columnInWords(column, found(byName, column.name))),
    checks: table.checks.map((check, position): Check => {
      const text = found(answer.checks, scratchNames.check(position))
      return { ...check, expression: { kind: 'sql', sql: expressionIn(text, wording) } }
    }),
    uniques: table.uniques.map((unique, position) =>
      indexInWords(unique, answer, scratchNames.unique(position), wording),
    ),
    indexes: table.indexes.map((index, position) => indexInWords(index, answer, scratchNames.index(position), wording)),
  }
}

function printedColumn(column: CreatedColumn, wording: Wording): Column {
  const { name, type, collation, nullable, onUpdate, invisible, generated, fallback } = column
  const { variant, standIns } = wording
  const text =
    fallback === undefined
      ? undefined
      : variant.createdDefault(fallback, type, (one, form) => standIns.restore(one, form))
  return columnOf(
    {
      name,
      type: standIns.restore(type, variant.astral.inLiterals),
      nullable,
      fallback: text,
      onUpdate,
      invisible,
      autoIncrement: false,
      generated:
        generated === undefined ? undefined : { ...generated, expression: expressionIn(generated.expression, wording) },
      collation,
      comment: '',
    },
    wording.place,
  )
}

/** A generated column is nullable where the server knows no other. */
function columnInWords(column: Column, answer: Column): Column {
  const { type, default: fallback, generated, collation } = answer
  const nullable = generated === undefined ? column.nullable : answer.nullable
  return defined({ ...column, type, nullable, default: fallback, generated, collation })
}

function indexInWords<T extends Index | Unique>(index: T, answer: CreatedTable, own: string, wording: Wording): T {
  if (!isSpelled(index)) return index
  const parts = found(answer.indexes, own)
  return {
    ...index,
    parts: index.parts.map((part, position) => partInWords(part, parts[position], wording)),
  }
}

function partInWords(declared: IndexPart, part: CreatedPart | undefined, wording: Wording): IndexPart {
  invariant(part !== undefined, 'an index has the parts that it was given')
  const { column, expression, prefix } = part
  const said: Expression =
    column === undefined
      ? { kind: 'sql', sql: expressionIn(expression ?? '', wording) }
      : { kind: 'column', name: column }
  return defined({ ...declared, expression: said, prefix })
}

function expressionIn(text: string, { standIns, variant }: Wording): string {
  return standIns.restore(text, variant.astral.inExpressions)
}

function found<T>(things: ReadonlyMap<string, T>, wanted: string): T {
  const thing = things.get(wanted)
  invariant(thing !== undefined, `${wanted} was read`)
  return thing
}
