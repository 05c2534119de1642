import assert from 'node:assert/strict'
import type { Field } from '../../src/fields/field.ts'
import type { Migration } from '../../src/history/migration.ts'
import { check, f, index, q, unique } from '../../src/migrations.ts'
import type { ModelOptions } from '../../src/models/declarations.ts'
import type { NewModel } from '../../src/state/with-model.ts'
import { databases, databasesWith, testOnEach } from '../support/databases.ts'
import { evolve } from '../support/evolve.ts'

const id = f.bigAuto({ primaryKey: true })

function modelIn(app: string, name: string, fields: Readonly<Record<string, Field>>, options: ModelOptions = {}) {
  const isKeyed = options.primaryKey !== undefined || Object.values(fields).some((field) => field.primaryKey === true)
  return { app, name, fields: { ...(isKeyed ? {} : { id }), ...fields }, options } satisfies NewModel
}

const model = (name: string, fields: Readonly<Record<string, Field>>, options?: ModelOptions) =>
  modelIn('blog', name, fields, options)

const kindsOf = (migrations: readonly Migration[]) =>
  migrations.flatMap(({ definition }) => definition.operations.map(({ kind }) => kind))

const renamed = (name: string) => ({ kind: 'renamedFrom', name }) as const

testOnEach(
  'the type of a primary key changes, and all that points at it follows: chains, join tables, other apps',
  (on) =>
    evolve(on, async (project) => {
      const models = (code: Field) => [
        model('Author', { code }),
        model('Profile', { author: f.oneToOne('blog.Author', { primaryKey: true, onDelete: 'cascade' }) }),
        model('Photo', { profile: f.foreignKey('blog.Profile', { onDelete: 'cascade' }) }),
        model('Post', { authors: f.manyToMany('blog.Author'), parent: f.foreignKey('self', { null: true }) }),
        modelIn('shop', 'Order', { author: f.foreignKey('blog.Author', { null: true, index: true }) }),
      ]
      const short = models(f.char({ maxLength: 5, primaryKey: true }))
      const long = models(f.char({ maxLength: 40, primaryKey: true }))
      await project.to(short)
      await project.exec(`INSERT INTO blog_author (code) VALUES ('ann'), ('bob'); INSERT INTO blog_profile (author_id) VALUES ('ann');
      INSERT INTO blog_photo (id, profile_id) VALUES (1, 'ann'); INSERT INTO blog_post (id) VALUES (1);
      INSERT INTO blog_post_authors (post_id, author_id) VALUES (1, 'bob'); INSERT INTO shop_order (id, author_id) VALUES (1, 'ann'), (2, NULL);`)
      const held = () =>
        project.rows(`SELECT photo.profile_id AS photo, pairs.author_id AS pair, orders.author_id AS orders
        FROM blog_photo AS photo, blog_post_authors AS pairs, shop_order AS orders ORDER BY orders.id`)
      const expected = [
        { photo: 'ann', pair: 'bob', orders: 'ann' },
        { photo: 'ann', pair: 'bob', orders: null },
      ]
      const applied = await project.to(long)
      assert.deepEqual(
        applied.map(({ app, definition }) => [app, definition.operations.map(({ kind }) => kind)]),
        [['blog', ['alterField']]],
      )
      const depended = applied.flatMap(({ definition }) => (definition.dependencies ?? []).map(([app]) => app))
      assert.deepEqual(depended, ['blog', 'shop'], 'the migrations of shop know the key by its old type')
      assert.deepEqual(await held(), expected)
      await project.exec(
        `INSERT INTO blog_author (code) VALUES ('a longer name'); INSERT INTO shop_order (id, author_id) VALUES (3, 'a longer name');`,
      )
      await assert.rejects(project.back(), { code: 'execution.dataStandsInTheWay' })
      await project.exec(`DELETE FROM shop_order WHERE id = 3; DELETE FROM blog_author WHERE code = 'a longer name';`)
      await project.back()
      assert.deepEqual(await held(), expected)
      await project.forth()
    }),
)

