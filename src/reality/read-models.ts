import { defined } from '../lib/defined.ts'
import { snakeCase } from '../lib/snake-case.ts'
import type { Check, Table } from '../schema/schema.ts'
import { splitTableName, tableName } from '../state/names.ts'
import { type ModelState, modelKey, modelsOf } from '../state/project-state.ts'
import { freshNames, modelNameFrom, type Names, wordsOf } from './identifiers.ts'
import { withoutUsualPrefixes } from './index-prefixes.ts'
import { readFields } from './read-fields.ts'
import { isUsable, readParts } from './read-parts.ts'
import { type Relations, readRelations } from './read-relations.ts'
import { singleParts } from './read-singles.ts'
import { withRelatedNames } from './related-names.ts'
import { rowKeyOf, type Source } from './source.ts'

/** A model that was read out of a table. */
export interface ReadModel {
  readonly table: Table
  readonly model: ModelState
  /** The checks of the table that its fields bring along. */
  readonly fieldChecks: ReadonlySet<Check>
}

/** A table for which there is no model, and why, as a clause. */
export interface Unread {
  readonly table: string
  readonly why: string
}

/** What was read out of a database. */
export interface ReadModels {
  readonly models: readonly ReadModel[]
  readonly unread: readonly Unread[]
  readonly relations: Relations
}

/** Reads tables as the models that would make them. What no model can say is left out; `differences` tells it. */
export function readModels(tables: readonly Table[], source: Source): ReadModels {
  const unread = tables.flatMap((table) => {
    const why = whyNoModel(table)
    return why === undefined ? [] : [{ table: table.name, why }]
  })
  const left = new Set(unread.map(({ table }) => table))
  const readable = tables.filter(({ name }) => !left.has(name))
  const names = modelNames(readable, source)
  const keys = new Map([...names].map(([table, name]): [string, string] => [table, modelKey(source.app, name)]))
  const relations = readRelations(readable, keys, source)
  const given = freshNames([...readable.map(({ name }) => splitTableName(name).table), ...namesIn(source)])
  const models = readable.map((table, position) =>
    readModel(table, names.get(table.name) ?? '', String(-1 - position), { relations, source, names: given }),
  )
  return { models: withRelatedNames(models, source), unread, relations }
}

function whyNoModel(table: Table): string | undefined {
  const { schema = 'main', table: bare } = splitTableName(table.name)
  if (![schema, bare].every(isUsable)) return 'its name is none that a model can have'
  if (rowKeyOf(table) === undefined) return 'it has no primary key, and no unique that could be one'
  return undefined
}

/** `OrderLine` for `shop_order_line` in the app `shop`, and for `order_line`. */
function modelNames(tables: readonly Table[], { app, known }: Source): ReadonlyMap<string, string> {
  const names = freshNames(known.apps.get(app)?.keys())
  const prefix = `${snakeCase(app)}_`
  return new Map(
    tables.map(({ name }) => {
      const { schema = '', table } = splitTableName(name)
      const own = table.startsWith(prefix) ? table.slice(prefix.length) : table
      const whole = wordsOf(`${schema}_${table}`)
      return [name, names.claim(modelNameFrom(wordsOf(own)), modelNameFrom(whole))]
    }),
  )
}

/** The names of the database's that other models give. */
function* namesIn({ known }: Source): Generator<string> {
  for (const { options } of modelsOf(known)) {
    for (const { name } of [...(options.indexes ?? []), ...(options.constraints ?? [])])
      if (name !== undefined) yield name
  }
}

interface Site {
  readonly relations: Relations
  readonly source: Source
  readonly names: Names
}

function readModel(inspected: Table, name: string, identity: string, { relations, source, names }: Site): ReadModel {
  const { app, dialect } = source
  const table = withoutUsualPrefixes(inspected, dialect)
  const singles = singleParts(table, relations)
  const read = readFields(table, relations, singles, source)
  const { schema, table: bare } = splitTableName(table.name)
  const key = rowKeyOf(table)
  const fieldOf = (column: string): string => read.fields.get(column)?.name ?? column
  const comment = 'works' in dialect.support.comment ? table.comment : undefined
  const model: ModelState = {
    app,
    name,
    identity,
    fields: [...read.fields.values()].map((field, position) => ({ ...field, identity: `${identity}.${position}` })),
    options: {
      ...(tableName(app, name) === bare ? {} : { table: bare }),
      ...defined({ schema, comment }),
      ...(key?.declared === false ? { managed: false as const } : {}),
      ...(key !== undefined && key.columns.length > 1 ? { primaryKey: key.columns.map(fieldOf) } : {}),
      ...readParts({ table, read, singles, source, names }),
    },
  }
  return { table: inspected, model, fieldChecks: read.checks }
}
