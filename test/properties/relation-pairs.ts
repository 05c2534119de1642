import { relationOf } from '../../src/fields/database-options.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { name, sql } from '../../src/schema/sql.ts'
import { columnName, joinColumnNames, joinTableName, tableName } from '../../src/state/names.ts'
import { findField, findModel, type ProjectState } from '../../src/state/project-state.ts'
import { keyFields } from '../../src/state/table-facets.ts'
import type { FieldSpec, ModelSpec, ProjectSpec } from './project-spec.ts'

/** What each relation pairs, wherever it is kept, by the id of its field: `1-2`, sorted. */
export type RelationPairs = ReadonlyMap<number, readonly string[]>

/** Reads the pairs of every relation of a project that a database holds. */
export async function readPairs(session: Session, project: ProjectSpec, state: ProjectState): Promise<RelationPairs> {
  const pairs = new Map<number, readonly string[]>()
  for (const model of project.models) {
    for (const field of model.fields) {
      if (field.target !== undefined) pairs.set(field.id, await pairsOf(session, state, model, field))
    }
  }
  return pairs
}

/** The relations that must pair what they paired before: those between models that stay, to the same target, whose name no other takes. */
export function keptRelations(
  before: ProjectSpec,
  after: ProjectSpec,
  start: ProjectState,
  end: ProjectState,
): readonly number[] {
  const stays = (id: number | undefined): boolean => {
    const [old, now] = [before, after].map(({ models }) => models.find((model) => model.id === id))
    if (old === undefined || now === undefined) return false
    const identity = findModel(start, `${old.app}.${old.name}`)?.identity
    return identity !== undefined && findModel(end, `${now.app}.${now.name}`)?.identity === identity
  }
  const later = new Map(after.models.flatMap((model) => model.fields.map((field) => [field.id, { model, field }])))
  return before.models.flatMap((model) =>
    model.fields.flatMap((field) => {
      const now = later.get(field.id)
      const same = now?.model.id === model.id && now.field.target === field.target && field.target !== undefined
      // A field of the name that another one had is taken for that one, which then goes.
      const isTaken = now?.model.fields.some(({ id, name: its }) => id !== field.id && its === field.name)
      return same && isTaken === false && stays(model.id) && stays(field.target) ? [field.id] : []
    }),
  )
}

async function pairsOf(
  session: Session,
  state: ProjectState,
  { app, name: modelName }: ModelSpec,
  { name: fieldName }: FieldSpec,
): Promise<readonly string[]> {
  const model = findModel(state, `${app}.${modelName}`)
  const entry = model && findField(model, fieldName)
  const [key] = model === undefined ? [] : keyFields(model)
  if (model === undefined || entry === undefined || key === undefined) throw new Error(`no ${modelName}.${fieldName}`)
  const table = tableName(model.app, model.name, model.options)
  const target = findModel(state, String(entry.field.to))
  const joined = joinColumnNames(model.name, target?.name ?? '')
  const isJoin = relationOf(entry.field) === 'manyToMany'
  const [source, other] = isJoin
    ? [joined.source, joined.target]
    : [columnName(key.name, key.field), columnName(fieldName, entry.field)]
  const from = session.dialect.spelling.table(isJoin ? joinTableName(table, fieldName, entry.field) : table)
  const rows = await session.query(
    sql`SELECT ${name(source)} AS source, ${name(other)} AS target FROM ${from} WHERE ${name(other)} IS NOT NULL`,
  )
  return rows.map((row) => `${String(row['source'])}-${String(row['target'])}`).sort()
}