const keyed = (key: Field) => [
  model('Tag', { id: key }),
  model('Post', { tag: f.foreignKey('blog.Tag'), tags: f.manyToMany('blog.Tag') }),
]
const keyedRows = `INSERT INTO blog_tag (id) VALUES (4), (7); INSERT INTO blog_post (id, tag_id) VALUES (1, 4);
  INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 7);`
const heldKeys = 'SELECT post.tag_id AS tag, pair.tag_id AS pair FROM blog_post AS post, blog_post_tags AS pair'

testOnEach('a numbered key becomes a larger one, with all that points at it', (on) =>
  evolve(on, async (project) => {
    await project.to(keyed(f.auto({ primaryKey: true })))
    await project.exec(keyedRows)
    await project.to(keyed(f.bigAuto({ primaryKey: true })))
    assert.deepEqual(await project.rows(heldKeys), [{ tag: 4, pair: 7 }])
    await project.back()
    assert.deepEqual(await project.rows(heldKeys), [{ tag: 4, pair: 7 }])
    await project.forth()
  }),
)

testOnEach(
  'a key of a kind that the values are none of is refused, and nothing is changed',
  (on) =>
    evolve(on, async (project) => {
      await project.to(keyed(f.bigAuto({ primaryKey: true })))
      await project.exec(keyedRows)
      await assert.rejects(project.to(keyed(f.uuid({ primaryKey: true }))), { code: 'execution.dataStandsInTheWay' })
      assert.deepEqual(await project.rows(heldKeys), [{ tag: 4, pair: 7 }])
    }),
  // A database without the type keeps uuids as text, which every number can be written as.
  databases.filter(({ kind }) => kind === 'postgres'),
)

testOnEach('the expression of a generated field changes, with what stands on it', (on) =>
  evolve(on, async (project) => {
    const invoice = (expression: ReturnType<typeof q.field>, stored: boolean) =>
      model(
        'Invoice',
        {
          net: f.integer(),
          tax: f.integer({ default: 0 }),
          gross: f.generated({ expression, output: f.integer(), stored, null: true }),
          large: f.generated({ expression: q.field('net'), output: f.integer(), stored: true, null: true }),
        },
        {
          indexes: [index({ fields: ['gross', 'net'], name: 'by_gross' })],
          constraints: [check({ name: 'gross_positive', condition: q.gte('gross', 0) })],
        },
      )
    await project.to([invoice(q.field('net'), true)])
    await project.exec('INSERT INTO blog_invoice (id, net, tax) VALUES (1, 10, 2), (2, 20, 3);')
    const gross = () => project.rows('SELECT gross FROM blog_invoice ORDER BY id')
    await project.to([invoice(q.field('tax'), true)])
    assert.deepEqual(await gross(), [{ gross: 2 }, { gross: 3 }])
    await project.back()
    assert.deepEqual(await gross(), [{ gross: 10 }, { gross: 20 }])
    await project.forth()
  }),
)

testOnEach('a model that is handed over and taken back keeps its table and rows', (on) =>
  evolve(on, async (project) => {
    const post = (options: ModelOptions = {}) => model('Post', { title: f.text() }, options)
    const titles = () => project.rows('SELECT title FROM blog_post')
    await project.to([post()])
    await project.exec(`INSERT INTO blog_post (id, title) VALUES (1, 'x');`)
    await project.to([post({ managed: false })])
    await project.back()
    await project.forth()
    assert.deepEqual(await titles(), [{ title: 'x' }])
    const applied = await project.to([post()])
    assert.deepEqual(kindsOf(applied), ['alterModelOptions'])
    await project.back()
    assert.deepEqual(await titles(), [{ title: 'x' }])
  }),
)

