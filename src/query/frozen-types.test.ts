import assert from 'node:assert/strict'
import { test } from 'node:test'
import { f } from '../fields/f.ts'
import { findModel } from '../state/project-state.ts'
import { stateOf } from '../state/with-model.ts'
import { frozenTypes } from './frozen-types.ts'

const id = f.bigAuto({ primaryKey: true })
const state = stateOf([
  { app: 'accounts', name: 'Tag', fields: { id, 'odd name': f.text({ null: true }) } },
  { app: 'accounts', name: 'Date', fields: { id, day: f.date() } },
  {
    app: 'blog',
    name: 'Tag',
    fields: {
      id,
      kind: f.char({ maxLength: 5, choices: ['a', "it's"] }),
      loose: f.char({ maxLength: 5, choices: ['a'], enforce: false }),
      rank: f.integer({ choices: [1, 2], null: true }),
      of: f.foreignKey('accounts.Tag'),
      seen: f.foreignKey('accounts.Date', { null: true }),
    },
  },
  { app: 'blog', name: 'Far', fields: { id, day: f.foreignKey('accounts.Date') } },
])

test('models of one name, and of the name of a type, are called by their app as well; choices are their values', () => {
  const model = findModel(state, 'blog.Tag')
  assert.ok(model)
  const { text, specifiers, names } = frozenTypes(state, [model])
  assert.equal(
    text,
    `/** blog.Tag */
interface BlogTag {
  id: Defaulted<number | bigint>
  kind: 'a' | 'it\\'s'
  loose: string
  rank: 1 | 2 | null
  ofId: number | bigint
  seenId: number | bigint | null
  of: ToOne<AccountsTag>
  seen: ToOne<AccountsDate>
}

/** accounts.Tag */
interface AccountsTag {
  id: Defaulted<number | bigint>
  'odd name': string | null
  tag: ToMany<BlogTag>
}

/** accounts.Date */
interface AccountsDate {
  id: Defaulted<number | bigint>
  day: string
  tag: ToMany<BlogTag>
  far: ToMany<AnyFields>
}`,
  )
  assert.deepEqual(specifiers, ['type AnyFields', 'type Defaulted', 'type ToMany', 'type ToOne'])
  assert.deepEqual([...names], [['blog.Tag', 'BlogTag']])
})
