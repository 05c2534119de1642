import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryFinding } from '../../history/finding.ts'
import { migrationKey } from '../../history/migration.ts'
import { fromHistory } from './from-history.ts'

const edited = (...details: readonly string[]): HistoryFinding => ({
  kind: 'edited',
  severity: 'stop',
  app: 'blog',
  migrations: [migrationKey('blog', '0001_initial')],
  details,
  text: 'blog.0001_initial was edited.',
  fix: 'Put it back.',
})

test('several edits of a migration are told one by one, a single one by the sentence alone', () => {
  const told = [edited('a 1 → 2'), edited('a 1 → 2', 'b was added')].map(
    (finding) => fromHistory(finding, { loaded: [] }).message,
  )
  assert.deepEqual(told, ['blog.0001_initial was edited.', 'blog.0001_initial was edited.\n  a 1 → 2\n  b was added'])
})