testOnEach('indexes and constraints that are called otherwise are renamed', (on) =>
  evolve(on, async (project) => {
    const models = (names: readonly [string | undefined, string, string]) => [
      model(
        'Post',
        { grade: f.integer(), slug: f.char({ maxLength: 9 }) },
        {
          indexes: [index({ fields: ['grade'], ...(names[0] && { name: names[0] }) })],
          constraints: [
            unique({ fields: ['slug'], name: names[1] }),
            check({ name: names[2], condition: q.gt('grade', 0) }),
          ],
        },
      ),
    ]
    await project.to(models(['first', 'second', 'third']))
    await project.exec(`INSERT INTO blog_post (id, grade, slug) VALUES (1, 1, 'a');`)
    const kinds = async (names: readonly [string | undefined, string, string]) =>
      (await project.to(models(names))).flatMap(({ definition }) => definition.operations.map(({ kind }) => kind))
    assert.deepEqual(await kinds(['one', 'two', 'three']), ['renameIndex', 'alterConstraint', 'alterConstraint'])
    await project.back()
    await project.forth()
    assert.deepEqual(await kinds([undefined, 'two', 'three']), ['renameIndex'])
    assert.deepEqual(await kinds(['two', 'one', 'three']), ['alterConstraint', 'renameIndex'])
    await assert.rejects(project.exec(`INSERT INTO blog_post (id, grade, slug) VALUES (2, 1, 'a');`))
    await project.back()
  }),
)

testOnEach('what is renamed and changed at once keeps its values', (on) =>
  evolve(on, async (project) => {
    const before = model(
      'Invoice',
      { sum: f.integer({ null: true }), note: f.char({ maxLength: 10 }), tags: f.manyToMany('blog.Tag') },
      { indexes: [index({ fields: ['sum'], name: 'by_sum' })] },
    )
    const line = (target: string) => model('Line', { invoice: f.foreignKey(target) })
    const after = model(
      'Bill',
      {
        total: f.bigInteger({ default: 0 }),
        note: f.text(),
        labels: f.manyToMany('blog.Tag'),
        extra: f.text({ null: true }),
      },
      { indexes: [index({ fields: ['total'], name: 'by_total' })] },
    )
    await project.to([model('Tag', {}), before, line('blog.Invoice')])
    await project.exec(`INSERT INTO blog_tag (id) VALUES (5); INSERT INTO blog_invoice (id, sum, note) VALUES (1, 7, 'x'), (2, NULL, 'y');
      INSERT INTO blog_invoice_tags (invoice_id, tag_id) VALUES (1, 5); INSERT INTO blog_line (id, invoice_id) VALUES (1, 2);`)
    await project.to([model('Tag', {}), after, line('blog.Bill')], {
      'blog.Bill:renamedFrom': renamed('Invoice'),
      'blog.Bill.total:renamedFrom': renamed('sum'),
      'blog.Bill.labels:renamedFrom': renamed('tags'),
      'blog.Bill.extra:renamedFrom': { kind: 'notRenamed' },
    })
    assert.deepEqual(await project.rows('SELECT id, total, note FROM blog_bill ORDER BY id'), [
      { id: 1, total: 7, note: 'x' },
      { id: 2, total: 0, note: 'y' },
    ])
    assert.deepEqual(await project.rows('SELECT bill_id AS bill, tag_id AS tag FROM blog_bill_labels'), [
      { bill: 1, tag: 5 },
    ])
    assert.deepEqual(await project.rows('SELECT invoice_id AS bill FROM blog_line'), [{ bill: 2 }])
    await project.back()
    assert.deepEqual(await project.rows('SELECT invoice_id AS bill, tag_id AS tag FROM blog_invoice_tags'), [
      { bill: 1, tag: 5 },
    ])
    await project.forth()
  }),
)

