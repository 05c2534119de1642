import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { describe } from '../operations/definitions.ts'
import { type ProjectState, withObject } from '../state/project-state.ts'
import { type NewModel, stateOf } from '../state/with-model.ts'
import { detectMigrations } from './detect-migrations.ts'
import type { Answer } from './question.ts'

const id = f.bigAuto({ primaryKey: true })
const note = f.text({ null: true })
const mood = (values: readonly string[], options: object = {}) => f.enum(values, { native: 'mood', ...options })
const post = (fields: NewModel['fields'], app = 'blog'): NewModel => ({ app, name: 'Post', fields: { id, ...fields } })

/** A State whose enum types belong to the app that is named, or to that of the models. */
function stateWith(models: readonly NewModel[], enums: Readonly<Record<string, readonly string[]>>, app = 'blog') {
  return Object.entries(enums).reduce<ProjectState>(
    (state, [name, values]) => withObject(state, app, { kind: 'enum', name, values }),
    stateOf(models),
  )
}

function migrations(from: ProjectState, to: ProjectState, answers: Readonly<Record<string, Answer>> = {}) {
  const leaves = new Map([...from.apps.keys()].map((app) => [app, '0001_initial']))
  const outcome = detectMigrations({ from, to, leaves, answers: new Map(Object.entries(answers)), now: new Date(0) })
  if (outcome.kind === 'questions') assert.fail(JSON.stringify(outcome.questions))
  return outcome.migrations.map(({ app, name, definition }) => [
    `${app}.${name}`,
    ...definition.operations.map(describe),
  ])
}

const two = stateWith([post({ mood: mood(['sad', 'ok']) })], { mood: ['sad', 'ok'] })
const empty = stateOf([post({})])

test('an enum is created before what is of it, and deleted after the last', () => {
  assert.deepEqual(migrations(stateOf([]), two), [['blog.0001_initial', 'Create enum mood', 'Create model Post']])
  const added = migrations(empty, two, { 'blog.Post.mood:fill': { kind: 'fill', value: 'ok' } })
  assert.deepEqual(added, [['blog.0002_mood_enum_post_mood', 'Create enum mood', 'Add field mood to Post']])
  assert.deepEqual(migrations(two, empty), [
    ['blog.0002_remove_post_mood_delete_mood_enum', 'Remove field mood from Post', 'Delete enum mood'],
  ])
  assert.deepEqual(migrations(two, stateOf([])), [
    ['blog.0002_delete_post_delete_mood_enum', 'Delete model Post', 'Delete enum mood'],
  ])
})

test('a field goes from one enum to another', () => {
  const other = stateWith([post({ mood: f.enum(['sad', 'ok'], { native: 'temper' }) })], { temper: ['sad', 'ok'] })
  assert.deepEqual(migrations(two, other)[0]?.slice(1), [
    'Create enum temper',
    'Alter field mood on Post',
    'Delete enum mood',
  ])
})

test('values that are only added need one migration, where nothing else is done', () => {
  const three = stateWith([post({ mood: mood(['sad', 'ok', 'glad']) })], { mood: ['sad', 'ok', 'glad'] })
  assert.deepEqual(migrations(two, three), [
    ['blog.0002_alter_mood_enum_alter_post_mood', 'Alter enum mood', 'Alter field mood on Post'],
  ])
})

test('values that are added stand in a migration of their own before what may use them', () => {
  const values = ['sad', 'ok', 'glad']
  const withDefault = stateWith([post({ mood: mood(values, { default: 'glad' }) })], { mood: values })
  assert.deepEqual(migrations(two, withDefault), [
    ['blog.0002_alter_mood_enum', 'Alter enum mood'],
    ['blog.0003_alter_post_mood', 'Alter field mood on Post'],
  ])
  const withCheck: NewModel = {
    ...post({ mood: mood(values) }),
    options: {
      constraints: [
        {
          kind: 'check',
          name: 'not_glad',
          condition: {
            kind: 'compare',
            operator: '<>',
            left: { kind: 'column', name: 'mood' },
            right: { kind: 'value', value: 'glad' },
          },
        },
      ],
    },
  }
  assert.deepEqual(migrations(two, stateWith([withCheck], { mood: values })), [
    ['blog.0002_alter_mood_enum', 'Alter enum mood'],
    ['blog.0003_alter_post_mood_post_not_glad', 'Alter field mood on Post', 'Create constraint not_glad on Post'],
  ])
})

test('values that go are taken with their fields, once those that become something else are out of the way', () => {
  const before = stateWith(
    [post({ mood: mood(['sad', 'ok'], { default: 'sad' }), feeling: mood(['sad', 'ok']), last: mood(['sad', 'ok']) })],
    { mood: ['sad', 'ok'] },
  )
  const after = stateWith([post({ mood: mood(['ok'], { default: 'ok' }), feeling: f.text() })], { mood: ['ok'] })
  assert.deepEqual(migrations(before, after)[0]?.slice(1), [
    'Remove field last from Post',
    'Alter field feeling on Post',
    'Alter enum mood',
    'Alter field mood on Post',
  ])
})

test('an enum stays with the app that made it when its model moves', () => {
  const moved = stateWith(
    [post({ mood: mood(['sad', 'ok', 'glad'], { default: 'glad' }), note }, 'press')],
    { mood: ['sad', 'ok', 'glad'] },
    'press',
  )
  const from = stateWith([post({ mood: mood(['sad', 'ok']), note })], { mood: ['sad', 'ok'] })
  const answers = { 'press.Post:renamedFrom': { kind: 'renamedFrom', name: 'blog.Post' } } as const
  assert.deepEqual(migrations(from, moved, answers), [
    ['blog.0002_alter_mood_enum', 'Alter enum mood'],
    ['press.0001_initial', 'Move model blog.Post here', 'Alter field mood on Post'],
  ])
})

test('who asks for one app alone gets the enum of the other that made it as well', () => {
  const press = (values: readonly string[]) =>
    stateWith([post({ mood: mood(values) }, 'press'), post({})], { mood: values })
  const apps = ['press']
  const outcome = detectMigrations({
    from: press(['sad', 'ok']),
    to: press(['ok']),
    apps,
    leaves: new Map([
      ['blog', '0003_last'],
      ['press', '0001_initial'],
    ]),
    now: new Date(0),
  })
  assert.ok(outcome.kind === 'migrations')
  assert.deepEqual(
    outcome.migrations.map(({ app, name, definition }) => [`${app}.${name}`, definition.dependencies]),
    [
      ['blog.0004_alter_mood_enum', [['blog', '0003_last']]],
      [
        'press.0002_alter_post_mood',
        [
          ['press', '0001_initial'],
          ['blog', '0004_alter_mood_enum'],
        ],
      ],
    ],
  )
})

test('extensions and collations of hand-written migrations are left alone', () => {
  const from = withObject(withObject(two, 'blog', { kind: 'extension', name: 'citext' }), 'blog', {
    kind: 'collation',
    name: 'german',
    provider: 'icu',
    locale: 'de',
  })
  assert.deepEqual(migrations(from, two), [])
})

test('another schema is another place for the table', () => {
  const audited = (options: NewModel['options']): ProjectState =>
    stateOf([{ ...post({}), ...(options && { options }) }])
  assert.deepEqual(migrations(audited({}), audited({ schema: 'audit' })), [
    ['blog.0002_alter_post_table', 'Rename table of Post to (default) in schema audit'],
  ])
  assert.deepEqual(migrations(audited({ schema: 'audit', table: 'posts' }), audited({ table: 'posts' })), [
    ['blog.0002_alter_post_table', 'Rename table of Post to posts'],
  ])
})
