import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MigrationReference } from '../history/migration.ts'
import { withoutProperty, withReferences } from './edit-references.ts'

const toSquash = ([app, name]: MigrationReference): MigrationReference | undefined =>
  app === 'billing' && name < '0004' ? ['billing', "0001_o'clock"] : undefined

test('references are written anew wherever they stand, and nothing else is', () => {
  const source = `// before ['billing', '0001_a']
export default defineMigration({
  dependencies: [ [ "billing" , '0002_b' /* why */ ], ['other', '0001_a']],
  operations: [runSql({ forwards: "['billing', '0001_a']" }), ['billing', '0004_d']],
})
`
  assert.equal(
    withReferences(source, toSquash),
    `// before ['billing', '0001_a']
export default defineMigration({
  dependencies: [ ['billing', "0001_o'clock"], ['other', '0001_a']],
  operations: [runSql({ forwards: "['billing', '0001_a']" }), ['billing', '0004_d']],
})
`,
  )
})

test('a property goes with its line', () => {
  const source = `export default defineMigration({
  replaces: [
    ['billing', '0001_a'],
    ['billing', '0002_b'],
  ],
  initial: true,
  operations: [],
})
`
  assert.equal(
    withoutProperty(source, 'replaces'),
    `export default defineMigration({
  initial: true,
  operations: [],
})
`,
  )
  assert.equal(
    withoutProperty("export default { replaces: [['a', 'b']], operations: [] }", 'replaces'),
    'export default { operations: [] }',
  )
  assert.equal(withoutProperty('export default { operations: [] }', 'replaces'), undefined)
  assert.equal(withoutProperty('export default { replaces: theirs, operations: [] }', 'replaces'), undefined)
})
