import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CamelCasePlugin } from 'kysely'
import type { CamelCase } from '../../src/models/camel-case-type.ts'

// The compiler holds the right side to the type, the test holds it to Kysely.
const names: { readonly [Name in Names]: CamelCase<Name> } = {
  issued_at: 'issuedAt',
  blog_blog_post: 'blogBlogPost',
  http_server2: 'httpServer2',
  line2_total: 'line2Total',
  line_2: 'line2',
  user_2fa_code: 'user2faCode',
  foo__bar: 'fooBar',
  _private: '_Private',
  __double: '_Double',
  trailing_: 'trailing',
  _: '_',
  a_b_c: 'aBC',
  already_camelCase: 'alreadyCamelCase',
  URL: 'URL',
  MIXED_Case: 'MIXEDCase',
  straße_öl: 'straßeÖl',
  plain: 'plain',
}

type Names =
  | 'issued_at'
  | 'blog_blog_post'
  | 'http_server2'
  | 'line2_total'
  | 'line_2'
  | 'user_2fa_code'
  | 'foo__bar'
  | '_private'
  | '__double'
  | 'trailing_'
  | '_'
  | 'a_b_c'
  | 'already_camelCase'
  | 'URL'
  | 'MIXED_Case'
  | 'straße_öl'
  | 'plain'

test('the type of a name in camelCase is the name that CamelCasePlugin returns', async () => {
  for (const [name, camel] of Object.entries(names)) assert.equal(await returned(name), camel)
})

async function returned(column: string): Promise<string | undefined> {
  const { rows } = await new CamelCasePlugin().transformResult({
    queryId: { queryId: '' },
    result: { rows: [{ [column]: 1 }] },
  })
  return Object.keys(rows[0] ?? {})[0]
}
