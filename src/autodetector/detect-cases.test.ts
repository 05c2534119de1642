import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now, uuid } from '../fields/default-functions.ts'
import { f } from '../fields/f.ts'
import type { Field } from '../fields/field.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { check, index, unique } from '../models/parts.ts'
import { q } from '../models/q.ts'
import { describe } from '../operations/definitions.ts'
import { type NewModel, stateOf } from '../state/with-model.ts'
import { detect } from './detect.ts'
import type { Answer } from './question.ts'

type Fields = Readonly<Record<string, Field>>
/** Models by name, of the app `blog` where the name says no other. */
type Models = Readonly<Record<string, Fields | readonly [Fields, ModelOptions]>>
type Case = readonly [what: string, before: Models, after: Models, expected: readonly string[], answers?: Answers]
type Answers = Readonly<Record<string, Answer>>

function state(models: Models) {
  return stateOf(
    Object.entries(models).map(([key, declared]): NewModel => {
      const [app = '', name = key] = key.includes('.') ? key.split('.') : ['blog', key]
      const [fields, options = {}] = isPair(declared) ? declared : [declared]
      const isKeyed =
        options.primaryKey !== undefined || Object.values(fields).some(({ primaryKey }) => primaryKey === true)
      return { app, name, fields: { ...(isKeyed ? {} : { id: f.bigAuto({ primaryKey: true }) }), ...fields }, options }
    }),
  )
}

function isPair(declared: Models[string]): declared is readonly [Fields, ModelOptions] {
  return Array.isArray(declared)
}

/** What is done, in the words of makemigrations; or, where something is asked, the keys of the questions. */
function detected(before: Models, after: Models, answers: Answers = {}): readonly string[] {
  const options = { from: state(before), to: state(after), answers: new Map(Object.entries(answers)) }
  const detection = detect(options)
  if (detection.kind === 'questions') return detection.questions.map(({ key }) => `? ${key}`)
  return detection.operations.map(({ app, operation }) => `${app === 'blog' ? '' : `${app}: `}${describe(operation)}`)
}

const text = f.text({ null: true })
const number = f.integer({ null: true })
const to = (target: string, options: Parameters<typeof f.foreignKey>[1] = { null: true }) =>
  f.foreignKey(target.includes('.') ? target : `blog.${target}`, options)
const renamedFrom = (name: string): Answer => ({ kind: 'renamedFrom', name })
const isNew: Answer = { kind: 'notRenamed' }
const fillWith = (value: number): Answer => ({ kind: 'fill', value })
const sum = (a: string, b: string) =>
  f.generated({ expression: q.add(a, q.field(b)), output: f.integer(), stored: true, null: true })

