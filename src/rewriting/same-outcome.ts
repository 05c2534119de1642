import { GodwitError } from '../errors/error.ts'
import { databaseOptions } from '../fields/database-options.ts'
import { differencesBetween } from '../lib/differences-between.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import { type Change, isObjectChange, tableOf } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { project } from '../state/project.ts'
import { keyOf, type ModelState, modelsOf, type ProjectState } from '../state/project-state.ts'
import { modelsEqual, optionsEqual, statesEqual } from '../state/states-equal.ts'

/**
 * The proof behind every history that is made anew: how what came out differs from what was to come out, a clause each without a full stop; empty
 * where both States say the same and every dialect makes the same tables of them. What rows go through on the way is not its job.
 */
export function differencesOfOutcome(
  expected: ProjectState,
  actual: ProjectState,
  dialects: readonly Dialect[],
): readonly string[] {
  const inState = statesEqual(expected, actual) ? [] : differencesOfStates(expected, actual)
  return [...inState, ...dialects.flatMap((dialect) => differencesOfSchemas(expected, actual, dialect))]
}

function differencesOfStates(expected: ProjectState, actual: ProjectState): readonly string[] {
  const [wanted, found] = [modelsByKey(expected), modelsByKey(actual)]
  return [
    ...differencesOfMaps(wanted, found, 'the model ', differencesOfModels),
    ...differencesOfMaps(expected.objects, actual.objects, 'the ', (key, one, other) =>
      structuralEqual(one.object, other.object) ? [] : withPath(`the ${key}`, one.object, other.object),
    ),
  ]
}

function differencesOfModels(key: string, wanted: ModelState, found: ModelState): readonly string[] {
  if (modelsEqual(wanted, found)) return []
  const fields = differencesOfMaps(fieldsByName(wanted), fieldsByName(found), `the field ${key}.`, (name, one, other) =>
    withPath(`the field ${key}.${name}`, one, other),
  )
  return optionsEqual(wanted.options, found.options)
    ? fields
    : [...fields, ...withPath(`the options of ${key}`, wanted.options, found.options)]
}

/** What is missing, what is too much, and what differs in what both have. */
function differencesOfMaps<Thing>(
  wanted: ReadonlyMap<string, Thing>,
  found: ReadonlyMap<string, Thing>,
  called: string,
  compare: (key: string, wanted: Thing, found: Thing) => readonly string[],
): readonly string[] {
  const surplus = [...found.keys()].filter((key) => !wanted.has(key)).map((key) => `${called}${key} is too much`)
  const others = [...wanted].flatMap(([key, one]) => {
    const other = found.get(key)
    return other === undefined ? [`${called}${key} is missing`] : compare(key, one, other)
  })
  return [...others, ...surplus]
}

function differencesOfSchemas(expected: ProjectState, actual: ProjectState, dialect: Dialect): readonly string[] {
  const wanted = schemaOrReason(expected, dialect)
  const found = schemaOrReason(actual, dialect)
  if ('reason' in wanted || 'reason' in found) {
    // A kind of database that cannot have the models, as when an app lives on another one, refuses both alike.
    const [one, other] = ['reason' in wanted, 'reason' in found]
    return one === other ? [] : [`on ${dialect.name} only ${one ? 'the result' : 'the original'} can be had`]
  }
  const changes = diff(wanted.schema, found.schema, { match: 'name', comparison: dialect.comparison })
  return changes.map((change) => `on ${dialect.name}: ${changeInWords(change)}`)
}

function schemaOrReason(state: ProjectState, dialect: Dialect) {
  try {
    return { schema: project(state, dialect) }
  } catch (reason) {
    if (!(reason instanceof GodwitError)) throw reason
    return { reason }
  }
}

function changeInWords(change: Change): string {
  const kind = change.kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return isObjectChange(change) ? kind : `${kind} on table ${tableOf(change)}`
}

function modelsByKey(state: ProjectState): ReadonlyMap<string, ModelState> {
  return new Map([...modelsOf(state)].map((model) => [keyOf(model), model]))
}

function fieldsByName(model: ModelState): ReadonlyMap<string, object> {
  return new Map(model.fields.map(({ name, field }) => [name, databaseOptions(field)]))
}

function withPath(subject: string, wanted: unknown, found: unknown): readonly string[] {
  return differencesBetween(wanted, found).map((difference) => `${subject}: ${difference}`)
}
