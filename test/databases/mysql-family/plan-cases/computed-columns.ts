import { a, b, check, column, computed, id, index, literal, type PlanCase, required, table } from './plan-case.ts'

/** Columns that are computed. */
export const computedCases: readonly PlanCase[] = [
  {
    name: 'computed columns come, in a statement that follows what they read',
    before: [table('t', [id, a])],
    after: [table('t', [id, a, column('c', 'int'), computed('a + c', false), computed('a + 1', true, 's')])],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT g, s FROM t': [[null, '2']] },
  },
  {
    name: 'a virtual column beside a column that goes',
    before: [table('t', [id, a, b, computed('a + 1', false)])],
    after: [table('t', [id, a, column('c', 'int'), computed('a + 1', false)])],
  },
  {
    // MariaDB (1846) makes neither in place beside an index over a virtual column.
    name: 'a column goes beside a virtual one that is in an index',
    before: [table('t', [id, a, b, computed('a + 1', false)], { indexes: [index('t_g_idx', 'g')] })],
    after: [table('t', [id, a, computed('a + 1', false)], { indexes: [index('t_g_idx', 'g')] })],
  },
  {
    name: 'computed columns get comments, virtual and stored',
    before: [table('t', [id, a, computed('a + 1', false), computed('a + 1', true, 's')])],
    after: [
      table('t', [
        id,
        a,
        { ...computed('a + 1', false), comment: 'read' },
        { ...computed('a + 1', true, 's'), comment: 'kept' },
      ]),
    ],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
  },
  {
    // MariaDB (1845) changes nothing about a virtual column that is in an index but by a copy.
    name: 'a virtual column that is in an index gets a comment',
    before: [table('t', [id, a, computed('a + 1', false)], { indexes: [index('t_g_idx', 'g')] })],
    after: [
      table('t', [id, a, { ...computed('a + 1', false), comment: 'read' }], { indexes: [index('t_g_idx', 'g')] }),
    ],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
  },
  {
    name: 'another expression of a virtual column that is in an index',
    before: [table('t', [id, a, computed('a + 1', false)], { indexes: [index('t_g_idx', 'g')] })],
    after: [table('t', [id, a, computed('a + 2', false)], { indexes: [index('t_g_idx', 'g')] })],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT g FROM t': [['3']] },
  },
  {
    name: 'another expression, virtual and stored',
    before: [table('t', [id, a, computed('a + 1', false), computed('a + 1', true, 's')])],
    after: [table('t', [id, a, computed('a + 2', false), computed('a + 2', true, 's')])],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT g, s FROM t': [['3', '3']] },
  },
  {
    name: 'a virtual column becomes a stored one, with its index',
    before: [table('t', [id, a, computed('a + 1', false)], { indexes: [index('t_g_idx', 'g', 'a')] })],
    after: [table('t', [id, a, computed('a + 1', true)], { indexes: [index('t_g_idx', 'g', 'a')] })],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT g FROM t': [['2']] },
  },
  {
    name: 'a virtual column becomes an ordinary one, with the values that it had',
    before: [table('t', [id, a, computed('a + 1', false)])],
    after: [table('t', [id, a, column('g', 'int', { default: literal(9) })])],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT g FROM t': [['2']] },
  },
  {
    name: 'a stored column becomes an ordinary one, and an ordinary one a stored one',
    before: [table('t', [id, a, computed('a + 1', true), column('h', 'int')])],
    after: [table('t', [id, a, column('g', 'int'), computed('a + 2', true, 'h')])],
    rows: ['INSERT INTO t (id, a, h) VALUES (1, 1, 0)'],
    holds: { 'SELECT g, h FROM t': [['2', '3']] },
  },
  {
    name: 'what a computed column reads gets another type, and is required',
    before: [table('t', [id, a, computed('a + 1', false), computed('a + 1', true, 's')])],
    after: [
      table('t', [id, { ...a, type: 'bigint', ...required }, computed('a + 1', false), computed('a + 1', true, 's')]),
    ],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT g, s FROM t': [['2', '2']] },
  },
  {
    name: 'a column goes with what is computed from it',
    before: [
      table('t', [id, a, b, computed('a + 1', false)], {
        checks: [check('t_a_check', 'a > 0')],
        indexes: [index('t_a_idx', 'a', 'b')],
      }),
    ],
    after: [table('t', [id, b])],
  },
]