testOnEach('two new apps that point at each other come, take rows, and go', (on) =>
  evolve(on, async (project) => {
    const models = [
      modelIn('alpha', 'Left', { right: f.foreignKey('beta.Right', { null: true }) }),
      modelIn('beta', 'Right', { left: f.foreignKey('alpha.Left') }),
    ]
    const applied = await project.to(models)
    assert.deepEqual(
      applied.map(({ app, name }) => `${app}.${name}`),
      ['alpha.0001_initial', 'beta.0001_initial', 'alpha.0002_initial'],
    )
    await project.exec(`INSERT INTO alpha_left (id) VALUES (1); INSERT INTO beta_right (id, left_id) VALUES (2, 1);
      UPDATE alpha_left SET right_id = 2;`)
    await project.to([])
    assert.deepEqual([...(await project.session.inspect()).tables.keys()], [])
    await project.back()
    await project.forth()
  }),
)

testOnEach('a foreign key becomes a plain number and a one-to-one, and comes back', (on) =>
  evolve(on, async (project) => {
    const post = (field: Field) => [model('Tag', {}), model('Post', { tag: field })]
    const key = f.foreignKey('blog.Tag', { null: true, onDelete: 'setNull' })
    await project.to(post(key))
    await project.exec(`INSERT INTO blog_tag (id) VALUES (1), (2);
      INSERT INTO blog_post (id, tag_id) VALUES (1, 1), (2, 2), (3, NULL);`)
    const held = (column: string) => project.rows(`SELECT ${column} AS tag FROM blog_post ORDER BY id`)
    const values = [{ tag: 1 }, { tag: 2 }, { tag: null }]
    await project.to(post(f.bigInteger({ null: true })))
    assert.deepEqual(await held('tag'), values)
    await project.exec('INSERT INTO blog_post (id, tag) VALUES (4, 9);')
    await assert.rejects(project.to(post(key)), { code: 'execution.dataStandsInTheWay' })
    await project.exec('DELETE FROM blog_post WHERE id = 4;')
    await project.to(post(f.oneToOne('blog.Tag', { null: true })))
    assert.deepEqual(await held('tag_id'), values)
    await assert.rejects(project.exec('INSERT INTO blog_post (id, tag_id) VALUES (4, 1);'))
    await project.back()
    assert.deepEqual(await held('tag'), values)
  }),
)

testOnEach('a key of one field becomes one of two, and goes back', (on) =>
  evolve(on, async (project) => {
    const single = model('Seat', { id: f.bigAuto({ primaryKey: true }), bench: f.integer(), number: f.integer() })
    const pair = model('Seat', { bench: f.integer(), number: f.integer() }, { primaryKey: ['bench', 'number'] })
    await project.to([single])
    await project.exec('INSERT INTO blog_seat (id, bench, number) VALUES (1, 1, 1), (2, 1, 2);')
    await project.to([pair])
    await assert.rejects(project.exec('INSERT INTO blog_seat (bench, number) VALUES (1, 2);'))
    await project.back()
    assert.deepEqual(await project.rows('SELECT bench, number FROM blog_seat ORDER BY 1, 2'), [
      { bench: 1, number: 1 },
      { bench: 1, number: 2 },
    ])
    await project.forth()
  }),
)

testOnEach('a model that moves to another app takes its rows, its join tables and its names along', (on) =>
  evolve(on, async (project) => {
    const tagIn = (app: string) =>
      modelIn(
        app,
        'Tag',
        { title: f.text(), grade: f.integer() },
        { indexes: [index({ fields: ['grade'], name: 'tag_grade' })] },
      )
    const post = (target: string) =>
      model('Post', { tags: f.manyToMany(target), main: f.foreignKey(target, { null: true }) })
    await project.to([tagIn('blog'), post('blog.Tag')])
    await project.exec(`INSERT INTO blog_tag (id, title, grade) VALUES (3, 'a', 1); INSERT INTO blog_post (id, main_id) VALUES (1, 3);
      INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 3);`)
    await project.to([tagIn('labels'), post('labels.Tag')], { 'labels.Tag:renamedFrom': renamed('blog.Tag') })
    const held = 'SELECT main_id AS main, tag_id AS tag FROM blog_post, blog_post_tags'
    assert.deepEqual(await project.rows(held), [{ main: 3, tag: 3 }])
    assert.deepEqual(await project.rows('SELECT id FROM labels_tag'), [{ id: 3 }])
    await project.back()
    assert.deepEqual(await project.rows(held), [{ main: 3, tag: 3 }])
  }),
)

