import assert from 'node:assert/strict'
import { test } from 'node:test'
import { snakeCase } from '../../src/lib/snake-case.ts'
import type { SnakeCase } from '../../src/models/snake-case-type.ts'

// The compiler holds the right side to the type, the test holds it to the function.
const names: { readonly [Name in Names]: SnakeCase<Name> } = {
  issuedAt: 'issued_at',
  BlogPost: 'blog_post',
  HTTPServer2: 'http_server2',
  HTTPCode2: 'http_code2',
  aB: 'a_b',
  ABc: 'a_bc',
  URL: 'url',
  userID: 'user_id',
  line2Total: 'line2_total',
  foo_Bar: 'foo_bar',
  plain: 'plain',
  X: 'x',
  aBCDeF: 'a_bc_de_f',
}

type Names =
  | 'issuedAt'
  | 'BlogPost'
  | 'HTTPServer2'
  | 'HTTPCode2'
  | 'aB'
  | 'ABc'
  | 'URL'
  | 'userID'
  | 'line2Total'
  | 'foo_Bar'
  | 'plain'
  | 'X'
  | 'aBCDeF'

test('the type of a column name is the column name', () => {
  assert.deepEqual(Object.fromEntries(Object.keys(names).map((name) => [name, snakeCase(name)])), names)
})
