import { defined } from '../lib/defined.ts'
import type {
  CheckDeclaration,
  CoveringDeclaration,
  ExclusionDeclaration,
  IndexDeclaration,
  ModelOptions,
  PartDeclaration,
  UniqueDeclaration,
} from '../models/declarations.ts'
import type { Expression } from '../schema/expression.ts'
import type { Check, Exclusion, Index, IndexPart, Table, Unique } from '../schema/schema.ts'
import { generatedName, nameLimit } from '../state/names.ts'
import type { Names } from './identifiers.ts'
import type { ReadFields } from './read-fields.ts'
import type { SingleParts } from './read-singles.ts'
import { type Source, verbatimSql } from './source.ts'

/** Whose parts are read, and what of them its fields say already. */
export interface PartsSite {
  readonly table: Table
  readonly read: ReadFields
  readonly singles: SingleParts
  readonly source: Source
  /** The names of the database's that are given: each once in all models. */
  readonly names: Names
}

/** The indexes and constraints of a table as its model declares them; what no declaration can say is left out. */
export function readParts(site: PartsSite): Pick<ModelOptions, 'indexes' | 'constraints'> {
  const { table, read, singles } = site
  const said = new Set<Index | Unique>([
    ...singles.uniques.values(),
    ...singles.indexes.values(),
    ...singles.ofForeignKeys,
  ])
  const indexes = table.indexes.filter((index) => !said.has(index)).flatMap((index) => indexOf(index, site))
  const constraints = [
    ...table.uniques.filter((unique) => !said.has(unique)).flatMap((unique) => uniqueOf(unique, site)),
    ...table.checks.filter((check) => !read.checks.has(check)).map((check) => checkOf(check, site)),
    ...(table.exclusions ?? []).flatMap((exclusion) => exclusionOf(exclusion, site)),
  ]
  return { ...(indexes.length > 0 && { indexes }), ...(constraints.length > 0 && { constraints }) }
}

function indexOf(index: Index, site: PartsSite): readonly IndexDeclaration[] {
  const covering = coveringOf(index, 'idx', site)
  const isSaid = index.method === undefined || 'works' in site.source.dialect.support.indexMethod
  if (covering === undefined || index.invalid || !isSaid) return []
  return [{ ...covering, ...(index.method === undefined ? {} : { method: index.method }) }]
}

function uniqueOf(unique: Unique, site: PartsSite): readonly UniqueDeclaration[] {
  const { nullsNotDistinct, deferrable } = unique
  // Rows that differ behind the length of a part are equal to such a one, which no model asks for.
  const covering = unique.parts.some(({ prefix }) => prefix !== undefined)
    ? undefined
    : coveringOf(unique, 'uniq', site)
  return covering === undefined ? [] : [{ kind: 'unique', ...covering, ...defined({ nullsNotDistinct, deferrable }) }]
}

function coveringOf(part: Index | Unique, kind: 'idx' | 'uniq', site: PartsSite): CoveringDeclaration | undefined {
  const parts = part.parts.map((one) => partOf(one, site)).filter((one) => one !== undefined)
  if (parts.length < part.parts.length) return undefined
  const name = givenName(part, kind, site)
  const include = part.include?.map((column) => fieldOf(column, site))
  const where = part.where && verbatimSql(part.where, site.source.dialect)
  return { ...defined({ name }), parts, ...defined({ where, include }) }
}

/** No part of an index can be told another collation than its column's. */
function partOf(part: IndexPart, site: PartsSite): PartDeclaration | undefined {
  const { expression, descending, nulls, operatorClass, collation, prefix } = part
  if (collation !== undefined) return undefined
  const order = defined({ descending, nulls, operatorClass })
  return expression.kind === 'column'
    ? { field: fieldOf(expression.name, site), ...order, ...defined({ prefixLength: prefix }) }
    : { expression: verbatimSql(expression, site.source.dialect), ...order }
}

/** The name that somebody gave; none where it is not needed, or is no name that every database can have. */
function givenName(part: Index | Unique, kind: 'idx' | 'uniq', { table, names }: PartsSite): string | undefined {
  const columns = part.parts.flatMap(({ expression }) => (expression.kind === 'column' ? [expression.name] : []))
  const isGenerated = part.generatedName || part.name === generatedName(kind, table.name, columns)
  if (isGenerated || !isUsable(part.name)) return undefined
  return names.take(part.name) ? part.name : undefined
}

/** A check must have a name, and that is no other's: one that is used again gets another in the models. */
function checkOf({ name, expression }: Check, { table, names, source }: PartsSite): CheckDeclaration {
  const generated = generatedName('check', table.name, [])
  const wanted = name !== '' && isUsable(name) ? name : generated
  return { kind: 'check', name: names.claim(wanted, generated), condition: verbatimSql(expression, source.dialect) }
}

function exclusionOf(exclusion: Exclusion, site: PartsSite): readonly ExclusionDeclaration[] {
  const { name, method, elements, where, deferrable } = exclusion
  const over = (expression: Expression) =>
    expression.kind === 'column'
      ? { field: fieldOf(expression.name, site) }
      : { expression: verbatimSql(expression, site.source.dialect) }
  if (!isUsable(name)) return []
  return [
    {
      kind: 'exclusion',
      name: site.names.claim(name),
      ...defined({ method }),
      elements: elements.map(({ expression, operator, operatorClass }) => ({
        ...over(expression),
        operator,
        ...defined({ operatorClass }),
      })),
      ...defined({ where: where && verbatimSql(where, site.source.dialect), deferrable }),
    },
  ]
}

function fieldOf(column: string, { read }: PartsSite): string {
  return read.fields.get(column)?.name ?? column
}

/** Whether models may use a name of a database's: what they hold is for all of them. */
export function isUsable(name: string): boolean {
  return (
    name.trim() !== '' &&
    !/[\0-\x1f]/.test(name) &&
    Buffer.byteLength(name) <= nameLimit &&
    !/^(?:godwit_|sqlite_)/i.test(name)
  )
}
