import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainDialect } from '../../test/support/plain-dialect.ts'
import { GodwitError } from '../errors/error.ts'
import { sqlDefault } from '../fields/default-functions.ts'
import { f } from '../fields/f.ts'
import { diff } from '../schema/diff.ts'
import type { Expression } from '../schema/expression.ts'
import type { Table } from '../schema/schema.ts'
import { project, projectChanged } from './project.ts'
import { projectModel } from './project-model.ts'
import type { ProjectState } from './project-state.ts'
import { withField, withRenamedField } from './with-field.ts'
import { modelUnder, type NewModel, stateOf, withOptions, withRenamedModel } from './with-model.ts'

const id = f.bigAuto({ primaryKey: true })
const column = (name: string): Expression => ({ kind: 'column', name })
const user: NewModel = { app: 'accounts', name: 'User', fields: { id, email: f.char({ maxLength: 90, unique: true }) } }

function tableOf(state: ProjectState, name: string): Table {
  const table = project(state, plainDialect).tables.get(name)
  assert.ok(table, `there is a table ${name}`)
  return table
}

test('a model projects onto its table', () => {
  const state = stateOf([
    user,
    {
      app: 'billing',
      name: 'Invoice',
      fields: {
        id,
        owner: f.foreignKey('accounts.User', { onDelete: 'restrict' }),
        number: f.char({ maxLength: 32 }),
        status: f.char({ maxLength: 20, default: 'draft', choices: ['draft', 'paid'] }),
        quantity: f.positiveInteger({ index: true }),
        data: f.json({ null: true }),
        issuedAt: f.dateTime({ default: sqlDefault({ plain: 'tomorrow()' }) }),
        slug: f.generated({
          expression: { kind: 'call', function: 'lower', arguments: [column('number')] },
          output: f.char({ maxLength: 32 }),
        }),
      },
      options: {
        comment: 'Sent and unsent',
        indexes: [{ parts: [{ field: 'status' }, { field: 'issuedAt', descending: true }] }],
        constraints: [
          {
            kind: 'unique',
            name: 'number_per_owner',
            parts: [{ field: 'owner' }, { field: 'number' }],
            where: { kind: 'isNull', operand: column('data') },
          },
          { kind: 'check', name: 'numbered', condition: { kind: 'sql', sql: { plain: 'number > 0' } } },
        ],
      },
    },
  ])
  const invoice = modelUnder(state, 'billing.Invoice')
  const identities = invoice.fields.map((field) => field.identity)
  assert.deepEqual(tableOf(state, 'billing_invoice'), {
    name: 'billing_invoice',
    identity: invoice.identity,
    comment: 'Sent and unsent',
    columns: [
      { name: 'id', identity: identities[0], type: 'bigInteger numbered', nullable: false, autoIncrement: true },
      { name: 'owner_id', identity: identities[1], type: 'bigInteger', nullable: false },
      { name: 'number', identity: identities[2], type: 'varchar(32)', nullable: false },
      {
        name: 'status',
        identity: identities[3],
        type: 'varchar(20)',
        nullable: false,
        default: { kind: 'value', value: 'draft' },
      },
      { name: 'quantity', identity: identities[4], type: 'integer', nullable: false },
      { name: 'data', identity: identities[5], type: 'json', nullable: true },
      {
        name: 'issued_at',
        identity: identities[6],
        type: 'timestamp',
        nullable: false,
        default: { kind: 'sql', sql: 'tomorrow()' },
      },
      {
        name: 'slug',
        identity: identities[7],
        type: 'varchar(32)',
        nullable: false,
        generated: { expression: { kind: 'call', function: 'lower', arguments: [column('number')] }, stored: true },
      },
    ],
    primaryKey: { columns: ['id'] },
    uniques: [
      {
        name: 'number_per_owner',
        parts: [{ expression: column('owner_id') }, { expression: column('number') }],
        where: { kind: 'isNull', operand: column('data') },
      },
    ],
    foreignKeys: [
      {
        name: 'billing_invoice_owner_id_fk',
        generatedName: true,
        columns: ['owner_id'],
        references: { table: 'accounts_user', columns: ['id'] },
        onDelete: 'restrict',
        onUpdate: 'noAction',
      },
    ],
    checks: [
      { name: 'numbered', expression: { kind: 'sql', sql: 'number > 0' } },
      {
        name: 'billing_invoice_status_choices_check',
        generatedName: true,
        expression: { kind: 'in', operand: column('status'), values: ['draft', 'paid'] },
      },
      {
        name: 'billing_invoice_quantity_check',
        generatedName: true,
        expression: {
          kind: 'compare',
          operator: '>=',
          left: column('quantity'),
          right: { kind: 'value', value: 0 },
        },
      },
      {
        name: 'billing_invoice_data_json_check',
        generatedName: true,
        expression: { kind: 'call', function: 'trim', arguments: [column('data')] },
      },
    ],
    indexes: [
      {
        name: 'billing_invoice_status_issued_at_idx',
        generatedName: true,
        parts: [{ expression: column('status') }, { expression: column('issued_at'), descending: true }],
      },
      {
        name: 'billing_invoice_quantity_idx',
        generatedName: true,
        parts: [{ expression: column('quantity') }],
      },
      // The unique constraint begins with owner_id too, but covers only some rows.
      {
        name: 'billing_invoice_owner_id_idx',
        generatedName: true,
        parts: [{ expression: column('owner_id') }],
      },
    ],
  })
  assert.deepEqual(
    tableOf(state, 'accounts_user').uniques.map(({ name }) => name),
    ['accounts_user_email_uniq'],
  )
})

