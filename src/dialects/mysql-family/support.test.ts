import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GodwitError } from '../../errors/error.ts'
import { f } from '../../fields/f.ts'
import type { Field } from '../../fields/field.ts'
import type { ModelOptions } from '../../models/declarations.ts'
import { check, index, unique } from '../../models/parts.ts'
import { q } from '../../models/q.ts'
import { project } from '../../state/project.ts'
import { stateOf } from '../../state/with-model.ts'
import { mariadb } from '../mariadb/index.ts'
import { mysql } from '../mysql/index.ts'

const dialects = { mariadb: mariadb('10.11.19'), mysql: mysql('9.7.4') }
type Name = keyof typeof dialects

/** What is said of a model, or nothing where it can be had. */
function refusal(name: Name, fields: Readonly<Record<string, Field>>, options: ModelOptions = {}): string | undefined {
  const id = f.bigAuto({ primaryKey: true })
  const own = Object.values(fields).some(({ primaryKey }) => primaryKey) || options.primaryKey ? {} : { id }
  const state = stateOf([
    { app: 'blog', name: 'Tag', fields: { id } },
    { app: 'blog', name: 'Post', fields: { ...own, ...fields }, options },
  ])
  try {
    project(state, dialects[name])
    return undefined
  } catch (error) {
    return error instanceof GodwitError && error.code === 'models.notSupported'
      ? `${error.message} ${error.fix}`
      : String(error)
  }
}

const a = f.text()
const emptied = f.foreignKey('Tag', { onDelete: 'setNull', null: true })
const positive = (field: string) => check({ name: 'c', condition: q.gt(field, 0) })
const over = (field: string, stored: boolean) =>
  f.generated({ expression: q.abs(field), output: f.bigInteger(), stored })
const refused: readonly (readonly [
  fields: Readonly<Record<string, Field>>,
  options: ModelOptions,
  said: string,
  by?: readonly Name[],
])[] = [
  [{ a }, { indexes: [index({ fields: ['a'], where: q.isNotNull('a') })] }, 'no indexes over some of the rows'],
  [{ a }, { indexes: [index({ expressions: [q.lower('a')] })] }, 'no indexes over expressions', ['mariadb']],
  [{ a: f.json({ index: true }) }, {}, 'no indexes over documents', ['mysql']],
  [{ a: f.text({ unique: true }) }, {}, 'compares no texts or bytes of more than 3072 bytes', ['mysql']],
  [{ a, b: f.integer() }, { constraints: [unique({ fields: ['b', 'a'] })] }, 'of more than 3072 bytes', ['mysql']],
  [{ a: f.char({ maxLength: 800, unique: true }) }, {}, 'of more than 3072 bytes', ['mysql']],
  [{ a: f.text({ primaryKey: true }) }, {}, 'primary keys of'],
  [{ a, b: f.integer() }, { primaryKey: ['b', 'a'] }, 'primary keys of'],
  [{ a: f.foreignKey('Tag', { onDelete: 'setDefault', default: 1 }) }, {}, 'cannot set a default when a row goes'],
  [{ a: f.foreignKey('Tag', { deferrable: 'deferred' }) }, {}, 'checks a foreign key at once'],
  [{ a: f.text({ collation: 'NOCASE' }) }, {}, 'begins with its character set'],
  [{ a: f.text({ collation: 'uca1400_ai_ci' }) }, {}, 'begins with its character set'],
  [{}, { constraints: [positive('id')] }, 'reads a column that the server numbers'],
  [{ a: over('id', true) }, {}, 'stores nothing that is computed from a column that the server numbers'],
  [{ a: over('id', false) }, {}, 'computes nothing from a column that the server numbers', ['mysql']],
  [{ a: f.foreignKey('Tag', { onDelete: 'cascade', onUpdate: 'restrict' }) }, { constraints: [positive('a')] }, '', []],
  [{ a: emptied }, { constraints: [positive('a')] }, 'writes to a column that a check reads'],
  [{ a: f.foreignKey('Tag', { onUpdate: 'cascade' }) }, { constraints: [positive('a')] }, 'that a check reads'],
  [{ a: emptied, b: over('a', true) }, {}, 'writes to a column from which another one is computed and stored'],
  [{ a: emptied, b: over('a', false) }, {}, '', []],
  [{ a: f.foreignKey('Tag', { onDelete: 'cascade' }), b: over('a', true) }, {}, "with 'cascade'", ['mysql']],
  [{ a: f.duration() }, {}, 'no type for a span of time'],
  [{ a: f.array(f.integer()) }, {}, 'no arrays'],
  [{ a }, { schema: 'audit' }, 'no schemas in a database'],
]

test('what a server has not is refused by its name, with what to do instead', () => {
  for (const [fields, options, said, by = ['mariadb', 'mysql']] of refused) {
    for (const name of ['mariadb', 'mysql'] as const) {
      const found = refusal(name, fields, options)
      if (!by.includes(name)) assert.equal(found, undefined, `${name}: ${said}`)
      else assert.ok(found?.includes(said) && found.includes({ mariadb: 'MariaDB', mysql: 'MySQL' }[name]), found)
    }
  }
})

test('a collation of the server is taken', () => {
  for (const collation of ['binary', 'utf8mb4_bin', 'utf8mb4_uca1400_ai_ci', 'latin1_swedish_ci']) {
    for (const name of ['mariadb', 'mysql'] as const)
      assert.equal(refusal(name, { a: f.text({ collation }) }), undefined)
  }
})

test('a key of the greatest length that there is can be had', () => {
  for (const name of ['mariadb', 'mysql'] as const) {
    assert.equal(refusal(name, { a: f.char({ maxLength: 768, unique: true }) }), undefined)
    assert.equal(refusal(name, { a: f.char({ maxLength: 768, primaryKey: true }) }), undefined)
    assert.equal(refusal(name, { a: f.text({ index: true }) }), undefined)
  }
})