const cases: Readonly<Record<string, readonly Case[]>> = {
  'models come and go': [
    ['a model', {}, { Tag: { text } }, ['Create model Tag']],
    [
      'a target before what points at it',
      {},
      { Line: { post: to('Post') }, Post: {} },
      ['Create model Post', 'Create model Line'],
    ],
    [
      'a key that is a relation after its target, whatever points back',
      {},
      { Profile: { user: f.oneToOne('blog.User', { primaryKey: true }) }, User: { main: to('Profile') } },
      ['Create model User', 'Create model Profile', 'Add field main to User'],
    ],
    [
      'a key of two relations',
      {},
      { Seat: [{ row: to('Row', {}), hall: to('Hall', {}) }, { primaryKey: ['row', 'hall'] }], Row: {}, Hall: {} },
      ['Create model Row', 'Create model Hall', 'Create model Seat'],
    ],
    [
      'a target of another app',
      {},
      { Post: { by: to('accounts.User') }, 'accounts.User': {} },
      ['accounts: Create model User', 'Create model Post'],
    ],
    [
      'what points at a model before it',
      { Post: { tag: to('Tag') }, Tag: {} },
      { Post: {} },
      ['Remove field tag from Post', 'Delete model Tag'],
    ],
    [
      'the join model after the many-to-many',
      { A: { bs: f.manyToMany('blog.B', { through: 'blog.AB' }) }, B: {}, AB: { a: to('A'), b: to('B') } },
      { A: {}, B: {} },
      ['Remove field bs from A', 'Delete model AB'],
    ],
    [
      'a model of another app',
      { 'shop.Tag': {}, Post: { tag: to('shop.Tag') } },
      {},
      ['Delete model Post', 'shop: Delete model Tag'],
    ],
  ],
  'fields come and go': [
    ['a field that may be NULL', { Post: {} }, { Post: { text } }, ['Add field text to Post']],
    ['a field with a default', { Post: {} }, { Post: { text: f.text({ default: '' }) } }, ['Add field text to Post']],
    [
      'a field that the database fills',
      { Post: {} },
      { Post: { at: f.dateTime({ default: now() }), token: f.uuid({ default: uuid() }) } },
      ['Add field at to Post', 'Add field token to Post'],
    ],
    ['a field that must be filled', { Post: {} }, { Post: { rank: f.integer() } }, ['? blog.Post.rank:fill']],
    [
      'a field of a table in other hands',
      { Post: [{}, { managed: false }] },
      { Post: [{ rank: f.integer() }, { managed: false }] },
      ['Add field rank to Post'],
    ],
    [
      'a relation to a new model',
      { Post: {} },
      { Post: { tag: to('Tag') }, Tag: {} },
      ['Create model Tag', 'Add field tag to Post'],
    ],
    [
      'a relation through a new model',
      { A: {}, B: {} },
      { A: { bs: f.manyToMany('blog.B', { through: 'blog.AB' }) }, B: {}, AB: { a: to('A'), b: to('B') } },
      ['Create model AB', 'Add field bs to A'],
    ],
    [
      'a generated field and what it reads',
      { Post: {} },
      { Post: { total: sum('net', 'tax'), net: number, tax: number } },
      ['Add field net to Post', 'Add field tax to Post', 'Add field total to Post'],
    ],
    [
      'a generated field that reads another',
      { Post: { net: number } },
      { Post: { net: number, c: sum('b', 'net'), b: sum('net', 'net') } },
      ['Add field b to Post', 'Add field c to Post'],
    ],
    [
      'what reads a field goes before it',
      { Post: { net: number, total: sum('net', 'net') } },
      { Post: {} },
      ['Remove field total from Post', 'Remove field net from Post'],
    ],
    [
      'what is over a field goes before it',
      {
        Post: [
          { text },
          { indexes: [index({ fields: ['text'], name: 'i' })], constraints: [unique({ fields: ['text'], name: 'u' })] },
        ],
      },
      { Post: {} },
      ['Remove the constraint u from Post', 'Remove the index i from Post', 'Remove field text from Post'],
    ],
    [
      'a field that comes to be computed',
      { Post: { net: number, total: number } },
      { Post: { net: number, total: sum('net', 'net') } },
      ['Remove field total from Post', 'Add field total to Post'],
    ],
  ],
  renames: [
    ['a model', { Post: { text } }, { Article: { text } }, ['? blog.Article:renamedFrom']],
    [
      'a model, with what points at it',
      { Post: { text }, Line: { post: to('Post'), posts: f.manyToMany('blog.Post') } },
      { Article: { text }, Line: { post: to('Article'), posts: f.manyToMany('blog.Article') } },
      ['Rename model Post to Article'],
      { 'blog.Article:renamedFrom': renamedFrom('Post') },
    ],
    [
      'a model by case alone',
      { Post: { text } },
      { POST: { text } },
      ['Rename model Post to POST'],
      { 'blog.POST:renamedFrom': renamedFrom('Post') },
    ],
    [
      'a model and a field of it',
      { Post: { text } },
      { Article: { body: text } },
      ['Rename model Post to Article', 'Rename field text on Article to body'],
      { 'blog.Article:renamedFrom': renamedFrom('Post'), 'blog.Article.body:renamedFrom': renamedFrom('text') },
    ],
    [
      'a model, with more and fewer fields',
      { Post: { text, number } },
      { Article: { text, other: f.boolean({ default: true }) } },
      ['Rename model Post to Article', 'Remove field number from Article', 'Add field other to Article'],
      { 'blog.Article:renamedFrom': renamedFrom('Post'), 'blog.Article.other:renamedFrom': isNew },
    ],
    [
      'a model and its table',
      { Post: { text } },
      { Article: [{ text }, { table: 'articles' }] },
      ['Rename model Post to Article', 'Rename table of Article to articles'],
      { 'blog.Article:renamedFrom': renamedFrom('Post') },
    ],
    [
      'a model that changes too much',
      { Post: { text } },
      { Article: { a: number, b: number } },
      ['Delete model Post', 'Create model Article'],
    ],
    [
      'a model to another app',
      { Post: { text }, 'news.Wire': {} },
      { 'news.Post': { text }, 'news.Wire': {} },
      ['news: Move model blog.Post here'],
      { 'news.Post:renamedFrom': renamedFrom('blog.Post') },
    ],
    ['a field', { Post: { text } }, { Post: { body: text } }, ['? blog.Post.body:renamedFrom']],
    [
      'a field that keeps its column',
      { Post: { text } },
      { Post: { body: f.text({ null: true, column: 'text' }) } },
      ['Alter field text on Post', 'Rename field text on Post to body'],
      { 'blog.Post.body:renamedFrom': renamedFrom('text') },
    ],
    [
      'a field that changes too',
      { Post: { text } },
      { Post: { body: f.char({ maxLength: 9, null: true }) } },
      ['Rename field text on Post to body', 'Alter field body on Post'],
      { 'blog.Post.body:renamedFrom': renamedFrom('text') },
    ],
    [
      'a field that comes to be NOT NULL too',
      { Post: { number } },
      { Post: { count: f.integer() } },
      ['Rename field number on Post to count', 'Alter field count on Post'],
      { 'blog.Post.count:renamedFrom': renamedFrom('number'), 'blog.Post.count:fill': fillWith(0) },
    ],
    [
      'a field by case alone',
      { Post: { text } },
      { Post: { Text: text } },
      ['Rename field text on Post to Text'],
      { 'blog.Post.Text:renamedFrom': renamedFrom('text') },
    ],
    [
      'a foreign key',
      { Post: { tag: to('Tag') }, Tag: {} },
      { Post: { label: to('Tag') }, Tag: {} },
      ['Rename field tag on Post to label'],
      { 'blog.Post.label:renamedFrom': renamedFrom('tag') },
    ],
    [
      'a key that others point at',
      { Tag: { code: f.char({ maxLength: 5, primaryKey: true }) }, Post: { tag: to('Tag') } },
      { Tag: { key: f.char({ maxLength: 5, primaryKey: true }) }, Post: { tag: to('Tag') } },
      ['Rename field code on Tag to key'],
      { 'blog.Tag.key:renamedFrom': renamedFrom('code') },
    ],
    [
      'what indexes and constraints are over',
      {
        Post: [
          { text },
          {
            indexes: [index({ fields: ['text'], name: 'i' })],
            constraints: [check({ name: 'c', condition: q.ne('text', '') }), unique({ fields: ['text'] })],
          },
        ],
      },
      {
        Post: [
          { body: text },
          {
            indexes: [index({ fields: ['body'], name: 'i' })],
            constraints: [check({ name: 'c', condition: q.ne('body', '') }), unique({ fields: ['body'] })],
          },
        ],
      },
      ['Rename field text on Post to body'],
      { 'blog.Post.body:renamedFrom': renamedFrom('text') },
    ],
    [
      'what a generated field reads',
      { Post: { net: number, total: sum('net', 'net') } },
      { Post: { price: number, total: sum('price', 'price') } },
      ['Rename field net on Post to price'],
      { 'blog.Post.price:renamedFrom': renamedFrom('net') },
    ],
  ],
  'fields change': [
    [
      'the type',
      { Post: { number } },
      { Post: { number: f.bigInteger({ null: true }) } },
      ['Alter field number on Post'],
    ],
    [
      'what only code reads',
      { Post: { tag: to('Tag') }, Tag: {} },
      { Post: { tag: to('Tag', { null: true, relatedName: 'posts' }) }, Tag: {} },
      [],
    ],
    [
      'a default that says the same',
      { Post: { data: f.json({ default: { a: [1, { b: 2 }] } }) } },
      { Post: { data: f.json({ default: { a: [1, { b: 2 }] } }) } },
      [],
    ],
    [
      'a function as default',
      { Post: { token: f.uuid({ default: uuid() }) } },
      { Post: { token: f.uuid({ default: uuid() }) } },
      [],
    ],
    ['to NOT NULL', { Post: { number } }, { Post: { number: f.integer() } }, ['? blog.Post.number:fill']],
    [
      'to NOT NULL with a default',
      { Post: { number } },
      { Post: { number: f.integer({ default: 1 }) } },
      ['Alter field number on Post'],
    ],
    [
      'what is done when the target goes',
      { Post: { tag: to('Tag') }, Tag: {} },
      { Post: { tag: to('Tag', { null: true, onDelete: 'setNull' }) }, Tag: {} },
      ['Alter field tag on Post'],
    ],
    [
      'a foreign key to a one-to-one',
      { Post: { tag: to('Tag') }, Tag: {} },
      { Post: { tag: f.oneToOne('blog.Tag', { null: true }) }, Tag: {} },
      ['Alter field tag on Post'],
    ],
    [
      'a foreign key to a number',
      { Post: { tag: to('Tag') }, Tag: {} },
      { Post: { tag: f.bigInteger({ null: true }) }, Tag: {} },
      ['Alter field tag on Post'],
    ],
    [
      'the type of a key that others point at',
      { Tag: { code: f.char({ maxLength: 5, primaryKey: true }) }, Post: { tag: to('Tag') } },
      { Tag: { code: f.char({ maxLength: 9, primaryKey: true }) }, Post: { tag: to('Tag') } },
      ['Alter field code on Tag'],
    ],
    [
      'the expression of a generated field',
      { Post: { net: number, tax: number, total: sum('net', 'net') } },
      { Post: { net: number, tax: number, total: sum('net', 'tax') } },
      ['Alter field total on Post'],
    ],
    [
      'the expression, with a new field in it',
      { Post: { net: number, total: sum('net', 'net') } },
      { Post: { net: number, tax: number, total: sum('net', 'tax') } },
      ['Add field tax to Post', 'Alter field total on Post'],
    ],
  ],
  'options change': [
    ['the table', { Post: {} }, { Post: [{}, { table: 'posts' }] }, ['Rename table of Post to posts']],
    ['the comment', { Post: {} }, { Post: [{}, { comment: 'all of them' }] }, ['Alter table comment of Post']],
    ['who looks after the table', { Post: {} }, { Post: [{}, { managed: false }] }, ['Alter options of Post']],
    [
      'the key, to two fields',
      { Post: { a: f.integer(), b: f.integer() } },
      { Post: [{ a: f.integer(), b: f.integer() }, { primaryKey: ['a', 'b'] }] },
      ['Remove field id from Post', 'Alter options of Post'],
    ],
    [
      'the key, back to one',
      { Post: [{ a: f.integer(), b: f.integer() }, { primaryKey: ['a', 'b'] }] },
      { Post: { a: f.integer(), b: f.integer() } },
      ['Add field id to Post', 'Alter options of Post'],
    ],
  ],
  'indexes and constraints change': [
    [
      'the name',
      {
        Post: [
          { text },
          {
            indexes: [index({ fields: ['text'], name: 'i' })],
            constraints: [unique({ fields: ['text'], name: 'u' }), check({ name: 'c', condition: q.ne('text', '') })],
          },
        ],
      },
      {
        Post: [
          { text },
          {
            indexes: [index({ fields: ['text'], name: 'i2' })],
            constraints: [unique({ fields: ['text'], name: 'u2' }), check({ name: 'c2', condition: q.ne('text', '') })],
          },
        ],
      },
      ['Rename the index i of Post to i2', 'Alter constraint u on Post', 'Alter constraint c on Post'],
    ],
    [
      'the order in the list',
      { Post: [{ text, number }, { indexes: [index({ fields: ['text'] }), index({ fields: ['number'] })] }] },
      { Post: [{ text, number }, { indexes: [index({ fields: ['number'] }), index({ fields: ['text'] })] }] },
      [],
    ],
    [
      'the order of the fields',
      { Post: [{ text, number }, { indexes: [index({ fields: ['text', 'number'], name: 'i' })] }] },
      { Post: [{ text, number }, { indexes: [index({ fields: ['number', 'text'], name: 'i' })] }] },
      ['Remove the index i from Post', 'Create index i on number, text of Post'],
    ],
    [
      'the condition',
      { Post: [{ number }, { constraints: [check({ name: 'c', condition: q.gt('number', 0) })] }] },
      { Post: [{ number }, { constraints: [check({ name: 'c', condition: q.gt('number', 1) })] }] },
      ['Alter constraint c on Post'],
    ],
    [
      'over what comes in the same migration',
      { Post: {}, Tag: {} },
      {
        Post: [
          { tag: to('Tag') },
          { indexes: [index({ fields: ['tag'], name: 'i' })], constraints: [unique({ fields: ['tag'], name: 'u' })] },
        ],
        Tag: {},
      },
      ['Add field tag to Post', 'Create index i on tag of Post', 'Create constraint u on Post'],
    ],
  ],
}

for (const [group, rows] of Object.entries(cases)) {
  for (const [what, before, after, expected, answers] of rows) {
    test(`${group}: ${what}`, () => assert.deepEqual(detected(before, after, answers), expected))
  }
}