test('a foreign key has no index of its own where it says so, and one beside a wider one where it says that', () => {
  const names = (index: boolean | undefined) =>
    tableOf(
      stateOf([
        user,
        {
          app: 'blog',
          name: 'Post',
          fields: { id, at: f.date(), author: f.foreignKey('accounts.User', index === undefined ? {} : { index }) },
          options:
            index === false
              ? {}
              : { indexes: [{ name: 'by_author_at', parts: [{ field: 'author' }, { field: 'at' }] }] },
        },
      ]),
      'blog_post',
    ).indexes.map(({ name }) => name)
  assert.deepEqual(names(false), [])
  assert.deepEqual(names(undefined), ['by_author_at'])
  assert.deepEqual(names(true), ['by_author_at', 'blog_post_author_id_idx'])
})

test('a foreign key has no index of its own where another one begins with its column', () => {
  const state = stateOf([
    user,
    {
      app: 'blog',
      name: 'Profile',
      fields: { user: f.oneToOne('accounts.User', { primaryKey: true }), best: f.oneToOne('accounts.User') },
    },
    {
      app: 'blog',
      name: 'Membership',
      fields: {
        user: f.foreignKey('accounts.User'),
        profile: f.foreignKey('Profile'),
        other: f.foreignKey('accounts.User'),
      },
      options: { primaryKey: ['user', 'profile'], indexes: [{ name: 'by_other', parts: [{ field: 'other' }] }] },
    },
  ])
  const names = (table: string) => {
    const { uniques, indexes, primaryKey } = tableOf(state, table)
    return { key: primaryKey?.columns, names: [...uniques, ...indexes].map(({ name }) => name) }
  }
  assert.deepEqual(names('blog_profile'), { key: ['user_id'], names: ['blog_profile_best_id_uniq'] })
  assert.deepEqual(names('blog_membership'), {
    key: ['user_id', 'profile_id'],
    names: ['by_other', 'blog_membership_profile_id_idx'],
  })
})

test('two unnamed objects that would share a name are told apart, equal ones are one', () => {
  const state = stateOf([
    {
      app: 'blog',
      name: 'Tag',
      fields: { id, name: f.text({ index: true }) },
      options: {
        indexes: [
          { parts: [{ field: 'name' }] },
          { parts: [{ expression: { kind: 'call', function: 'lower', arguments: [column('name')] } }] },
        ],
      },
    },
  ])
  const names = tableOf(state, 'blog_tag').indexes.map(({ name }) => name)
  assert.equal(names.length, 2)
  assert.equal(names[0], 'blog_tag_name_idx')
  assert.match(names[1] ?? '', /^blog_tag_name_[0-9a-f]{6}_idx$/)
})

test('a many-to-many field projects onto a join table whose identities follow from the field', () => {
  const state = stateOf([user, { app: 'blog', name: 'Post', fields: { id, likedBy: f.manyToMany('accounts.User') } }])
  const field = modelUnder(state, 'blog.Post').fields[1]?.identity
  const key = (name: string, table: string) => ({
    name: `blog_post_liked_by_${name}_fk`,
    generatedName: true as const,
    columns: [name],
    references: { table, columns: ['id'] },
    onDelete: 'cascade' as const,
    onUpdate: 'noAction' as const,
  })
  assert.deepEqual(tableOf(state, 'blog_post_liked_by'), {
    name: 'blog_post_liked_by',
    identity: `${field}.join`,
    columns: [
      { name: 'post_id', identity: `${field}.join.source`, type: 'bigInteger', nullable: false },
      { name: 'user_id', identity: `${field}.join.target`, type: 'bigInteger', nullable: false },
    ],
    primaryKey: { columns: ['post_id', 'user_id'] },
    uniques: [],
    foreignKeys: [key('post_id', 'blog_post'), key('user_id', 'accounts_user')],
    checks: [],
    indexes: [
      {
        name: 'blog_post_liked_by_user_id_idx',
        generatedName: true,
        parts: [{ expression: column('user_id') }],
      },
    ],
  })
})

test('an unmanaged model and a join model of its own project nothing more', () => {
  const state = stateOf([
    user,
    { app: 'blog', name: 'Old', fields: { id }, options: { managed: false } },
    { app: 'blog', name: 'Post', fields: { id, readers: f.manyToMany('accounts.User', { through: 'blog.Reading' }) } },
    { app: 'blog', name: 'Reading', fields: { id, post: f.foreignKey('Post'), user: f.foreignKey('accounts.User') } },
  ])
  assert.deepEqual([...project(state, plainDialect).tables.keys()], ['accounts_user', 'blog_post', 'blog_reading'])
})