testOnEach('a model takes the name of the index of one that goes later, and rows of a third follow', (on) =>
  evolve(on, async (project) => {
    const gradeed = { grade: f.integer({ null: true }) }
    const named = (name: string, more: Readonly<Record<string, Field>> = {}) =>
      model(
        name,
        { ...gradeed, ...more },
        {
          indexes: [index({ fields: ['grade'], name: 'by_grade' })],
          constraints: [unique({ fields: ['grade'], name: 'one_grade' })],
        },
      )
    const note = (to: string) => model('Note', { of: f.foreignKey(to, { null: true }) })
    await project.to([named('Amber'), note('blog.Amber')])
    await project.exec('INSERT INTO blog_amber (id, grade) VALUES (1, 1); INSERT INTO blog_note (id) VALUES (1);')
    const cedar = named('Cedar', { a: f.text(), b: f.text(), c: f.text() })
    await project.to([cedar, note('blog.Cedar')], { 'blog.Note.of:rows': { kind: 'keepRows' } })
    await project.back()
    await project.forth()
  }),
)

testOnEach('a model that is told apart by another field: what points at it is asked about, and never guessed', (on) =>
  evolve(on, async (project) => {
    const models = (fields: Readonly<Record<string, Field>>) => [
      model('Tag', fields),
      model('Post', { tag: f.foreignKey('blog.Tag', { null: true }) }),
    ]
    const whole = f.integer({ unique: true })
    await project.to(models({ number: f.integer({ primaryKey: true }), code: whole }))
    await project.exec(`INSERT INTO blog_tag (number, code) VALUES (1, 2), (2, 3);
      INSERT INTO blog_post (id, tag_id) VALUES (1, 1), (2, 2);`)
    const after = models({ number: whole, code: f.integer({ primaryKey: true }) })
    const held = 'SELECT tag_id AS tag FROM blog_post ORDER BY id'
    await assert.rejects(project.to(after), { code: 'ERR_ASSERTION' }, 'a question is open')
    await assert.rejects(project.to(after, { 'blog.Post.tag:rows': { kind: 'keepRows' } }), {
      code: 'execution.dataStandsInTheWay',
    })
    assert.deepEqual(await project.rows(held), [{ tag: 1 }, { tag: 2 }])
    await project.to(after, { 'blog.Post.tag:rows': { kind: 'dropRows' } })
    assert.deepEqual(await project.rows(held), [{ tag: null }, { tag: null }])
  }),
)

testOnEach('one value cannot fill a unique field of several rows, which is known before anything is changed', (on) =>
  evolve(on, async (project) => {
    const page = (fields: Record<string, Field>): NewModel => model('Page', { title: f.text(), ...fields })
    const coded = page({ code: f.char({ maxLength: 9, unique: true }) })
    const answers = { 'blog.Page.code:fill': { kind: 'fill', value: 'x' } } as const
    await project.to([page({})])
    await project.exec("INSERT INTO blog_page (id, title) VALUES (1, 'a'), (2, 'b');")
    await assert.rejects(project.to([coded], answers), {
      code: 'execution.dataStandsInTheWay',
      details: {
        migration: 'blog.0002_page_code',
        direction: 'forwards',
        table: 'blog_page',
        columns: ['code'],
        problem: 'duplicates',
        rule: 'code is unique, and all rows get the same value',
        rows: 1,
        example: "'x'",
      },
    })
    assert.deepEqual([...((await project.session.inspect()).tables.get('blog_page')?.columns ?? [])].length, 2)
    await project.exec('DELETE FROM blog_page WHERE id = 2;')
    await project.to([coded], answers)
    assert.deepEqual(await project.rows('SELECT id, code FROM blog_page'), [{ id: 1, code: 'x' }])
  }),
)

