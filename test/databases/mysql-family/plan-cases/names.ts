import {
  a,
  b,
  byUser,
  check,
  column,
  computed,
  id,
  index,
  key,
  owned,
  ownedRows,
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

/** Names. */
export const nameCases: readonly PlanCase[] = [
  {
    name: 'tables exchange their names, and a third gives its own up',
    before: [table('t', [id, a]), table('u', [id, b], { identity: 'u' }), table('v', [id])],
    after: [
      table('u', [id, a], { identity: 't' }),
      table('t', [id, b], { identity: 'u' }),
      table('w', [id], { identity: 'v' }),
    ],
    rows: ['INSERT INTO t (id, a) VALUES (1, 5)'],
    holds: { 'SELECT a FROM u': [['5']] },
  },
  {
    name: 'columns exchange their names',
    before: [table('t', [id, a, column('c', 'int')])],
    after: [table('t', [id, { ...a, identity: 'c' }, column('c', 'int', { identity: 'a' })])],
    rows: ['INSERT INTO t (id, a, c) VALUES (1, 1, 2)'],
    holds: { 'SELECT a, c FROM t': [['2', '1']] },
  },
  {
    name: 'a column is called otherwise, and a check, a default and computed columns read it',
    before: [
      table(
        't',
        [
          id,
          { ...a, ...required },
          column('d', 'int', { default: raw('(`a` + 1)') }),
          computed('`a` + 1', false),
          computed('`a` + 2', true, 's'),
        ],
        {
          checks: [check('t_a_check', '`a` > 0')],
          indexes: [index('t_a_idx', 'a')],
        },
      ),
    ],
    after: [
      table(
        't',
        [
          id,
          { ...a, ...required, name: 'n' },
          column('d', 'int', { default: raw('(`n` + 1)') }),
          computed('`n` + 1', false),
          computed('`n` + 2', true, 's'),
        ],
        { checks: [check('t_a_check', '`n` > 0')], indexes: [index('t_a_idx', 'n')] },
      ),
    ],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT n, d, g, s FROM t': [['1', '2', '2', '3']] },
  },
  {
    name: 'a column of a foreign key is called otherwise beside one that a check reads',
    before: [
      user,
      table('t', [id, userId, a], { indexes: [byUser], foreignKeys: [toUser], checks: [check('c', '`a` > 0')] }),
    ],
    after: [
      user,
      table('t', [id, { ...userId, name: 'owner_id' }, { ...a, name: 'n' }], {
        indexes: [index('t_user_idx', 'owner_id')],
        foreignKeys: [{ ...toUser, columns: ['owner_id'] }],
        checks: [check('c', '`n` > 0')],
      }),
    ],
    rows: ownedRows,
    holds: {
      'SELECT owner_id, n FROM t ORDER BY id': [
        ['7', null],
        [null, null],
      ],
    },
  },
  {
    name: 'an index, a unique and a check are called otherwise',
    before: [
      table('t', [id, a, b], {
        indexes: [index('i', 'a')],
        uniques: [unique('u', 'b')],
        checks: [check('c', 'a > 0')],
      }),
    ],
    after: [
      table('t', [id, a, b], {
        indexes: [index('j', 'a')],
        uniques: [unique('v', 'b')],
        checks: [check('d', 'a > 0')],
      }),
    ],
    rows: two,
  },
  {
    name: 'a column grows, and the index over it is called otherwise',
    before: [table('t', [id, a, b], { indexes: [index('t_b', part('a', { descending: true }), 'b')] })],
    after: [
      table('t', [id, a, { ...b, type: 'varchar(21)' }], {
        indexes: [index('t_c', part('a', { descending: true }), 'b')],
      }),
    ],
    rows: two,
  },
  {
    name: 'columns of foreign keys are called otherwise, at both ends, beside a unique of a long text',
    only: 'mariadb',
    before: [
      table('t', [id, column('r', 'text', required), column('up', 'bigint')], {
        uniques: [unique('t_r', 'r')],
        foreignKeys: [key('t_up', 'up', 't')],
      }),
    ],
    after: [
      table(
        't',
        [{ ...id, name: 'key' }, column('r', 'text', required), column('above', 'bigint', { identity: 'up' })],
        {
          primaryKey: { columns: ['key'] },
          uniques: [unique('t_r', 'r')],
          foreignKeys: [{ ...key('t_up', 'above', 't'), references: { table: 't', columns: ['key'] } }],
        },
      ),
    ],
    rows: ["INSERT INTO t (id, r, up) VALUES (1, 'a', NULL), (2, 'b', 1)"],
    holds: {
      'SELECT `key`, r, above FROM t ORDER BY 1': [
        ['1', 'a', null],
        ['2', 'b', '1'],
      ],
    },
  },
  {
    name: 'a column and its table are called otherwise, and all that refers to them follows',
    before: [user, owned],
    after: [
      table('person', [{ ...id, name: 'key' }], { identity: 'user', primaryKey: { columns: ['key'] } }),
      table('t', [id, userId], {
        indexes: [byUser],
        foreignKeys: [{ ...toUser, references: { table: 'person', columns: ['key'] } }],
      }),
    ],
    rows: ownedRows,
    holds: { 'SELECT user_id FROM t ORDER BY id': [['7'], [null]] },
  },
]
