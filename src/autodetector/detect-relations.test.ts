import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { index } from '../models/parts.ts'
import { addField } from '../operations/add-field.ts'
import { alterField } from '../operations/alter-field.ts'
import { createModel } from '../operations/create-model.ts'
import { deleteModel } from '../operations/delete-model.ts'
import type { Operation } from '../operations/operation.ts'
import { removeField } from '../operations/remove-field.ts'
import { removeIndex } from '../operations/remove-index.ts'
import { renameField } from '../operations/rename-field.ts'
import { type NewModel, stateOf } from '../state/with-model.ts'
import { type DetectOptions, detect } from './detect.ts'
import { detectMigrations } from './detect-migrations.ts'
import type { Answer } from './question.ts'

const id = f.bigAuto({ primaryKey: true })

type Fields = Readonly<Record<string, Field>>

interface Side {
  readonly post: Fields
  readonly options?: ModelOptions
  readonly others?: readonly NewModel[]
}

function stateWith({ post, options, others = [] }: Side) {
  return stateOf([
    { app: 'blog', name: 'Tag', fields: { id } },
    { app: 'blog', name: 'Label', fields: { id } },
    { app: 'blog', name: 'Code', fields: { code: f.uuid({ primaryKey: true }) } },
    { app: 'blog', name: 'Post', fields: { id, ...post }, ...(options && { options }) },
    ...others,
  ])
}

function detectPost(from: Side, to: Side, options: Partial<DetectOptions> = {}) {
  return detect({ from: stateWith(from), to: stateWith(to), ...options })
}

function operations(from: Side, to: Side, answers: Readonly<Record<string, Answer>> = {}): readonly Operation[] {
  const detection = detectPost(from, to, { answers: new Map(Object.entries(answers)) })
  if (detection.kind === 'questions') assert.fail(JSON.stringify(detection.questions))
  return detection.operations.map(({ operation }) => operation)
}

function asked(from: Side, to: Side, options: Partial<DetectOptions> = {}) {
  const detection = detectPost(from, to, options)
  return detection.kind === 'questions'
    ? detection.questions.map((question) =>
        question.kind === 'relationChanged' ? `${question.change}: ${question.ways.join()}` : question.key,
      )
    : []
}

const tagging = (more: Fields = {}, options: ModelOptions = {}): NewModel => ({
  app: 'blog',
  name: 'Tagging',
  fields: { id, post: f.foreignKey('blog.Post'), tag: f.foreignKey('blog.Tag'), ...more },
  options,
})
const tags = f.manyToMany('blog.Tag')
const through = f.manyToMany('blog.Tag', { through: 'blog.Tagging' })
const tag = f.foreignKey('blog.Tag', { null: true })
const create = ({ name, fields, options = {} }: NewModel): Operation =>
  createModel({ name, fields, ...(Object.keys(options).length > 0 && { options }) })

