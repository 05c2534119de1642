import assert from 'node:assert/strict'
import { hasCode } from '../../src/errors/error.ts'
import { migrate } from '../../src/execution/migrate.ts'
import type { Field } from '../../src/fields/field.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { resolveTarget } from '../../src/history/resolve-target.ts'
import { addField, createModel, defineMigration, f, index, removeField, runCode, unique } from '../../src/migrations.ts'
import type { ModelOptions } from '../../src/models/declarations.ts'
import { verbatim } from '../../src/schema/sql.ts'
import type { NewModel } from '../../src/state/with-model.ts'
import { databasesWith, testOnEach } from '../support/databases.ts'
import { type Evolution, evolve } from '../support/evolve.ts'

const id = f.bigAuto({ primaryKey: true })

function model(name: string, fields: Readonly<Record<string, Field>>, options: ModelOptions = {}): NewModel {
  return { app: 'blog', name, fields: { id, ...fields }, options }
}

const title = f.text({ default: '' })
const tag = model('Tag', { title })
const post = (fields: Readonly<Record<string, Field>>, options: ModelOptions = {}) =>
  model('Post', { title, ...fields }, options)
const tagging = (more: Readonly<Record<string, Field>> = {}, options: ModelOptions = {}) =>
  model(
    'Tagging',
    {
      post: f.foreignKey('blog.Post', { onDelete: 'cascade' }),
      tag: f.foreignKey('blog.Tag', { onDelete: 'cascade' }),
      ...more,
    },
    options,
  )
const tags = f.manyToMany('blog.Tag')
const through = f.manyToMany('blog.Tag', { through: 'blog.Tagging' })
const key = f.foreignKey('blog.Tag', { null: true })

const insert = `INSERT INTO blog_tag (id, title) VALUES (1, 'a'), (2, 'b'), (3, 'c');
  INSERT INTO blog_post (id, title) VALUES (10, 'x'), (11, 'y'), (12, 'z');`
const joined = 'INSERT INTO blog_post_tags (post_id, tag_id) VALUES (10, 1), (10, 2), (11, 3);'
const pairs = [
  { post: 10, tag: 1 },
  { post: 10, tag: 2 },
  { post: 11, tag: 3 },
]

function pairsIn(project: Evolution, table: string): ReturnType<Evolution['rows']> {
  return project.rows(`SELECT post_id AS post, tag_id AS tag FROM ${table} ORDER BY 1, 2`)
}

testOnEach('a many-to-many that is given a join model keeps its pairs, there and back', (on) =>
  evolve(on, async (project) => {
    await project.to([tag, post({ tags })])
    await project.exec(insert + joined)
    await project.to([tag, post({ tags: through }), tagging({ grade: f.integer({ default: 7 }) })])
    assert.deepEqual(await pairsIn(project, 'blog_tagging'), pairs)
    assert.deepEqual(await project.rows('SELECT count(*) AS n, min(grade) AS grade FROM blog_tagging'), [
      { n: 3, grade: 7 },
    ])
    await project.exec('INSERT INTO blog_tagging (post_id, tag_id) VALUES (12, 1), (12, 1);')
    await project.back()
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), [...pairs, { post: 12, tag: 1 }])
    await project.forth()
    assert.deepEqual(await pairsIn(project, 'blog_tagging'), [...pairs, { post: 12, tag: 1 }])
  }),
)

testOnEach('the join model may have the table of the join table, and its two columns as its key', (on) =>
  evolve(on, async (project) => {
    await project.to([tag, post({ tags })])
    await project.exec(insert + joined)
    const { id: _, ...fields } = tagging().fields
    const options = { table: 'blog_post_tags', primaryKey: ['post', 'tag'] }
    await project.to([tag, post({ tags: through }), { app: 'blog', name: 'Tagging', fields, options }])
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), pairs)
    await project.back()
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), pairs)
  }),
)

testOnEach('pairs that the join model has already are not copied a second time', (on) =>
  evolve(on, async (project) => {
    const once = { constraints: [unique({ fields: ['post', 'tag'] })] }
    await project.to([tag, post({ tags }), tagging({}, once)])
    await project.exec(`${insert + joined} INSERT INTO blog_tagging (post_id, tag_id) VALUES (10, 2), (12, 2);`)
    await project.to([tag, post({ tags: through }), tagging({}, once)])
    assert.deepEqual(await pairsIn(project, 'blog_tagging'), [...pairs, { post: 12, tag: 2 }])
    await project.back()
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), [...pairs, { post: 12, tag: 2 }])
  }),
)

