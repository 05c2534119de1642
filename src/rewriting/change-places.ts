import { kindOf } from '../fields/kinds.ts'
import type { Operation } from '../operations/operation.ts'
import { all, type Part } from '../optimizer/footprint.ts'
import type { CodeEffect, Effect, SchemaEffect } from './effects.ts'
import { partInWords } from './part-in-words.ts'

/** Why two operations of different branches may not change places. */
export interface Obstacle {
  /** `clash`: they do not. `unproven`: nobody but the author of the code can know. */
  readonly kind: 'clash' | 'unproven'
  /** A clause: `both concern the field note of billing.Invoice`. */
  readonly reason: string
}

/**
 * What stands in the way of two operations with these effects being done in either order; undefined when nothing does, or nothing but what the State
 * decides: who takes a column that the other gives up, or deletes a model that the other no longer refers to, is found by replaying both orders.
 */
export function obstacleBetween(first: readonly Effect[], second: readonly Effect[]): Obstacle | undefined {
  const obstacles = first.flatMap((one) => second.flatMap((other) => between(one, other) ?? []))
  return obstacles.find(({ kind }) => kind === 'clash') ?? obstacles[0]
}

function between(one: Effect, other: Effect): Obstacle | undefined {
  if (one.kind === 'schema') return other.kind === 'schema' ? betweenSchemas(one, other) : betweenCode(other, one)
  return other.kind === 'schema' ? betweenCode(one, other) : betweenTwoCodes(one, other)
}

function betweenSchemas(one: SchemaEffect, other: SchemaEffect): Obstacle | undefined {
  const [first, second] = [one.footprint, other.footprint]
  const met = [
    ...meeting(first.writes, [...second.writes, ...second.reads]),
    ...meeting(second.writes, first.reads),
  ].filter((part) => !isCoveredField(part, one.operation, other.operation))
  const [nearest] = met.toSorted((a, b) => rank(a) - rank(b))
  return nearest && { kind: 'clash', reason: `both concern ${partInWords(nearest)}` }
}

/** The parts in which two lists meet; of a whole model and a part of it, the part. */
function meeting(parts: readonly Part[], others: readonly Part[]): readonly Part[] {
  return parts.flatMap((part) =>
    others.flatMap((other) => {
      if (part.model !== other.model) return []
      if (part.part === other.part || other.part === all) return [part]
      return part.part === all ? [other] : []
    }),
  )
}

/** A field that one alters, and that stays the one which the index or constraint of the other is over. */
function isCoveredField({ part }: Part, one: Operation, other: Operation): boolean {
  if (!part.startsWith('field ')) return false
  return (one.kind === 'alterField' && covers(other)) || (other.kind === 'alterField' && covers(one))
}

function covers(operation: Operation): boolean {
  return 'index' in operation || 'constraint' in operation
}

/** The more a part says, the better it explains. */
function rank({ part }: Part): number {
  if (part === all) return 2
  return part.includes(' ') ? 0 : 1
}

function betweenCode(code: CodeEffect, { operation, footprint }: SchemaEffect): Obstacle | undefined {
  const { models, fields } = code
  if (models === undefined) return unknownReach(code)
  const written = footprint.writes.filter(({ model }) => models.includes(model))
  const [first] = written
  if (first === undefined) return betweenReached(code, footprint.writes, operation)
  if (code.rowsOnly && isHarmless(operation)) return undefined
  if (fields !== undefined) return betweenFields(code, fields, [...written, ...footprint.reads], operation)
  const reason = `${code.called} works with ${first.model}`
  return { kind: code.rowsOnly && takesModelAway(operation) ? 'clash' : 'unproven', reason }
}

/** Code writes the rows of the models that it declares, and may ask about those that relations lead to. */
function betweenReached(
  { called, reached }: CodeEffect,
  writes: readonly Part[],
  operation: Operation,
): Obstacle | undefined {
  const found = writes.find(({ model }) => reached?.has(model))
  if (found === undefined || !takesNameAway(operation)) return undefined
  return { kind: 'unproven', reason: `relations lead ${called} to ${found.model}` }
}

/** Code that is about some fields only minds what becomes of these, and of the model. */
function betweenFields(
  { called, models: [model = ''] = [] }: CodeEffect,
  fields: ReadonlySet<string>,
  parts: readonly Part[],
  operation: Operation,
): Obstacle | undefined {
  const nearest = parts.find((part) => part.model === model && isOneOf(fields, part))
  if (nearest !== undefined) {
    const kind = operation.kind === 'removeField' || operation.kind === 'renameField' ? 'clash' : 'unproven'
    return { kind, reason: `${called} works with ${partInWords(nearest)}` }
  }
  const isWhole = parts.some(({ part }) => part === all || part === 'options')
  if (!isWhole) return undefined
  return { kind: takesModelAway(operation) ? 'clash' : 'unproven', reason: `${called} works with ${model}` }
}

/** Whether a part is one of these fields: a relation goes by its own name or by that of its key. */
function isOneOf(fields: ReadonlySet<string>, { part }: Part): boolean {
  const [, field] = /^field (.*)$/s.exec(part) ?? []
  return field !== undefined && [field, `${field}Id`, `${field}_id`].some((name) => fields.has(name))
}

function betweenTwoCodes(one: CodeEffect, other: CodeEffect): Obstacle | undefined {
  if (one.models === undefined || other.models === undefined) {
    return unknownReach(one.models === undefined ? one : other)
  }
  const { models, fields } = other
  const shared = one.models.find((model) => models.includes(model))
  if (shared === undefined) return undefined
  if (one.fields !== undefined && fields !== undefined && one.fields.isDisjointFrom(fields)) return undefined
  return { kind: 'unproven', reason: `both work with ${shared}` }
}

function unknownReach({ called, declares }: CodeEffect): Obstacle {
  const how = declares ? ', as its `models` would' : ''
  return { kind: 'unproven', reason: `nothing says what ${called} reads and changes${how}` }
}

/** Whether code over the rows of the model goes on as before, and its rows do. */
function isHarmless(operation: Operation): boolean {
  switch (operation.kind) {
    case 'createModel':
    case 'addIndex':
    case 'addIndexConcurrently':
    case 'removeIndex':
    case 'removeIndexConcurrently':
    case 'renameIndex':
    case 'alterModelTableComment':
      return true
    case 'addField': {
      const { null: isNullable, default: given, expression } = operation.field
      return (
        isNullable === true ||
        given !== undefined ||
        expression !== undefined ||
        kindOf(operation.field).relation === 'manyToMany'
      )
    }
    default:
      return false
  }
}

/** Whether code that knows the model by its name cannot go on. */
function takesModelAway({ kind }: Operation): boolean {
  return kind === 'deleteModel' || kind === 'renameModel' || kind === 'moveModel'
}

/** Whether a question about rows of the model may be another one, or none, afterwards. */
function takesNameAway(operation: Operation): boolean {
  const { kind } = operation
  return takesModelAway(operation) || kind === 'removeField' || kind === 'renameField' || kind === 'alterField'
}