/** Post.tags, or Post.tag, before and after, and what becomes of it where the pairs can be kept. */
const kept: readonly (readonly [what: string, before: Side, after: Side, expected: readonly Operation[]])[] = [
  [
    'an automatic join table comes to be called otherwise',
    { post: { tags } },
    { post: { tags: f.manyToMany('blog.Tag', { table: 'post_tags' }) } },
    [alterField({ model: 'Post', name: 'tags', field: f.manyToMany('blog.Tag', { table: 'post_tags' }) })],
  ],
  [
    'a many-to-many is given a join model',
    { post: { tags } },
    { post: { tags: through }, others: [tagging()] },
    [
      renameField({ model: 'Post', from: 'tags', to: 'tags_moving' }),
      create(tagging()),
      addField({ model: 'Post', name: 'tags', field: through, copyFrom: 'tags_moving' }),
      removeField({ model: 'Post', name: 'tags_moving', restoreFrom: 'tags' }),
    ],
  ],
  [
    'the join model has the name of the join table, and more fields that need no value',
    { post: { tags } },
    {
      post: { tags: through },
      others: [tagging({ note: f.text({ null: true }), rank: f.integer({ default: 0 }) }, { table: 'blog_post_tags' })],
    },
    [
      renameField({ model: 'Post', from: 'tags', to: 'tags_moving' }),
      create(tagging({ note: f.text({ null: true }), rank: f.integer({ default: 0 }) }, { table: 'blog_post_tags' })),
      addField({ model: 'Post', name: 'tags', field: through, copyFrom: 'tags_moving' }),
      removeField({ model: 'Post', name: 'tags_moving', restoreFrom: 'tags' }),
    ],
  ],
  [
    'the table was given to the join table',
    { post: { tags: f.manyToMany('blog.Tag', { table: 'tagging' }) } },
    { post: { tags: through }, others: [tagging({}, { table: 'tagging' })] },
    [
      renameField({ model: 'Post', from: 'tags', to: 'tags_moving' }),
      alterField({ model: 'Post', name: 'tags_moving', field: f.manyToMany('blog.Tag', { table: 'tagging_moving' }) }),
      create(tagging({}, { table: 'tagging' })),
      addField({ model: 'Post', name: 'tags', field: through, copyFrom: 'tags_moving' }),
      removeField({ model: 'Post', name: 'tags_moving', restoreFrom: 'tags' }),
    ],
  ],
  [
    'a join model goes, and an automatic join table comes',
    { post: { tags: through }, others: [tagging({ rank: f.integer() })] },
    { post: { tags } },
    [
      renameField({ model: 'Post', from: 'tags', to: 'tags_moving' }),
      addField({ model: 'Post', name: 'tags', field: tags, copyFrom: 'tags_moving' }),
      removeField({ model: 'Post', name: 'tags_moving', restoreFrom: 'tags' }),
      deleteModel({ name: 'Tagging' }),
    ],
  ],
  [
    'a foreign key becomes a many-to-many',
    { post: { tag }, options: { indexes: [index({ fields: ['tag'] })] } },
    { post: { tag: tags } },
    [
      renameField({ model: 'Post', from: 'tag', to: 'tag_moving' }),
      removeIndex({ model: 'Post', index: index({ fields: ['tag_moving'] }) }),
      addField({ model: 'Post', name: 'tag', field: tags, copyFrom: 'tag_moving' }),
      removeField({ model: 'Post', name: 'tag_moving', restoreFrom: 'tag' }),
    ],
  ],
  [
    'a many-to-many becomes a foreign key, and another field takes the column of the old one',
    { post: { tag: f.foreignKey('blog.Tag', { column: 'label' }) } },
    { post: { tag: tags, label: f.text({ null: true }) } },
    [
      renameField({ model: 'Post', from: 'tag', to: 'tag_moving' }),
      alterField({ model: 'Post', name: 'tag_moving', field: f.foreignKey('blog.Tag', { column: 'label_moving' }) }),
      addField({ model: 'Post', name: 'label', field: f.text({ null: true }) }),
      addField({ model: 'Post', name: 'tag', field: tags, copyFrom: 'tag_moving' }),
      removeField({ model: 'Post', name: 'tag_moving', restoreFrom: 'tag' }),
    ],
  ],
  [
    'a many-to-many becomes a foreign key',
    { post: { tags } },
    { post: { tags: tag } },
    [
      renameField({ model: 'Post', from: 'tags', to: 'tags_moving' }),
      addField({ model: 'Post', name: 'tags', field: tag, copyFrom: 'tags_moving' }),
      removeField({ model: 'Post', name: 'tags_moving', restoreFrom: 'tags' }),
    ],
  ],
  [
    'another join model is named',
    { post: { tags: through }, others: [tagging(), { ...tagging(), name: 'Marking' }] },
    {
      post: { tags: f.manyToMany('blog.Tag', { through: 'blog.Marking' }) },
      others: [tagging(), { ...tagging(), name: 'Marking' }],
    },
    [alterField({ model: 'Post', name: 'tags', field: f.manyToMany('blog.Tag', { through: 'blog.Marking' }) })],
  ],
]

for (const [what, before, after, expected] of kept) {
  test(`${what}: what it holds is kept`, () => assert.deepEqual(operations(before, after), expected))
}

test('a foreign key that becomes a many-to-many of another name is copied to it, once that is said', () => {
  const answers = { 'blog.Post.tags:renamedFrom': { kind: 'renamedFrom', name: 'tag' } } as const
  assert.deepEqual(operations({ post: { tag } }, { post: { tags } }, answers), [
    addField({ model: 'Post', name: 'tags', field: tags, copyFrom: 'tag' }),
    removeField({ model: 'Post', name: 'tag', restoreFrom: 'tags' }),
  ])
  assert.deepEqual(asked({ post: { tag } }, { post: { tags } }), ['blog.Post.tags:renamedFrom'])
  const hints = new Map([['blog.Post.tags', 'tag']])
  const hinted = detectPost({ post: { tag } }, { post: { tags } }, { hints })
  assert.equal(hinted.kind === 'operations' && hinted.operations.length, 2)
})