testOnEach('a join model that goes leaves its pairs to the automatic join table', (on) =>
  evolve(on, async (project) => {
    const loose = { tag: f.foreignKey('blog.Tag', { null: true, onDelete: 'setNull' }) }
    await project.to([tag, post({ tags: through }), tagging(loose, { table: 'blog_post_tags' })])
    await project.exec(`${insert}
      INSERT INTO blog_post_tags (post_id, tag_id) VALUES (10, 1), (10, 2), (11, 3), (11, 3), (12, NULL);`)
    await project.to([tag, post({ tags })])
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), pairs)
    await project.back()
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), pairs)
  }),
)

testOnEach(
  'a deferred join model gets its pairs and is altered after that',
  (on) =>
    evolve(on, async (project) => {
      const deferred = { tag: f.foreignKey('blog.Tag', { deferrable: 'deferred' }) }
      await project.to([tag, post({ tags }), tagging(deferred)])
      await project.exec(insert + joined)
      const indexes = [index({ fields: ['tag', 'post'], name: 'by_tag' })]
      await project.to([
        tag,
        post({ tags: through }),
        tagging({ ...deferred, grade: f.integer({ null: true }) }, { indexes }),
      ])
      assert.deepEqual(await pairsIn(project, 'blog_tagging'), pairs)
      await project.back()
    }),
  databasesWith('deferrableForeignKey'),
)

testOnEach('a foreign key that becomes a many-to-many keeps what it points at, there and back', (on) =>
  evolve(on, async (project) => {
    await project.to([tag, post({ tag: f.foreignKey('blog.Tag', { null: true, index: true }) })])
    await project.exec(`${insert} UPDATE blog_post SET tag_id = id - 9 WHERE id < 12;`)
    await project.to([tag, post({ tag: tags })])
    assert.deepEqual(await pairsIn(project, 'blog_post_tag'), [
      { post: 10, tag: 1 },
      { post: 11, tag: 2 },
    ])
    await project.back()
    const keys = 'SELECT id, tag_id AS tag FROM blog_post ORDER BY id'
    assert.deepEqual(await project.rows(keys), [
      { id: 10, tag: 1 },
      { id: 11, tag: 2 },
      { id: 12, tag: null },
    ])
    await project.forth()
    await project.exec('INSERT INTO blog_post_tag (post_id, tag_id) VALUES (10, 2);')
    await assert.rejects(project.back(), { code: 'execution.dataStandsInTheWay' })
    assert.deepEqual(await pairsIn(project, 'blog_post_tag'), [
      { post: 10, tag: 1 },
      { post: 10, tag: 2 },
      { post: 11, tag: 2 },
    ])
  }),
)

testOnEach('a many-to-many becomes a foreign key where no row is paired with two', (on) =>
  evolve(on, async (project) => {
    await project.to([tag, post({ tags })])
    await project.exec(insert + joined)
    const one = [tag, post({ tags: key })]
    // The pairs are moved aside first, and all the same nothing is done by then.
    const told: unknown = await project.to(one).catch((error: unknown) => error)
    assert.ok(hasCode(told, 'execution.dataStandsInTheWay'))
    assert.match(told.details.rule, /^blog_post_tags holds /)
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), pairs)
    await project.exec('DELETE FROM blog_post_tags WHERE tag_id = 2;')
    const required = [tag, post({ tags: f.foreignKey('blog.Tag') })]
    await assert.rejects(project.to(required), { code: 'execution.dataStandsInTheWay' })
    await project.to(one)
    assert.deepEqual(await project.rows('SELECT id, tags_id AS tag FROM blog_post ORDER BY id'), [
      { id: 10, tag: 1 },
      { id: 11, tag: 3 },
      { id: 12, tag: null },
    ])
    await project.back()
    assert.deepEqual(await pairsIn(project, 'blog_post_tags'), [pairs[0], pairs[2]])
  }),
)

