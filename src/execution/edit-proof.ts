import type { EditedMigration } from '../history/edited.ts'
import { splitMigrationKey } from '../history/migration.ts'
import type { OperationEdit } from '../history/operation-edits.ts'
import type { RecordedOperation } from '../history/recorder.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { touches } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import { parseOperations } from '../operations/parse-operations.ts'
import { isObjectChange, tableOf } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { objectKey, type Schema } from '../schema/schema.ts'
import { splitTableName } from '../state/names.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { project } from '../state/project.ts'
import { projectModel } from '../state/project-model.ts'
import { findModel, type ModelState, modelsOf, type ProjectState } from '../state/project-state.ts'

/** What of a database an edit is about: its proof is that these are as the edited files have them. */
export interface Concern {
  readonly tables: ReadonlySet<string>
  /** Enum types, extensions and collations, by `objectKey`. */
  readonly objects: ReadonlySet<string>
  /** What only memory without the edits has, as `table blog_tag`: no model speaks of it any more, and it must not be there either. */
  readonly undone: ReadonlySet<string>
}

/** Memory as it is, and as it is with the edits; `before` is absent where the record alone cannot be replayed. */
export interface BothMemories {
  readonly before: ProjectState | undefined
  readonly after: ProjectState
}

/**
 * The tables that edits concern: those that are not the same in both memories, and those of the models that the edited operations work on. Where that
 * cannot be told, all of the migration's app.
 */
export function concernOf(
  edited: readonly EditedMigration[],
  memories: BothMemories,
  { dialect, placement }: { readonly dialect: Dialect; readonly placement: Placement | undefined },
): Concern {
  const states = [memories.before, memories.after].flatMap((state) =>
    state === undefined ? [] : [stateIn(state, placement)],
  )
  const isUnknown = memories.before === undefined
  const models = edited.flatMap((one) => modelsOfEdit(one, states, isUnknown))
  const schemas = states.map((state) => project(state, dialect))
  const [before, after = before] = schemas
  const tables = [
    ...(before === undefined || after === undefined ? [] : tablesApart(before, after, dialect)),
    ...states.flatMap((state) => models.flatMap((model) => tablesOf(model, state, dialect))),
  ]
  return {
    tables: new Set(tables.flatMap((table) => [table, splitTableName(table).table])),
    objects: new Set(schemas.flatMap(({ objects }) => [...(objects?.values() ?? [])].map(objectKey))),
    undone: before === undefined || after === undefined ? new Set() : wholesIn(before).difference(wholesIn(after)),
  }
}

/** What stands for itself, and is not part of a table. */
function wholesIn({ tables, objects }: Schema): ReadonlySet<string> {
  return new Set([
    ...[...tables.keys()].map((table) => `table ${table}`),
    ...[...(objects?.values() ?? [])].map(({ kind, name }) => `${kind} ${name}`),
  ])
}

/** Each of the two was replayed by itself, so they share nothing but names. */
function tablesApart(before: Schema, after: Schema, { comparison }: Dialect): readonly string[] {
  const changes = diff(before, after, { match: 'name', comparison })
  return changes.flatMap((change) => (isObjectChange(change) ? [] : [tableOf(change)]))
}

/** What of an edit no inspection shows, a line each: what SQL and code do, and what existing rows were given. */
export function unseenOf({ edits }: EditedMigration): readonly string[] {
  return edits.flatMap((edit) => (isUnseen(edit) ? edit.lines : []))
}

const onRows = ['fillExisting', 'cast', 'copyFrom']

function isUnseen({ before, after }: OperationEdit): boolean {
  const one = before ?? after
  if (one === undefined) return false
  switch (one.kind) {
    case 'runSql':
    case 'runCode':
    case 'batched':
    case 'custom':
      return true
    case 'separateDatabaseAndState':
      return differ('databaseOperations', before, after)
    default:
      return onRows.some((key) => differ(key, before, after))
  }
}

function differ(key: string, before: RecordedOperation | undefined, after: RecordedOperation | undefined): boolean {
  return canonicalJson(before?.[key] ?? []) !== canonicalJson(after?.[key] ?? [])
}

/** The models that edited operations name, as the States know them; all of the app where one is named that neither State has. */
function modelsOfEdit(
  { key, edits }: EditedMigration,
  states: readonly ProjectState[],
  isUnknown: boolean,
): readonly string[] {
  const [app, migration] = splitMigrationKey(key)
  const operations = parseOperations(
    edits.flatMap(({ before, after }) => [before, after].filter((one) => one !== undefined)),
  )
  const onSchema = operations.filter((operation) => !isOnlyWork(operation))
  const named = onSchema.flatMap((operation) => touches(operation, { app, migration }).models)
  const isKnown = (model: string): boolean => states.some((state) => findModel(state, model) !== undefined)
  if (!isUnknown && operations.length > 0 && named.every(isKnown)) return named
  const own = states.flatMap((state) => [...modelsOf(state)]).filter((model) => model.app === app)
  return [...named.filter(isKnown), ...own.map(keyOfModel)]
}

function keyOfModel({ app, name }: ModelState): string {
  return `${app}.${name}`
}

/** Of code, and of SQL that says nothing of models, no Schema shows anything. */
function isOnlyWork(operation: Operation): boolean {
  if (operation.kind === 'runSql') return (operation.stateOperations ?? []).length === 0
  return operation.kind === 'runCode' || operation.kind === 'batched'
}

function tablesOf(key: string, state: ProjectState, dialect: Dialect): readonly string[] {
  const model = findModel(state, key)
  return model === undefined ? [] : projectModel(state, model, dialect).map(({ name }) => name)
}