/** What cannot be kept as it is, so that somebody must say what is to become of it. */
const questions: readonly (readonly [what: string, before: Side, after: Side, asked: string])[] = [
  [
    'a foreign key is pointed at another model',
    { post: { tag } },
    { post: { tag: f.foreignKey('blog.Label', { null: true }) } },
    'points at blog.Label instead of blog.Tag: keep,drop',
  ],
  [
    'a foreign key is pointed at a model with a key of another type',
    { post: { tag } },
    { post: { tag: f.foreignKey('blog.Code', { null: true }) } },
    'points at blog.Code instead of blog.Tag: drop',
  ],
  [
    'a one-to-one that is the primary key is pointed at another model',
    { post: {}, others: [{ app: 'blog', name: 'Note', fields: { of: f.oneToOne('blog.Tag', { primaryKey: true }) } }] },
    {
      post: {},
      others: [{ app: 'blog', name: 'Note', fields: { of: f.oneToOne('blog.Label', { primaryKey: true }) } }],
    },
    'points at blog.Label instead of blog.Tag: keep',
  ],
  [
    'a join table joins another model',
    { post: { tags } },
    { post: { tags: f.manyToMany('blog.Label') } },
    'joins blog.Label instead of blog.Tag: drop',
  ],
  [
    'the join model needs a value that no pair has',
    { post: { tags } },
    { post: { tags: through }, others: [tagging({ rank: f.integer() })] },
    'is kept in the model blog.Tagging instead of a join table: drop',
  ],
  [
    'the join model is there and gets its keys only now',
    { post: { tags }, others: [{ app: 'blog', name: 'Tagging', fields: { id } }] },
    {
      post: { tags: through },
      others: [tagging({ post: f.foreignKey('blog.Post', { null: true }), tag })],
    },
    'is kept in the model blog.Tagging instead of a join table: drop',
  ],
  [
    'the join model is in other hands',
    { post: { tags } },
    { post: { tags: through }, others: [tagging({}, { managed: false })] },
    'is kept in the model blog.Tagging instead of a join table: drop',
  ],
  [
    'a foreign key becomes a many-to-many to another model',
    { post: { tag } },
    { post: { tag: f.manyToMany('blog.Label') } },
    'is kept in a join table instead of a column: drop',
  ],
  [
    'a text becomes a many-to-many',
    { post: { tags: f.text() } },
    { post: { tags } },
    'is kept in a join table instead of a column: drop',
  ],
  [
    'a many-to-many becomes a text',
    { post: { tags } },
    { post: { tags: f.text({ null: true }) } },
    'is kept in a column instead of a join table: drop',
  ],
]

const tagWith = (key: string, more: Fields = {}): NewModel => ({
  app: 'shop',
  name: 'Tag',
  fields: { [key]: f.bigInteger({ primaryKey: true }), ...more },
})
const toShop = { tag: f.foreignKey('shop.Tag', { null: true }), tags: f.manyToMany('shop.Tag') }

test('a target that is told apart by another field from now on: it is asked what the values mean', () => {
  const before = { post: toShop, others: [tagWith('number', { code: f.bigInteger({ unique: true }) })] }
  const after = { post: toShop, others: [tagWith('code', { number: f.bigInteger({ null: true }) })] }
  assert.deepEqual(asked(before, after), [
    'points at shop.Tag by code instead of number: keep,drop',
    'joins shop.Tag by code instead of number: keep,drop',
  ])
  const renamed = { post: toShop, others: [tagWith('code')] }
  const hints = new Map([['shop.Tag.code', 'number']])
  assert.deepEqual(asked({ post: toShop, others: [tagWith('number')] }, renamed, { hints }), [])
})

for (const [what, before, after, expected] of questions) {
  test(`${what}: it is asked what becomes of the rows`, () => assert.deepEqual(asked(before, after), [expected]))
}