/** Values for rows that exist, and why they cannot have them. Each row has no code but for the first, and there is one author, with the key 1. */
const badFills: readonly {
  readonly name: string
  readonly before?: Readonly<Record<string, Field>>
  readonly after: Readonly<Record<string, Field>>
  readonly constraints?: readonly [before: ModelOptions, after: ModelOptions]
  readonly field?: string
  readonly value: string | number
  readonly problem: string
  readonly rule: RegExp
}[] = [
  {
    name: 'a unique that stays',
    before: { code: f.char({ maxLength: 9, null: true, unique: true }) },
    after: { code: f.char({ maxLength: 9, unique: true }) },
    value: 'x',
    problem: 'duplicates',
    rule: /^code is unique, and all rows without a value get the same value$/,
  },
  {
    name: 'a unique that comes, of which one row has the value already',
    after: { code: f.char({ maxLength: 9, unique: true }) },
    value: 'first',
    problem: 'duplicates',
    rule: /^code is unique, and all rows without a value get the same value$/,
  },
  {
    name: 'a check that stays',
    after: { code: f.char({ maxLength: 9 }) },
    constraints: [
      { constraints: [check({ name: 'not_x', condition: q.ne('code', 'x') })] },
      { constraints: [check({ name: 'not_x', condition: q.ne('code', 'x') })] },
    ],
    value: 'x',
    problem: 'checkViolated',
    rule: /code.* <> 'x', once values are filled in$/,
  },
  {
    name: 'a check that comes, over a field that comes',
    after: { code: f.char({ maxLength: 9, null: true }), grade: f.integer() },
    constraints: [{}, { constraints: [check({ name: 'low', condition: q.lt('grade', 5) })] }],
    field: 'grade',
    value: 7,
    problem: 'checkViolated',
    rule: /grade.* < 5, once values are filled in$/,
  },
  {
    name: 'a foreign key that stays',
    before: { author: f.foreignKey('blog.Author', { null: true }) },
    after: { author: f.foreignKey('blog.Author', {}) },
    field: 'author',
    value: 2,
    problem: 'orphans',
    rule: /^author_id refers to a row of blog_author, and all rows without a value get .*2/,
  },
  {
    name: 'a foreign key that comes',
    after: { author: f.foreignKey('blog.Author', {}) },
    field: 'author',
    value: 2,
    problem: 'orphans',
    rule: /^author_id refers to a row of blog_author, and all rows get .*2/,
  },
]

