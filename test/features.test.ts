import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { featureTable, withFeatureTable } from '../scripts/feature-table.ts'
import { features } from '../src/schema/feature.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README says what works where as the dialects do; `node scripts/features.ts` writes it', () => {
  assert.equal(readme, withFeatureTable(readme))
})

test('every feature has a line, with a cell for each database', () => {
  const lines = featureTable().split('\n').slice(2)
  assert.deepEqual(
    lines.map((line) => line.split(' | ').length),
    Object.keys(features).map(() => 5),
  )
})
