import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrationKey } from '../history/migration.ts'
import { keyOfObject, type ObjectNote } from '../history/remembered-objects.ts'
import type { FoundObject } from '../schema/objects-in.ts'
import { notesAfterChanges, notesAfterOwnStep, sightOf } from './notes-after.ts'

const trigger = (definition: string, table = 'post'): FoundObject => ({
  kind: 'trigger',
  name: 'seen',
  table,
  definition,
})
const table: FoundObject = { kind: 'table', name: 'post', definition: '{}' }
const index: FoundObject = { kind: 'index', name: 'by_title', table: 'post', definition: '{"name":"by_title"}' }
const made = migrationKey('blog', '0002')
const later = migrationKey('blog', '0003')

const note = (object: FoundObject, migration = made, position = 1): ObjectNote => ({
  ...object,
  key: keyOfObject(object),
  migration,
  position,
})

test('what comes is noted, a part of a table among it, and what a State has is not when it changes', () => {
  const before = sightOf([table])
  const now = [{ ...table, definition: '{"more":1}' }, trigger('first'), index]
  const { write, forget } = notesAfterOwnStep({ before, now, notes: [] }, { migration: made, direction: 'forwards' })
  assert.deepEqual(write, [note(trigger('first')), note(index)])
  assert.deepEqual(forget, [])
})

test('the parts of a table that comes are the table', () => {
  const now = [table, index]
  const step = { before: sightOf([]), now, notes: [] }
  assert.deepEqual(notesAfterOwnStep(step, { migration: made, direction: 'forwards' }).write, [note(table)])
})

test('a definition that a later migration changed is its own, and the older one holds again when it goes back', () => {
  const notes = [note(trigger('first'))]
  const forwards = { before: sightOf([trigger('first')]), now: [trigger('second')], notes }
  const second = note(trigger('second'), later, 2)
  assert.deepEqual(notesAfterOwnStep(forwards, { migration: later, direction: 'forwards' }).write, [second])
  const backwards = { before: sightOf([trigger('second')]), now: [trigger('first')], notes: [...notes, second] }
  const { forget, write } = notesAfterOwnStep(backwards, { migration: later, direction: 'backwards' })
  assert.deepEqual(forget, [{ key: second.key, migration: later }])
  assert.deepEqual(write, notes)
})

test('a note follows the rename of its table, and goes with the table', () => {
  const notes = [note(trigger('on post'))]
  const moved = trigger('on article', 'article')
  const step = { before: sightOf([trigger('on post')]), now: [moved], notes }
  const renamed = notesAfterChanges(step, [{ kind: 'renameTable', from: 'post', to: 'article' }])
  assert.deepEqual(renamed, { forget: [{ key: notes[0]?.key }], write: [note(moved)] })
  const empty = { name: 'post', columns: [], uniques: [], indexes: [], checks: [], foreignKeys: [] }
  const gone = notesAfterChanges({ ...step, now: [] }, [{ kind: 'dropTable', table: empty }])
  assert.deepEqual(gone, { forget: [{ key: notes[0]?.key }], write: [] })
})

test('what another hand had changed before a rename is still another afterwards', () => {
  const notes = [note(trigger('as made'))]
  const step = { before: sightOf([trigger('by hand')]), now: [trigger('by hand', 'article')], notes }
  const { write } = notesAfterChanges(step, [{ kind: 'renameTable', from: 'post', to: 'article' }])
  assert.deepEqual(write, [note(trigger('as made', 'article'))])
})
