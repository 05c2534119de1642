import {
  a,
  b,
  column,
  fill,
  id,
  index,
  key,
  literal,
  owned,
  ownedRows,
  type PlanCase,
  plain,
  required,
  table,
  two,
  unique,
  user,
} from './plan-case.ts'

/** Primary keys, numbering, and what goes as a whole. */
export const primaryKeyCases: readonly PlanCase[] = [
  {
    name: 'a numbered key gives way to another column, and comes',
    before: [plain],
    after: [table('t', [{ ...a, ...required }, b], { primaryKey: { columns: ['a'] } })],
    intents: [fill('t.a', 4)],
    rows: two,
  },
  {
    name: 'a key stays numbered and becomes one of two columns',
    before: [table('t', [id, { ...a, ...required }])],
    after: [table('t', [id, { ...a, ...required }], { primaryKey: { columns: ['id', 'a'] } })],
    rows: ['INSERT INTO t (id, a) VALUES (3, 1)'],
  },
  {
    name: 'a key that others refer to is made of other columns, with a unique in its place',
    before: [user, owned],
    after: [
      table('user', [id, column('code', 'int', { ...required, default: literal(0) })], {
        primaryKey: { columns: ['code', 'id'] },
        uniques: [unique('user_id_uniq', 'id')],
      }),
      owned,
    ],
    rows: ownedRows,
  },
  {
    name: 'numbering comes and goes',
    before: [
      table(
        't',
        [{ id: 0, ...id }, a].map((one) => (one.name === 'id' ? column('id', 'bigint', required) : one)),
      ),
    ],
    after: [table('t', [id, a])],
    rows: ['INSERT INTO t (id, a) VALUES (0, 1), (5, 2)'],
    holds: { 'SELECT id FROM t ORDER BY id': [['0'], ['5']] },
  },
  {
    name: 'tables in a circle of foreign keys go, the key that holds them together first',
    before: [
      table('a', [id, column('b_id', 'bigint')], {
        foreignKeys: [key('a_fk', 'b_id', 'b')],
        indexes: [index('a_i', 'b_id')],
      }),
      table('b', [id, column('a_id', 'bigint')], {
        foreignKeys: [key('b_fk', 'a_id', 'a')],
        indexes: [index('b_i', 'a_id')],
      }),
      table('c', [id, column('a_id', 'bigint')], {
        foreignKeys: [key('c_fk', 'a_id', 'a')],
        indexes: [index('c_i', 'a_id')],
      }),
    ],
    after: [],
  },
  {
    name: 'a table goes and another of its name comes',
    before: [table('t', [id, a], { identity: 'old', indexes: [index('t_a_idx', 'a')] })],
    after: [table('t', [id, b], { identity: 'new', indexes: [index('t_a_idx', 'b')] })],
  },
  {
    name: 'a column goes and another of its name comes',
    before: [table('t', [id, a])],
    after: [table('t', [id, column('a', 'varchar(9)', { ...required, identity: 'other' })])],
    intents: [fill('t.other', 'new')],
    rows: ['INSERT INTO t (id, a) VALUES (1, 1)'],
    holds: { 'SELECT a FROM t': [['new']] },
  },
]
