import type { GodwitError } from '../../errors/error.ts'
import { hasColumn } from '../../fields/database-options.ts'
import { columnName, joinColumnNames, joinTableName, nameLimit, tableName } from '../names.ts'
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
  readonly what: 'table' | 'column' | 'join table' | 'index' | 'constraint'
  readonly name: string
}

/** Names that a database refuses, cuts short or keeps for itself. */
export function* nameMistakes(state: ProjectState): Generator<GodwitError> {
  for (const named of databaseNames(state)) {
    const { name } = named
    const bytes = Buffer.byteLength(name)
    const prefix = reservedPrefixes.find((reserved) => name.toLowerCase().startsWith(reserved))
    if (name.trim() === '' || /[\0-\x1f]/.test(name)) yield mistake('models.unusableName', named)
    if (bytes > nameLimit) yield mistake('models.nameTooLong', { ...named, bytes, limit: nameLimit })
    if (prefix !== undefined && named.what !== 'column') yield mistake('models.reservedName', { ...named, prefix })
  }
}

/** Two tables of one name, and two names of which some database can have only one. */
export function* duplicateNameMistakes(state: ProjectState): Generator<GodwitError> {
  const taken = new Map<string, DatabaseName>()
  for (const named of databaseNames(state)) {
    if (named.what === 'column') continue
    const key = named.name.toLowerCase()
    const other = taken.get(key)
    taken.set(key, other ?? named)
    if (other === undefined) continue
    if (isTable(other) && isTable(named)) {
      yield mistake('models.duplicateTable', { table: named.name, owners: [other.owner, named.owner] })
    } else {
      yield mistake('models.duplicateName', { name: named.name, owners: [inWords(other), inWords(named)] })
    }
  }
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
    yield { owner, what: 'table', name: tableName(model.app, model.name, model.options) }
    yield* fieldNames(model)
    for (const { name } of model.options.indexes ?? []) {
      if (name !== undefined) yield { owner, what: 'index', name }
    }
    for (const { name } of model.options.constraints ?? []) {
      if (name !== undefined) yield { owner, what: 'constraint', name }
    }
  }
}

function* fieldNames(model: ModelState): Generator<DatabaseName> {
  const table = tableName(model.app, model.name, model.options)
  for (const { name, field } of model.fields) {
    const owner = `${keyOf(model)}.${name}`
    if (hasColumn(field)) yield { owner, what: 'column', name: columnName(name, field) }
    else if (field.through === undefined) {
      const columns = joinColumnNames(model.name, splitModelKey(String(field.to)).name)
      yield { owner, what: 'join table', name: joinTableName(table, name, field) }
      yield { owner, what: 'column', name: columns.source }
      yield { owner, what: 'column', name: columns.target }
    }
  }
}
