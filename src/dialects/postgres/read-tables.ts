import { defined } from '../../lib/defined.ts'
import { invariant } from '../../lib/invariant.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Exclusion, ExclusionElement, Index, Table, Unique } from '../../schema/schema.ts'
import type { Naming, Query, Relation } from './catalog.ts'
import { type NumberedColumn, readColumns } from './read-columns.ts'
import { type NumberedConstraint, readConstraints } from './read-constraints.ts'
import { readParts } from './read-index-parts.ts'
import { type NumberedIndex, readIndexes } from './read-indexes.ts'

/** Reads tables that were found, in three queries. */
export async function readTables(
  query: Query,
  relations: readonly Relation[],
  naming: Naming,
): Promise<readonly Table[]> {
  if (relations.length === 0) return []
  const oids = relations.map(({ oid }) => oid)
  const columns = await readColumns(query, oids)
  const constraints = await readConstraints(query, oids, naming)
  const indexes = await readIndexes(query, oids)
  return relations.map((relation) =>
    assemble(
      relation,
      columns.get(relation.oid) ?? [],
      constraints.get(relation.oid) ?? [],
      indexes.get(relation.oid) ?? [],
    ),
  )
}

function assemble(
  { name, comment }: Relation,
  columns: readonly NumberedColumn[],
  constraints: readonly NumberedConstraint[],
  indexes: readonly NumberedIndex[],
): Table {
  const names = new Map(columns.map(({ number, column }) => [number, column.name]))
  const nameOf = (number: number): string => {
    const found = names.get(number)
    invariant(found !== undefined, `column ${number} of ${name} was read`)
    return found
  }
  const byOid = new Map(indexes.map((index) => [index.oid, index]))
  const behind = ({ index }: { readonly index: string }): NumberedIndex => {
    const found = byOid.get(index)
    invariant(found !== undefined, `index ${index} of ${name} was read`)
    return found
  }
  const primaryKey = constraints.find(({ kind }) => kind === 'primaryKey')
  const uniques = constraints.filter((constraint) => constraint.kind === 'unique')
  const exclusions = constraints.filter((constraint) => constraint.kind === 'exclusion')
  const owned = new Set([...uniques, ...exclusions].map(({ index }) => index))
  const free = indexes.filter(({ oid }) => !owned.has(oid))
  const isUnique = ({ unique, valid }: NumberedIndex): boolean => unique && valid
  return {
    name,
    columns: columns.map(({ column }) => column),
    ...(primaryKey?.kind === 'primaryKey'
      ? { primaryKey: { columns: primaryKey.columns.map(nameOf), name: primaryKey.name } }
      : {}),
    uniques: [
      ...uniques.map((unique) => readUnique(behind(unique), nameOf, unique)),
      ...free.filter(isUnique).map((index) => readUnique(index, nameOf)),
    ],
    foreignKeys: constraints
      .filter((constraint) => constraint.kind === 'foreignKey')
      .map(({ kind, columns: numbers, ...rest }) => defined({ ...rest, columns: numbers.map(nameOf) })),
    checks: constraints.flatMap((constraint) => (constraint.kind === 'check' ? [constraint.check] : [])),
    indexes: free.filter((index) => !isUnique(index)).map((index) => readIndex(index, nameOf)),
    ...(exclusions.length === 0
      ? {}
      : { exclusions: exclusions.map((exclusion) => readExclusion(behind(exclusion), nameOf, exclusion)) }),
    ...(comment === undefined ? {} : { comment }),
  }
}

type NameOf = (number: number) => string

function readUnique(index: NumberedIndex, nameOf: NameOf, constraint?: Pick<Unique, 'name' | 'deferrable'>): Unique {
  return defined({
    name: constraint?.name ?? index.name,
    ...whatAnIndexHolds(index, nameOf),
    nullsNotDistinct: index.nullsNotDistinct ? (true as const) : undefined,
    deferrable: constraint?.deferrable,
    form: constraint === undefined ? ('index' as const) : ('constraint' as const),
  })
}

/** A unique index whose build failed keeps nobody from anything: it is read as the index that it is not either. */
function readIndex(index: NumberedIndex, nameOf: NameOf): Index {
  return defined({
    name: index.name,
    ...whatAnIndexHolds(index, nameOf),
    method: index.method === 'btree' ? undefined : index.method,
    invalid: index.valid ? undefined : (true as const),
  })
}

function whatAnIndexHolds(index: NumberedIndex, nameOf: NameOf): Pick<Index, 'parts' | 'where' | 'include'> {
  const include = index.columns.slice(index.keyLength).map(nameOf)
  return {
    parts: readParts(index, nameOf),
    ...(index.where === undefined ? {} : { where: raw(index.where) }),
    ...(include.length === 0 ? {} : { include }),
  }
}

function readExclusion(
  index: NumberedIndex,
  nameOf: NameOf,
  { name, deferrable, operators }: Extract<NumberedConstraint, { kind: 'exclusion' }>,
): Exclusion {
  const elements = readParts(index, nameOf).map(
    ({ expression, operatorClass }, position): ExclusionElement =>
      defined({ expression, operator: operators[position] ?? '', operatorClass }),
  )
  return defined({
    name,
    method: index.method === 'gist' ? undefined : index.method,
    elements,
    where: index.where === undefined ? undefined : raw(index.where),
    deferrable,
  })
}

function raw(text: string): Expression {
  return { kind: 'sql', sql: text }
}
