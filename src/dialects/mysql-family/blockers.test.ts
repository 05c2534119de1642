import assert from 'node:assert/strict'
import { test } from 'node:test'
import { threadInWords } from './blockers.ts'

const thread = { id: 7, user: 'deploy', host: '10.0.0.5:51522', seconds: 1 }

test('a thread that does nothing, and one that works', () => {
  assert.equal(
    threadInWords({ ...thread, command: 'Sleep', statement: null }),
    'connection 7 of deploy@10.0.0.5, idle for 1 second',
  )
  assert.equal(
    threadInWords({ ...thread, command: 'Query', seconds: 12, statement: 'SELECT 1\n  FROM t' }),
    'connection 7 of deploy@10.0.0.5, busy for 12 seconds with `SELECT 1 FROM t`',
  )
})

test('a long statement is cut, and it shows', () => {
  const words = threadInWords({ ...thread, command: 'Query', statement: `SELECT ${'x'.repeat(190)}` })
  assert.match(words, /with `SELECT x{72}…`$/)
})