for (const { name, before, after, constraints = [{}, {}], field = 'code', value, problem, rule } of badFills) {
  testOnEach(`a value for rows that exist which ${name} would refuse is told before anything is changed`, (on) =>
    evolve(on, async (project) => {
      const author = model('Author', { title: f.text() })
      const start = before ?? { code: f.char({ maxLength: 9, null: true }) }
      await project.to([author, model('Page', { title: f.text(), ...start }, constraints[0])])
      const code = 'code' in start ? ['code', "'first'", 'NULL'] : ['author_id', '1', 'NULL']
      await project.exec(`INSERT INTO blog_author (id, title) VALUES (1, 'a');
        INSERT INTO blog_page (id, title, ${code[0]}) VALUES (1, 'a', ${code[1]}), (2, 'b', ${code[2]}), (3, 'c', ${code[2]});`)
      const held = async () => [
        await project.rows('SELECT * FROM blog_page ORDER BY id'),
        [...(await project.session.inspect()).tables],
      ]
      const untouched = await held()
      const changed = [author, model('Page', { title: f.text(), ...after }, constraints[1])]
      const answers = { [`blog.Page.${field}:fill`]: { kind: 'fill', value } } as const
      await assert.rejects(project.to(changed, answers), (error: unknown) => {
        const { code: found, details } = Object(error)
        assert.equal(found, 'execution.dataStandsInTheWay', String(error))
        assert.equal(details.problem, problem)
        assert.match(details.rule.replaceAll(/["`]/g, ''), rule)
        return true
      })
      assert.deepEqual(await held(), untouched)
    }),
  )
}

testOnEach(
  'a foreign key keeps an index that finds its rows beside a unique over long texts that begins with it',
  (on) =>
    evolve(on, async (project) => {
      const line = (options: ModelOptions = {}) =>
        model('Line', { item: f.foreignKey('blog.Item', { null: true }), title: f.text() }, options)
      const item = model('Item', { title: f.text() })
      const once = { constraints: [unique({ fields: ['item', 'title'], name: 'title_once' })] }
      await project.to([item, line()])
      await project.exec(`INSERT INTO blog_item (id, title) VALUES (1, 'a');
        INSERT INTO blog_line (id, item_id, title) VALUES (1, 1, 'a');`)
      await project.to([item, line(once)])
      await project.back()
      await project.forth()
      await project.to([item, line()])
    }),
  databasesWith('uniqueText'),
)

testOnEach('a column that becomes a foreign key is asked what it refers to, whatever its NULLs get', (on) =>
  evolve(on, async (project) => {
    const author = model('Author', { title: f.text() })
    const page = (field: Field) => [author, model('Page', { author: field })]
    await project.to(page(f.bigInteger({ null: true, column: 'author_id' })))
    await project.exec(`INSERT INTO blog_author (id, title) VALUES (1, 'a');
      INSERT INTO blog_page (id, author_id) VALUES (1, 99), (2, NULL);`)
    const answers = { 'blog.Page.author:fill': { kind: 'fill', value: 1 } } as const
    await assert.rejects(project.to(page(f.foreignKey('blog.Author', {})), answers), {
      code: 'execution.dataStandsInTheWay',
      message: /1 row .*author_id, for example id = 1/,
    })
    await project.exec('UPDATE blog_page SET author_id = 1 WHERE id = 1;')
    await project.to(page(f.foreignKey('blog.Author', {})), answers)
    assert.deepEqual(await project.rows('SELECT author_id AS author FROM blog_page'), [{ author: 1 }, { author: 1 }])
  }),
)

testOnEach('values for rows of a foreign key that goes are no concern of it', (on) =>
  evolve(on, async (project) => {
    const author = model('Author', { title: f.text() })
    const page = (field: Field) => [author, model('Page', { author: field })]
    await project.to(page(f.foreignKey('blog.Author', { null: true, column: 'author' })))
    await project.exec("INSERT INTO blog_author (id, title) VALUES (1, 'a'); INSERT INTO blog_page (id) VALUES (1);")
    await project.to(page(f.bigInteger()), { 'blog.Page.author:fill': { kind: 'fill', value: 5 } })
    assert.deepEqual(await project.rows('SELECT author FROM blog_page'), [{ author: 5 }])
  }),
)

testOnEach('rows that refer to anything are in the way of a foreign key to a model that is new', (on) =>
  evolve(on, async (project) => {
    const line = (target: string) => model('Line', { item: f.foreignKey(target, { null: true }) })
    const item = model('Item', { title: f.text() })
    await project.to([item, line('blog.Item')])
    await project.exec(
      "INSERT INTO blog_item (id, title) VALUES (1, 'a'); INSERT INTO blog_line (id, item_id) VALUES (7, 1);",
    )
    const repointed = [item, model('Stock', { title: f.text() }), line('blog.Stock')]
    const answers = { 'blog.Line.item:rows': { kind: 'keepRows' } } as const
    await assert.rejects(project.to(repointed, answers), {
      code: 'execution.dataStandsInTheWay',
      message: /1 row .*item_id, for example id = 7/,
    })
    await project.exec('DELETE FROM blog_line;')
    await project.to(repointed, answers)
  }),
)
