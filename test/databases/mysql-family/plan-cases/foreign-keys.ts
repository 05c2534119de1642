import type { ForeignKey } from '../../../../src/schema/schema.ts'
import {
  a,
  b,
  byUser,
  check,
  column,
  id,
  index,
  key,
  owned,
  ownedRows,
  type PlanCase,
  part,
  table,
  toUser,
  two,
  unique,
  user,
  userId,
} from './plan-case.ts'

const other = table('other', [id])
const toOther = key('t_other_fk', 'user_id', 'other')
const shared = (...foreignKeys: readonly ForeignKey[]) => table('t', [id, userId], { foreignKeys })
const sharedRows = [...ownedRows.slice(0, 1), 'INSERT INTO other (id) VALUES (7)', ...ownedRows.slice(1)]

/** Keys, indexes and checks. */
export const foreignKeyCases: readonly PlanCase[] = [
  {
    name: 'indexes, uniques and checks come, and an index goes',
    before: [table('t', [id, a, b], { indexes: [index('t_a_idx', 'a')] })],
    after: [
      table('t', [id, a, b], {
        indexes: [index('t_ab_idx', part('a', { descending: true }), part('b', { prefix: 5 }))],
        uniques: [unique('t_b_uniq', 'b')],
        checks: [check('t_a_check', 'a > 0')],
      }),
    ],
    rows: two,
  },
  {
    name: 'another index takes the place of one that a foreign key needs',
    before: [user, owned],
    after: [user, table('t', [id, userId], { indexes: [index('t_both_idx', 'user_id', 'id')], foreignKeys: [toUser] })],
    rows: ownedRows,
  },
  {
    name: 'the index of a foreign key goes, and another comes by itself',
    before: [user, owned],
    after: [user, table('t', [id, userId], { foreignKeys: [toUser] })],
    rows: ownedRows,
  },
  {
    name: 'a foreign key gets another action and another name',
    before: [user, owned],
    after: [
      user,
      table('t', [id, userId], {
        indexes: [byUser],
        foreignKeys: [{ ...toUser, name: 't_owner_fk', onDelete: 'setNull' }],
      }),
    ],
    rows: ownedRows,
  },
  {
    name: 'both ends of a foreign key get another type',
    before: [user, owned],
    after: [
      table('user', [{ ...id, type: 'int' }]),
      table('t', [id, { ...userId, type: 'int' }], { indexes: [byUser], foreignKeys: [toUser] }),
    ],
    rows: ownedRows,
    holds: { 'SELECT user_id FROM t ORDER BY id': [['7'], [null]] },
  },
  {
    name: 'a table that refers to itself gets another type of key',
    before: [
      table('t', [id, column('up', 'bigint')], {
        indexes: [index('t_up_idx', 'up')],
        foreignKeys: [key('t_up_fk', 'up', 't')],
      }),
    ],
    after: [
      table('t', [{ ...id, type: 'int' }, column('up', 'int')], {
        indexes: [index('t_up_idx', 'up')],
        foreignKeys: [key('t_up_fk', 'up', 't')],
      }),
    ],
    rows: ['INSERT INTO t (id, up) VALUES (1, NULL), (2, 1)'],
  },
  {
    name: 'of two foreign keys that share an index of the server, the one that names it goes',
    before: [user, other, shared(toUser, toOther)],
    after: [user, other, shared(toOther)],
    rows: sharedRows,
  },
  {
    name: 'of two foreign keys that share an index of the server, the one that does not name it goes',
    before: [user, other, shared(toUser, toOther)],
    after: [user, other, shared(toUser)],
    rows: sharedRows,
  },
  {
    name: 'two foreign keys that share an index of the server go, and the target of one changes',
    before: [user, other, shared(toUser, toOther)],
    after: [table('user', [id, a]), other, shared()],
    rows: sharedRows,
  },
  {
    name: 'the one index of two foreign keys goes, and another comes by itself',
    before: [user, other, { ...shared(toUser, toOther), indexes: [byUser] }],
    after: [user, other, shared(toUser, toOther)],
    rows: sharedRows,
  },
]
