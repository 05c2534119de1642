import assert from 'node:assert/strict'
import { test } from 'node:test'
import { didYouMean, nearestNames } from './did-you-mean.ts'

const commands = ['init', 'makemigrations', 'migrate', 'showmigrations', 'sqlmigrate']

test('the nearest name is meant, and a far second one is not', () => {
  assert.deepEqual(nearestNames('makemigration', commands), ['makemigrations'])
  assert.deepEqual(nearestNames('migrte', commands), ['migrate'])
  assert.deepEqual(nearestNames('zzz', commands), [])
})

test('names that are about as near are all offered', () => {
  assert.equal(didYouMean('totl', ['total', 'totals', 'owner']), ' Did you mean "total" or "totals"?')
})

test('the beginning of a name is near to it, if it is more than a letter', () => {
  assert.deepEqual(nearestNames('--dry', ['--dry-run', '--database', '--check']), ['--dry-run'])
  assert.deepEqual(nearestNames('show', commands), ['showmigrations'])
  assert.deepEqual(nearestNames('m', commands), [])
})
