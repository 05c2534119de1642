import type { GodwitError } from '../../errors/error.ts'
import { hasColumn } from '../../fields/database-options.ts'
import { columnName, inSchema, joinColumnNames, joinTableName, nameLimit, splitTableName, tableName } from '../names.ts'
import { enumUses } from '../native-enums.ts'
import { keyOf, type ModelState, modelsOf, type ProjectState, splitModelKey } from '../project-state.ts'
import { mistake } from './mistake.ts'

/** Of fields and models alike, so that the name in the database, and the way back from it, are never in doubt. */
const identifier = /^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$/

// The second is SQLite's own. One rule for all databases, so that a model that one takes is taken by all.
const reservedPrefixes = ['godwit_', 'sqlite_']

/** Whether a model can be called this. */
export function isModelName(name: string): boolean {
  return identifier.test(name) && /^[A-Z]/.test(name)
}

/** Whether a field can be called this. */
export function isFieldName(name: string): boolean {
  return identifier.test(name)
}

/** A name in the database: what it is of, and whose it is. */
interface DatabaseName {
  readonly owner: string
  readonly what: 'schema' | 'table' | 'column' | 'join table' | 'index' | 'constraint' | 'type'
  readonly name: string
  /** The schema that it stands in, where that is not the default one. */
  readonly schema?: string
}

/** Names that a database refuses, cuts short or keeps for itself. */
export function* nameMistakes(state: ProjectState): Generator<GodwitError> {
  for (const named of databaseNames(state)) {
    const { owner, what, name } = named
    const bytes = Buffer.byteLength(name)
    const prefix = reservedPrefixes.find((reserved) => name.toLowerCase().startsWith(reserved))
    if (name.trim() === '' || /[\0-\x1f]/.test(name)) yield mistake('models.unusableName', { owner, what, name })
    if (bytes > nameLimit) yield mistake('models.nameTooLong', { owner, what, name, bytes, limit: nameLimit })
    if (prefix !== undefined && what !== 'column') yield mistake('models.reservedName', { owner, what, name, prefix })
  }
}

/** Names of tables and schemas with a dot in them, which is what stands between the two. */
export function* dottedNameMistakes(state: ProjectState): Generator<GodwitError> {
  for (const model of modelsOf(state)) {
    const owner = keyOf(model)
    const { table, schema } = model.options
    if (table?.includes('.')) {
      const apart = splitTableName(table)
      const fix = `Use schema, which is an option of its own: schema: '${apart.schema}', table: '${apart.table}'.`
      yield mistake('models.dottedName', { owner, what: 'table', name: table, fix })
    }
    if (schema?.includes('.')) {
      yield mistake('models.dottedName', { owner, what: 'schema', name: schema, fix: 'Choose a name without a dot.' })
    }
    for (const { name, field } of model.fields) {
      if (!field.table?.includes('.')) continue
      const fix = 'Name the table alone: it stands in the schema of its model.'
      yield mistake('models.dottedName', { owner: `${owner}.${name}`, what: 'join table', name: field.table, fix })
    }
  }
}

/** Two tables of one name, and two names of which some database can have only one. */
export function* duplicateNameMistakes(state: ProjectState): Generator<GodwitError> {
  const taken = new Map<string, DatabaseName>()
  for (const named of databaseNames(state)) {
    const keys = listsOf(named.what).map((list) => `${list} ${inSchema(named.schema, named.name)}`.toLowerCase())
    const other = keys.map((key) => taken.get(key)).find((found) => found !== undefined)
    for (const key of keys) taken.set(key, taken.get(key) ?? named)
    if (other === undefined) continue
    if (isTable(other) && isTable(named)) {
      yield mistake('models.duplicateTable', { table: named.name, owners: [other.owner, named.owner] })
    } else {
      yield mistake('models.duplicateName', { name: named.name, owners: [inWords(other), inWords(named)] })
    }
  }
}

/** The lists of names in which a database keeps something; a table brings a type of its rows along. */
function listsOf(what: DatabaseName['what']): readonly string[] {
  if (what === 'schema' || what === 'column') return []
  if (what === 'type') return ['types']
  return what === 'index' || what === 'constraint' ? ['relations'] : ['relations', 'types']
}

/** Two fields of a model with the same column. */
export function* duplicateColumnMistakes(state: ProjectState): Generator<GodwitError> {
  for (const model of modelsOf(state)) {
    const taken = new Map<string, string>()
    for (const { name, field } of model.fields) {
      if (!hasColumn(field)) continue
      const column = columnName(name, field)
      const other = taken.get(column.toLowerCase())
      taken.set(column.toLowerCase(), other ?? name)
      if (other !== undefined) {
        yield mistake('models.duplicateColumn', { model: keyOf(model), fields: [other, name], column })
      }
    }
  }
}

function isTable({ what }: DatabaseName): boolean {
  return what === 'table' || what === 'join table'
}

function inWords({ what, owner }: DatabaseName): string {
  return `the ${what} of ${owner}`
}

function* databaseNames(state: ProjectState): Generator<DatabaseName> {
  for (const model of modelsOf(state)) {
    const owner = keyOf(model)
    const { schema, indexes = [], constraints = [] } = model.options
    const place = schema === undefined ? {} : { schema }
    if (schema !== undefined) yield { owner, what: 'schema', name: schema }
    yield { owner, what: 'table', name: bareTableName(model), ...place }
    for (const named of fieldNames(model)) yield { ...named, ...place }
    for (const { name } of indexes) if (name !== undefined) yield { owner, what: 'index', name, ...place }
    for (const { name } of constraints) if (name !== undefined) yield { owner, what: 'constraint', name, ...place }
  }
  const types = Map.groupBy(enumUses(state), ({ object }) => object.name)
  for (const [name, [first]] of types) if (first !== undefined) yield { owner: first.owner, what: 'type', name }
}

function* fieldNames(model: ModelState): Generator<DatabaseName> {
  for (const { name, field } of model.fields) {
    const owner = `${keyOf(model)}.${name}`
    if (hasColumn(field)) yield { owner, what: 'column', name: columnName(name, field) }
    else if (field.through === undefined) {
      const columns = joinColumnNames(model.name, splitModelKey(String(field.to)).name)
      yield { owner, what: 'join table', name: joinTableName(bareTableName(model), name, field) }
      yield { owner, what: 'column', name: columns.source }
      yield { owner, what: 'column', name: columns.target }
    }
  }
}

/** A table without its schema, which is measured and kept apart. */
function bareTableName({ app, name, options: { schema: _, ...options } }: ModelState): string {
  return tableName(app, name, options)
}
