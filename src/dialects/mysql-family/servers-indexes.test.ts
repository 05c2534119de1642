import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ForeignKey, Index, IndexPart, Table } from '../../schema/schema.ts'
import { withoutServersIndexes, withServersIndexes } from './servers-indexes.ts'

const part = (name: string, rest: Partial<IndexPart> = {}): IndexPart => ({
  expression: { kind: 'column', name },
  ...rest,
})
const index = (name: string, ...parts: readonly IndexPart[]): Index => ({ name, parts })
const key = (name: string, ...columns: readonly string[]): ForeignKey => ({
  name,
  columns,
  references: { table: 'other', columns },
  onDelete: 'restrict',
  onUpdate: 'restrict',
})
const table = (indexes: readonly Index[], ...foreignKeys: readonly ForeignKey[]): Table => ({
  name: 't',
  columns: [],
  primaryKey: { columns: ['id', 'x'] },
  uniques: [],
  checks: [],
  indexes,
  foreignKeys,
})
const namesOf = ({ indexes }: Table): readonly string[] => indexes.map(({ name }) => name)

test('a foreign key that nothing serves gets an index of its own, under its name', () => {
  const made = withServersIndexes(table([index('i', part('b'), part('a'))], key('k', 'a')))
  assert.deepEqual(made.indexes[1], { name: 'k', generatedName: true, parts: [part('a')] })
  assert.equal(made.foreignKeys[0]?.onUpdate, 'noAction')
})

test('the primary key, any index that begins with the columns, and a longer one of the same kind serve', () => {
  assert.deepEqual(namesOf(withServersIndexes(table([], key('k', 'id')))), [])
  assert.deepEqual(namesOf(withServersIndexes(table([index('i', part('a', { descending: true }))], key('k', 'a')))), [
    'i',
  ])
  assert.deepEqual(namesOf(withServersIndexes(table([], key('k', 'a'), key('both', 'a', 'b'), key('again', 'a')))), [
    'both',
  ])
})

test("the server's own index counts for nothing beside another one, and is kept where it is the only one", () => {
  const own = index('k', part('a'))
  assert.deepEqual(namesOf(withoutServersIndexes(table([own], key('k', 'a')))), ['k'])
  assert.deepEqual(
    namesOf(withoutServersIndexes(table([own, index('i', part('a', { descending: true }))], key('k', 'a')))),
    ['i'],
  )
  assert.deepEqual(namesOf(withoutServersIndexes(table([own, index('i', part('b'))], key('k', 'a')))), ['k', 'i'])
  assert.deepEqual(namesOf(withoutServersIndexes(table([own, index('i', part('a'))]))), ['k', 'i'])
})