testOnEach('a many-to-many to its own model keeps which side is which', (on) =>
  evolve(on, async (project) => {
    const friends = (options: Parameters<typeof f.manyToMany>[1]) => post({ friends: f.manyToMany('self', options) })
    const friendship = model('Friendship', {
      b: f.foreignKey('blog.Post'),
      a: f.foreignKey('blog.Post'),
    })
    await project.to([friends({})])
    await project.exec(`INSERT INTO blog_post (id, title) VALUES (10, 'x'), (11, 'y');
      INSERT INTO blog_post_friends (from_post_id, to_post_id) VALUES (10, 11);`)
    await project.to([friends({ through: 'blog.Friendship', throughFields: ['a', 'b'] }), friendship])
    assert.deepEqual(await project.rows('SELECT a_id AS a, b_id AS b FROM blog_friendship'), [{ a: 10, b: 11 }])
    await project.back()
    assert.deepEqual(await project.rows('SELECT from_post_id AS a, to_post_id AS b FROM blog_post_friends'), [
      { a: 10, b: 11 },
    ])
  }),
)

testOnEach('a foreign key is pointed at another model: the values stay where they mean something, or go', (on) =>
  evolve(on, async (project) => {
    const label = model('Label', { title })
    await project.to([tag, label, post({ tag: key })])
    await project.exec(`${insert} UPDATE blog_post SET tag_id = id - 9; INSERT INTO blog_label (id) VALUES (1), (2);`)
    const after = [tag, label, post({ tag: f.foreignKey('blog.Label', { null: true }) })]
    const keep = { 'blog.Post.tag:rows': { kind: 'keepRows' } } as const
    await assert.rejects(project.to(after, keep), { code: 'execution.dataStandsInTheWay' }, 'there is no label 3')
    await project.exec('INSERT INTO blog_label (id) VALUES (3);')
    await project.to(after, keep)
    const keys = 'SELECT id, tag_id AS tag FROM blog_post ORDER BY id'
    const kept = [
      { id: 10, tag: 1 },
      { id: 11, tag: 2 },
      { id: 12, tag: 3 },
    ]
    assert.deepEqual(await project.rows(keys), kept)
    await project.back()
    assert.deepEqual(await project.rows(keys), kept)
    await project.forth()
    await project.to([tag, label, post({ tag: key })], { 'blog.Post.tag:rows': { kind: 'dropRows' } })
    assert.deepEqual(
      await project.rows(keys),
      kept.map(({ id: row }) => ({ id: row, tag: null })),
    )
  }),
)

testOnEach('pairs are copied in a transaction that they share with code, where no cascade reaches them', async (on) => {
  const database = await on.create()
  const session = await database.openSession()
  try {
    const first: Migration = {
      app: 'blog',
      name: '0001_initial',
      definition: defineMigration({
        operations: [tag, post({ tag: f.foreignKey('blog.Tag', { null: true, onDelete: 'cascade' }) })].map(
          ({ name, fields }) => createModel({ name, fields }),
        ),
      }),
    }
    const second: Migration = {
      app: 'blog',
      name: '0002_tags',
      definition: defineMigration({
        dependencies: [['blog', '0001_initial']],
        operations: [
          runCode({ forwards: () => {}, backwards: () => {} }),
          addField({ model: 'Post', name: 'tags', field: tags, copyFrom: 'tag' }),
          removeField({ model: 'Post', name: 'tag', restoreFrom: 'tags' }),
          runCode({ forwards: () => {}, backwards: () => {} }),
        ],
      }),
    }
    await migrate({ session, graph: buildGraph([first]) })
    await session.script(`${insert} UPDATE blog_post SET tag_id = id - 9 WHERE id < 12;`)
    const graph = buildGraph([first, second])
    await migrate({ session, graph })
    const held = async (text: string) =>
      (await session.query(verbatim(text))).map((row) => Object.values(row).map(Number))
    const copied = [
      [10, 1],
      [11, 2],
    ]
    assert.deepEqual(await held('SELECT post_id, tag_id FROM blog_post_tags ORDER BY 1'), copied)
    await migrate({ session, graph, target: resolveTarget(graph, 'blog', '0001') })
    assert.deepEqual(await held('SELECT id, tag_id FROM blog_post WHERE tag_id IS NOT NULL ORDER BY 1'), copied)
  } finally {
    await session.close()
    await database.drop()
  }
})
