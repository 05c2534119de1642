import {
  a,
  b,
  byUser,
  check,
  column,
  fill,
  fillWith,
  id,
  index,
  key,
  literal,
  owned,
  type PlanCase,
  part,
  plain,
  raw,
  required,
  table,
  toUser,
  two,
  unique,
  user,
  userId,
} from './plan-case.ts'

/** Tables and columns that come and go. */
export const comingCases: readonly PlanCase[] = [
  {
    name: 'tables come with all that they have, the ones that are referred to first',
    before: [],
    after: [
      user,
      table(
        't',
        [
          id,
          { ...userId, ...required },
          column('title', 'varchar(40)', { ...required, default: literal("it's"), comment: "shown, it's said" }),
          column('body', 'longtext', { default: literal('long') }),
          column('made', 'datetime(6)', { ...required, default: raw('CURRENT_TIMESTAMP(6)') }),
          column('half', 'int', { generated: { expression: raw('length(title)'), stored: true } }),
          column('whole', 'int', { generated: { expression: raw('user_id + 1'), stored: false } }),
          column('folded', 'varchar(20)', { collation: 'utf8mb4_general_ci' }),
        ],
        {
          uniques: [unique('t_title_uniq', 'title', 'made')],
          indexes: [byUser, index('t_body_idx', part('body', { prefix: 20 }), part('made', { descending: true }))],
          checks: [check('t_title_check', "title <> ''")],
          foreignKeys: [{ ...toUser, onDelete: 'cascade' }],
          comment: 'what was written',
        },
      ),
    ],
  },
  {
    name: 'tables that refer to each other come, and their keys when both are there',
    before: [],
    after: [
      table('a', [id, column('b_id', 'bigint')], {
        foreignKeys: [key('a_fk', 'b_id', 'b')],
        indexes: [index('a_i', 'b_id')],
      }),
      table('b', [id, column('a_id', 'bigint')], {
        foreignKeys: [key('b_fk', 'a_id', 'a')],
        indexes: [index('b_i', 'a_id')],
      }),
    ],
  },
  {
    name: 'columns that come without a value, and such that go, cost nothing',
    before: [plain],
    after: [table('t', [id, a, column('c', 'datetime(6)'), column('d', 'int', { ...required, default: literal(5) })])],
    rows: two,
    holds: {
      'SELECT c, d FROM t ORDER BY id': [
        [null, '5'],
        [null, '5'],
      ],
    },
  },
  {
    name: 'a column that comes with a value gets it by a default, and then its own default',
    before: [plain],
    after: [table('t', [id, a, b, column('c', 'varchar(9)', required), column('d', 'int', { default: literal(1) })])],
    intents: [fill('t.c', 'old'), fill('t.d', 2)],
    rows: two,
    holds: {
      'SELECT c, d FROM t ORDER BY id': [
        ['old', '2'],
        ['old', '2'],
      ],
    },
  },
  {
    name: 'a column that comes with a computed value is filled before it is required',
    before: [plain],
    after: [table('t', [id, a, b, column('c', 'varchar(30)', { ...required, default: literal('none') })])],
    intents: [fillWith('t.c', "concat('n', id)")],
    rows: two,
    holds: { 'SELECT c FROM t ORDER BY id': [['n1'], ['n2']] },
  },
  {
    name: 'a column that comes with another default for each row',
    before: [plain],
    after: [table('t', [id, a, b, column('c', 'char(36)', { ...required, default: raw('uuid()') })])],
    rows: two,
    holds: { 'SELECT count(DISTINCT c) FROM t': [['2']] },
  },
  {
    // MySQL adds no column in a statement that says a random default (1674).
    name: 'a column with another default for each row comes beside a plain one',
    before: [plain],
    after: [
      table('t', [
        id,
        a,
        b,
        column('c', 'char(36)', { ...required, default: raw('uuid()') }),
        column('d', 'int'),
        column('e', 'int', { generated: { expression: raw('a + 1'), stored: false } }),
      ]),
    ],
    rows: two,
    holds: { 'SELECT count(DISTINCT c) FROM t': [['2']] },
  },
  {
    name: 'a column and its index come, and the column still costs nothing',
    before: [plain],
    after: [table('t', [id, a, b, column('c', 'int')], { indexes: [index('t_c_idx', 'c')] })],
    rows: two,
  },
  {
    name: 'a column and its foreign key come and go',
    before: [user, table('t', [id])],
    after: [user, owned],
    rows: ['INSERT INTO user (id) VALUES (7)', 'INSERT INTO t (id) VALUES (1)'],
  },
]
