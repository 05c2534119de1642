import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { IndexDeclaration, ModelOptions } from '../models/declarations.ts'
import { index, unique } from '../models/parts.ts'
import { addIndex } from '../operations/add-index.ts'
import { alterConstraint } from '../operations/alter-constraint.ts'
import { alterField } from '../operations/alter-field.ts'
import { createModel } from '../operations/create-model.ts'
import { deleteModel } from '../operations/delete-model.ts'
import { removeIndex } from '../operations/remove-index.ts'
import { renameIndex } from '../operations/rename-index.ts'
import { type NewModel, stateOf } from '../state/with-model.ts'
import { detect } from './detect.ts'
import { detectMigrations } from './detect-migrations.ts'

const id = f.bigAuto({ primaryKey: true })

function operations(from: readonly NewModel[], to: readonly NewModel[]) {
  const detection = detect({ from: stateOf(from), to: stateOf(to) })
  assert.equal(detection.kind, 'operations', JSON.stringify(detection))
  return detection.kind === 'operations' ? detection.operations.map(({ operation }) => operation) : []
}

function model(name: string, fields: Readonly<Record<string, Field>>, options: ModelOptions = {}): NewModel {
  return { app: 'blog', name, fields: { id, ...fields }, options }
}

const by = (name: string, field = 'rank'): IndexDeclaration => index({ fields: [field], name })
const rank = f.integer({ null: true })
const label = f.integer({ null: true })

test('a name that a new model has is taken away from the model that goes only later', () => {
  const note = (to: string) => model('Note', { of: f.foreignKey(to, { null: true }) })
  const cedar = model('Cedar', { rank, more: f.text(), text: f.text(), third: f.text() }, { indexes: [by('ix')] })
  const from = [model('Amber', { rank }, { indexes: [by('ix')] }), note('blog.Amber')]
  const state = { from: stateOf(from), to: stateOf([cedar, note('blog.Cedar')]) }
  const answers = new Map([['blog.Note.of:rows', { kind: 'keepRows' as const }]])
  const detection = detect({ ...state, answers })
  assert.deepEqual(detection.kind === 'operations' && detection.operations.map(({ operation }) => operation), [
    removeIndex({ model: 'Amber', index: by('ix') }),
    createModel({ name: 'Cedar', fields: cedar.fields, options: { indexes: [by('ix')] } }),
    alterField({ model: 'Note', name: 'of', field: f.foreignKey('blog.Cedar', { null: true }) }),
    deleteModel({ name: 'Amber' }),
  ])
  const migrations = detectMigrations({ ...state, answers, leaves: new Map(), now: new Date(0) })
  const kinds =
    migrations.kind === 'migrations' &&
    migrations.migrations.flatMap(({ definition }) => definition.operations.map(({ kind }) => kind))
  assert.deepEqual(kinds, ['removeIndex', 'createModel', 'alterField', 'deleteModel'], 'nothing is folded away')
})

test('an index gives its name up before a new model takes it', () => {
  assert.deepEqual(
    operations(
      [model('Amber', { rank }, { indexes: [by('ix')] })],
      [
        model('Amber', { rank }, { indexes: [by('ranks')] }),
        model('Birch', { label }, { indexes: [by('ix', 'label')] }),
      ],
    ),
    [
      renameIndex({ model: 'Amber', index: by('ix'), name: 'ranks' }),
      createModel({ name: 'Birch', fields: { id, label }, options: { indexes: [by('ix', 'label')] } }),
    ],
  )
})

test('names that are handed on change hands in turn, and one steps aside where they go round', () => {
  const models = (amber: string, birch: string, cedar: string) => [
    model('Amber', { rank }, { indexes: [by(amber)] }),
    model('Birch', { rank }, { indexes: [by(birch)] }),
    model('Cedar', { rank }, { constraints: [unique({ fields: ['rank'], name: cedar })] }),
  ]
  assert.deepEqual(operations(models('a', 'b', 'c'), models('b', 'c', 'd')), [
    alterConstraint({ model: 'Cedar', name: 'c', constraint: unique({ fields: ['rank'], name: 'd' }) }),
    renameIndex({ model: 'Birch', index: by('b'), name: 'c' }),
    renameIndex({ model: 'Amber', index: by('a'), name: 'b' }),
  ])
  assert.deepEqual(operations(models('a', 'b', 'c'), models('b', 'c', 'a')), [
    renameIndex({ model: 'Amber', index: by('a'), name: 'a_moving' }),
    alterConstraint({ model: 'Cedar', name: 'c', constraint: unique({ fields: ['rank'], name: 'a' }) }),
    renameIndex({ model: 'Birch', index: by('b'), name: 'c' }),
    renameIndex({ model: 'Amber', index: by('a_moving'), name: 'b' }),
  ])
})

test('names that two indexes of one model swap are made again: each keeps its name and changes its content', () => {
  const both = (first: string, second: string) => [
    model('Amber', { rank, label }, { indexes: [by(first), by(second, 'label')] }),
  ]
  assert.deepEqual(operations(both('a', 'b'), both('b', 'a')), [
    removeIndex({ model: 'Amber', index: by('b', 'label') }),
    removeIndex({ model: 'Amber', index: by('a') }),
    addIndex({ model: 'Amber', index: by('b') }),
    addIndex({ model: 'Amber', index: by('a', 'label') }),
  ])
})