test('a key that is a foreign key has the type of what it points at, through any number of models', () => {
  const state = stateOf([
    { app: 'a', name: 'Root', fields: { code: f.char({ maxLength: 7, primaryKey: true, collation: 'C' }) } },
    { app: 'a', name: 'Middle', fields: { root: f.oneToOne('Root', { primaryKey: true }) } },
    { app: 'a', name: 'Leaf', fields: { id, middle: f.foreignKey('Middle') } },
  ])
  const { type, collation } = tableOf(state, 'a_leaf').columns[1] ?? {}
  assert.deepEqual({ type, collation }, { type: 'varchar(7)', collation: 'C' })

  const wider = withField(state, 'a.Root', 'code', f.char({ maxLength: 9, primaryKey: true }))
  const changed = projectChanged(state, wider, plainDialect)
  assert.deepEqual([...changed.before.tables.keys()], ['a_root', 'a_middle', 'a_leaf'])
  assert.deepEqual(changed.after, project(wider, plainDialect))
})

test('only tables that can differ are compared', () => {
  const state = stateOf([
    user,
    { app: 'blog', name: 'Post', fields: { id, author: f.foreignKey('accounts.User'), title: f.text() } },
    { app: 'blog', name: 'Comment', fields: { id, post: f.foreignKey('Post') } },
  ])
  const tables = (after: ProjectState) => {
    const changed = projectChanged(state, after, plainDialect)
    return { before: [...changed.before.tables.keys()], after: [...changed.after.tables.keys()] }
  }
  assert.deepEqual(tables(state), { before: [], after: [] })
  assert.deepEqual(tables(withRenamedField(state, 'blog.Post', 'title', 'head')), {
    before: ['blog_post'],
    after: ['blog_post'],
  })
  assert.deepEqual(tables(withRenamedModel(state, 'accounts.User', 'Person')), {
    before: ['accounts_user', 'blog_post'],
    after: ['accounts_person', 'blog_post'],
  })
  assert.deepEqual(tables(withOptions(state, 'blog.Post', { table: 'posts' })), {
    before: ['blog_post', 'blog_comment'],
    after: ['posts', 'blog_comment'],
  })
  assert.deepEqual(tables(withOptions(state, 'blog.Post', { managed: false })), { before: [], after: [] })
})

test('the difference of the changed tables is the difference of all', () => {
  const state = stateOf([
    user,
    { app: 'blog', name: 'Post', fields: { id, author: f.foreignKey('accounts.User'), tags: f.manyToMany('Tag') } },
    { app: 'blog', name: 'Tag', fields: { id } },
  ])
  const options = { match: 'lineage', comparison: plainDialect.comparison } as const
  for (const after of [
    withRenamedModel(state, 'blog.Tag', 'Label'),
    withField(state, 'accounts.User', 'id', f.uuid({ primaryKey: true })),
    withRenamedField(state, 'accounts.User', 'id', 'key'),
    withRenamedField(state, 'blog.Post', 'tags', 'labels'),
  ]) {
    const changed = projectChanged(state, after, plainDialect)
    const all = diff(project(state, plainDialect), project(after, plainDialect), options)
    assert.ok(all.length > 0)
    assert.deepEqual(diff(changed.before, changed.after, options), all)
  }
})

test('a projection is made again only when something that it reads has changed', () => {
  const state = stateOf([user, { app: 'blog', name: 'Post', fields: { id, author: f.foreignKey('accounts.User') } }])
  const tables = (of: ProjectState) => projectModel(of, modelUnder(of, 'blog.Post'), plainDialect)
  const named = withField(state, 'accounts.User', 'name', f.text())
  assert.equal(tables(named), tables(state))
  assert.notEqual(tables(withField(state, 'accounts.User', 'id', f.uuid({ primaryKey: true }))), tables(state))
})

test('what cannot be projected is refused by name', () => {
  const code = (models: readonly NewModel[]): unknown => {
    try {
      return project(stateOf(models), plainDialect)
    } catch (error) {
      return error instanceof GodwitError ? error.code : error
    }
  }
  const refers = (to: string): NewModel => ({ app: 'b', name: 'R', fields: { id, to: f.foreignKey(to) } })
  assert.equal(code([refers('b.Nothing')]), 'migrations.operationDanglingRelation')
  assert.equal(
    code([{ app: 'b', name: 'K', fields: { a: f.text() } }, refers('b.K')]),
    'migrations.operationKeylessTarget',
  )
  assert.equal(
    code([{ app: 'b', name: 'Loop', fields: { loop: f.oneToOne('self', { primaryKey: true }) } }]),
    'migrations.operationKeylessTarget',
  )
  assert.equal(
    code([
      { app: 'b', name: 'One', fields: { id }, options: { table: 'same' } },
      { app: 'b', name: 'Two', fields: { id }, options: { table: 'same' } },
    ]),
    'migrations.operationTableTwice',
  )
  assert.equal(
    code([{ app: 'b', name: 'M', fields: { id, at: f.dateTime({ default: sqlDefault({ other: 'x' }) }) } }]),
    'migrations.operationSqlMissingForDatabase',
  )
})
