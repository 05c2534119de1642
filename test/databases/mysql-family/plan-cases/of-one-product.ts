import type { Index } from '../../../../src/schema/schema.ts'
import {
  a,
  b,
  column,
  fill,
  id,
  index,
  literal,
  type PlanCase,
  part,
  raw,
  required,
  table,
  toUser,
  two,
  unique,
  user,
  userId,
} from './plan-case.ts'

const fulltext: Index = { ...index('t_c_words', 'c'), method: 'fulltext' }

/** What only one of the products has. */
export const productCases: readonly PlanCase[] = [
  {
    name: 'an index over an expression comes, and its column is called otherwise',
    only: 'mysql',
    before: [table('t', [id, a, b], { indexes: [{ name: 't_low_idx', parts: [{ expression: raw('lower(`b`)') }] }] })],
    after: [
      table('t', [id, a, { ...b, name: 'c' }], {
        indexes: [
          { name: 't_low_idx', parts: [{ expression: raw('lower(`c`)') }] },
          { name: 't_abs_idx', parts: [{ expression: raw('abs(`a`)') }] },
        ],
      }),
    ],
    rows: two,
  },
  {
    name: 'an index that runs downwards serves no foreign key, and the server makes one',
    only: 'mysql',
    before: [user, table('t', [id])],
    after: [
      user,
      table('t', [id, userId], {
        indexes: [index('t_user_idx', part('user_id', { descending: true }))],
        foreignKeys: [toUser],
      }),
    ],
  },
  {
    name: 'a unique that is kept by hashes comes, and makes everything a copy until it goes',
    only: 'mariadb',
    before: [table('t', [id, a, column('c', 'longtext')])],
    after: [table('t', [id, a, column('c', 'longtext'), column('d', 'int')], { uniques: [unique('t_c_uniq', 'c')] })],
    rows: ["INSERT INTO t (id, c) VALUES (1, 'x')"],
  },
  {
    name: 'a column beside a unique that is kept by hashes',
    only: 'mariadb',
    before: [table('t', [id, a, column('c', 'longtext')], { uniques: [unique('t_c_uniq', 'c')] })],
    after: [
      table('t', [id, column('n', 'int', { identity: 'a' }), column('c', 'longtext'), b], {
        uniques: [unique('t_c_uniq', 'c')],
      }),
    ],
    rows: ["INSERT INTO t (id, c) VALUES (1, 'x')"],
  },
  {
    name: 'beside an index for full-text search, columns come, go, and have to hold something',
    before: [table('t', [id, a, b, column('c', 'longtext')], { indexes: [fulltext] })],
    after: [
      table('t', [id, { ...b, ...required }, column('c', 'longtext'), column('d', 'int')], {
        indexes: [fulltext, index('t_d_idx', 'd')],
      }),
    ],
    intents: [fill('t.b', 'none')],
    backIntents: [],
    rows: ["INSERT INTO t (id, b, c) VALUES (1, 'x', 'some words')"],
    holds: { "SELECT id FROM t WHERE MATCH (c) AGAINST ('words')": [['1']] },
  },
  {
    name: 'beside an index for full-text search, a column comes, and one is renamed',
    before: [table('t', [id, a, column('c', 'longtext')], { indexes: [fulltext] })],
    after: [
      table('t', [id, column('n', 'int', { identity: 'a' }), column('c', 'longtext'), b], { indexes: [fulltext] }),
    ],
    rows: ["INSERT INTO t (id, a, c) VALUES (1, 2, 'some words')"],
  },
  {
    name: 'indexes for full-text search come, beside one and beside none, alone and with a column',
    before: [
      table('one', [id, a, b, column('c', 'longtext')], { indexes: [{ ...fulltext, name: 'one_words' }] }),
      table('two', [id, a, b, column('c', 'longtext')], { indexes: [{ ...fulltext, name: 'two_words' }] }),
      table('three', [id, a, b, column('c', 'longtext')]),
      table('four', [id, a, b, column('c', 'longtext')]),
    ],
    after: [
      table('one', [id, a, b, column('c', 'longtext')], {
        indexes: [
          { ...fulltext, name: 'one_words' },
          { ...index('one_b', 'b'), method: 'fulltext' },
        ],
      }),
      table('two', [id, a, b, column('c', 'longtext'), column('d', 'int')], {
        indexes: [
          { ...fulltext, name: 'two_words' },
          { ...index('two_b', 'b'), method: 'fulltext' },
        ],
      }),
      table('three', [id, b, column('c', 'longtext'), column('d', 'int')], {
        indexes: [{ ...fulltext, name: 'three_words' }],
      }),
      table('four', [id, a, b, column('c', 'longtext')], {
        indexes: [
          { ...fulltext, name: 'four_words' },
          { ...index('four_b', 'b'), method: 'fulltext' },
        ],
      }),
    ],
  },
  {
    name: 'documents become texts, and texts documents',
    before: [table('t', [id, column('c', 'json', { ...required, default: literal('{}') }), column('d', 'longtext')])],
    after: [table('t', [id, column('c', 'longtext', required), column('d', 'json')])],
    rows: ["INSERT INTO t (id, c, d) VALUES (1, '{\"a\": 1}', '[1]')"],
    holds: { 'SELECT concat(c), concat(d) FROM t': [['{"a": 1}', '[1]']] },
  },
]
