import { fail } from '../errors/error.ts'
import { relationOf } from '../fields/database-options.ts'
import type { Field } from '../fields/field.ts'
import { snakeCase } from '../lib/snake-case.ts'
import { type Expression, mapColumns } from '../schema/expression.ts'
import type { Intent } from '../schema/intent.ts'
import type { Value } from '../schema/value.ts'
import { columnNames } from '../state/column-expressions.ts'
import { findField, keyOf, type ModelState, modelKey } from '../state/project-state.ts'
import { fieldsIn } from '../state/uses-of-field.ts'
import { withField } from '../state/with-field.ts'
import { modelUnder } from '../state/with-model.ts'
import {
  requireColumns,
  requireField,
  requireFreeColumn,
  requireModel,
  requireTargets,
  siteOf,
  sourceOf,
} from './checks.ts'
import { requireEnum } from './find-object.ts'
import type { AlterField } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Replaces the definition of a field, whole. `fillExisting` replaces the NULLs when the field becomes NOT NULL, `fillRestored` when unapplying makes
 * it so again; `cast` is the new value of the old, over fields, where the database needs to be told, and `castRestored` the way back.
 *
 * @example
 * alterField({ model: 'Invoice', name: 'note', field: f.text(), fillExisting: '' })
 */
export function alterField(options: Omit<AlterField, 'kind'>): AlterField {
  return { kind: 'alterField', ...options }
}

export const alterFieldDefinition: OperationDefinition<AlterField> = {
  symbol: '~',
  describe: ({ model, name }) => `Alter field ${name} on ${model}`,
  nameFragment: ({ model, name }) => `alter_${snakeCase(model)}_${snakeCase(name)}`,
  check({ model: modelName, name, field, cast, castRestored }, state, context) {
    const model = requireModel(state, modelName, context)
    const before = requireField(model, name, context)
    if (storageOf(before.field) !== storageOf(field)) {
      fail('migrations.operationManyToManyAltered', { ...siteOf(context), model: keyOf(model), field: name })
    }
    requireFreeColumn(model.fields, keyOf(model), name, field, context)
    // A relation of the model to itself points at the key that it has afterwards.
    const fields = model.fields.map((entry) => (entry === before ? { ...entry, field } : entry))
    requireTargets(state, sourceOf({ ...model, fields }), name, field, context)
    requireEnum(state, keyOf(model), name, field, context)
    for (const [subject, expression] of [
      [`the generated field ${name}`, field.expression],
      ['cast', cast],
      ['castRestored', castRestored],
    ] as const) {
      if (expression === undefined) continue
      requireColumns(keyOf(model), model.fields, fieldsIn([expression]), subject, context)
    }
  },
  apply: ({ model, name, field }, state, { app }) => withField(state, modelKey(app, model), name, field),
  intents(operation, states, { app }) {
    const key = modelKey(app, operation.model)
    const before = modelUnder(states.before, key)
    const after = modelUnder(states.after, key)
    const old = findField(before, operation.name)
    if (old === undefined || relationOf(old.field) === 'manyToMany') return {}
    const becomesNullable = operation.field.null === true && old.field.null !== true
    const becomesRequired = operation.field.null !== true && old.field.null === true
    // Renames are made before types change, so each cast speaks of the names that its direction ends with.
    return {
      forwards: [
        ...fills(old.identity, becomesRequired ? operation.fillExisting : undefined),
        ...casts(old.identity, operation.cast, after),
      ],
      backwards: [
        ...fills(old.identity, becomesNullable ? operation.fillRestored : undefined),
        ...casts(old.identity, operation.castRestored, before),
      ],
    }
  },
  touches: ({ model, field }, context) => touchesModel(context, model, [field]),
}

/** What a field is in the database, of which none can become another. */
function storageOf(field: Field): 'column' | 'join table' | 'join model' {
  if (relationOf(field) !== 'manyToMany') return 'column'
  return field.through === undefined ? 'join table' : 'join model'
}

function fills(column: string, value: Value | undefined): readonly Intent[] {
  return value === undefined ? [] : [{ kind: 'fill', column, fill: { value } }]
}

function casts(column: string, expression: Expression | undefined, model: ModelState): readonly Intent[] {
  if (expression === undefined) return []
  const columns = columnNames(model)
  return [{ kind: 'cast', column, expression: mapColumns(expression, (name) => columns.get(name) ?? name) }]
}