test('what may go is removed and added anew', () => {
  const label = f.foreignKey('blog.Label', { null: true })
  const drop = { 'blog.Post.tag:rows': { kind: 'dropRows' } } as const
  assert.deepEqual(operations({ post: { tag } }, { post: { tag: label } }, drop), [
    removeField({ model: 'Post', name: 'tag' }),
    addField({ model: 'Post', name: 'tag', field: label }),
  ])
  assert.deepEqual(
    operations({ post: { tag } }, { post: { tag: label } }, { 'blog.Post.tag:rows': { kind: 'keepRows' } }),
    [alterField({ model: 'Post', name: 'tag', field: label })],
  )
})

test('a key that starts empty and is NOT NULL needs a value for the rows that exist', () => {
  const answers = new Map([['blog.Post.tag:rows', { kind: 'dropRows' as const }]])
  const after = { post: { tag: f.foreignKey('blog.Label') } }
  assert.deepEqual(asked({ post: { tag } }, after, { answers }), ['blog.Post.tag:fill'])
})

test('an answer that the question does not have is refused', () => {
  const answers = new Map([['blog.Post.tags:rows', { kind: 'keepRows' as const }]])
  assert.throws(() => detectPost({ post: { tags } }, { post: { tags: f.manyToMany('blog.Label') } }, { answers }), {
    code: 'detection.wrongAnswer',
  })
})

test('a join model that goes in a circle leaves its pairs behind before it goes', () => {
  const note: NewModel = { app: 'blog', name: 'Note', fields: { id, about: f.foreignKey('blog.Tagging') } }
  const circle = { post: { tags: through }, others: [tagging({ main: f.foreignKey('blog.Note') }), note] }
  const found = operations(circle, { post: { tags } })
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ['renameField', 'removeField', 'deleteModel', 'addField', 'removeField', 'deleteModel'],
  )
  assert.deepEqual(found[3], addField({ model: 'Post', name: 'tags', field: tags, copyFrom: 'tags_moving' }))
})

test('of a join model that stays and loses one of its keys, nothing can be copied', () => {
  const { tag: _, ...left } = tagging().fields
  const after = { post: { tags }, others: [{ ...tagging(), fields: left }] }
  assert.deepEqual(operations({ post: { tags: through }, others: [tagging()] }, after), [
    renameField({ model: 'Post', from: 'tags', to: 'tags_moving' }),
    removeField({ model: 'Tagging', name: 'tag' }),
    addField({ model: 'Post', name: 'tags', field: tags }),
    removeField({ model: 'Post', name: 'tags_moving' }),
  ])
})

test('what follows a rename points at no other model', () => {
  const detection = detect({
    from: stateWith({ post: { tag, tags } }),
    to: stateOf([
      { app: 'blog', name: 'Keyword', fields: { id } },
      { app: 'blog', name: 'Label', fields: { id } },
      { app: 'blog', name: 'Code', fields: { code: f.uuid({ primaryKey: true }) } },
      {
        app: 'blog',
        name: 'Post',
        fields: { id, tag: f.foreignKey('blog.Keyword', { null: true }), tags: f.manyToMany('blog.Keyword') },
      },
    ]),
    hints: new Map([['blog.Keyword', 'Tag']]),
  })
  assert.deepEqual(detection.kind === 'operations' && detection.operations.map(({ operation }) => operation.kind), [
    'renameModel',
  ])
})

test('a join model in another app comes first, and the migrations depend on each other in that order', () => {
  const fields = { id, post: f.foreignKey('blog.Post'), tag: f.foreignKey('blog.Tag') }
  const marks: NewModel = { app: 'marks', name: 'Mark', fields }
  const outcome = detectMigrations({
    from: stateWith({ post: { tags } }),
    to: stateWith({ post: { tags: f.manyToMany('blog.Tag', { through: 'marks.Mark' }) }, others: [marks] }),
    leaves: new Map([['blog', '0001_initial']]),
    now: new Date(0),
  })
  const made = outcome.kind === 'migrations' ? outcome.migrations : []
  assert.deepEqual(
    made.map(({ app, definition }) => [app, definition.operations.map(({ kind }) => kind), definition.dependencies]),
    [
      ['marks', ['createModel'], [['blog', '0001_initial']]],
      [
        'blog',
        ['renameField', 'addField', 'removeField'],
        [
          ['blog', '0001_initial'],
          ['marks', '0001_initial'],
        ],
      ],
    ],
  )
})
