import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onDatabase } from './on-database.ts'

test('a command that asks a database names the one that was asked', () => {
  const text = 'Run `godwit migrate --fake-initial`, then `godwit drift`; or `godwit makemigrations blog`.'
  assert.equal(onDatabase(text, undefined), text)
  assert.equal(
    onDatabase(text, 'production'),
    'Run `godwit migrate --fake-initial --database production`, then `godwit drift --database production`; or `godwit makemigrations blog`.',
  )
})

test('a command that names its database is left as it is', () => {
  const text = 'Run `godwit migrate --database legacy` first.'
  assert.equal(onDatabase(text, 'production'), text)
})
