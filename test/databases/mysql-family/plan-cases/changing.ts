import {
  a,
  b,
  cast,
  check,
  column,
  fill,
  id,
  index,
  literal,
  type PlanCase,
  plain,
  required,
  table,
  two,
  unique,
} from './plan-case.ts'

/** Columns that change. */
export const changingCases: readonly PlanCase[] = [
  {
    name: 'NULLs get a value before the column is required',
    before: [plain],
    after: [table('t', [id, { ...a, ...required }, b])],
    intents: [fill('t.a', 0)],
    rows: two,
    holds: { 'SELECT a FROM t ORDER BY id': [['1'], ['0']] },
  },
  {
    name: 'a column gets another type, default, comment and is required in one MODIFY, for which all else goes along',
    before: [plain],
    after: [
      table(
        't',
        [id, { ...a, type: 'bigint', default: literal(3), comment: 'many' }, { ...b, ...required }, column('c', 'int')],
        {
          indexes: [index('t_c_idx', 'c')],
        },
      ),
    ],
    intents: [fill('t.b', 'none')],
    rows: two,
    holds: {
      'SELECT a, b FROM t ORDER BY id': [
        ['1', 'x'],
        [null, 'none'],
      ],
    },
  },
  {
    name: 'values for NULLs wait for another type, and for a check that goes',
    before: [table('t', [id, a, b], { checks: [check('t_b_check', "b <> 'none'")] })],
    after: [table('t', [id, { ...a, type: 'varchar(20)', ...required }, { ...b, ...required }])],
    intents: [fill('t.a', 'n/a'), fill('t.b', 'none')],
    rows: two,
    holds: {
      'SELECT a, b FROM t ORDER BY id': [
        ['1', 'x'],
        ['n/a', 'none'],
      ],
    },
  },
  {
    name: 'a longer text: what fits the bytes of its length costs nothing',
    before: [table('t', [id, column('a', 'varchar(10)'), column('b', 'varchar(60)'), column('c', 'varchar(300)')])],
    after: [table('t', [id, column('a', 'varchar(50)'), column('b', 'varchar(63)'), column('c', 'varchar(400)')])],
  },
  {
    name: 'a text that comes to need two bytes for its length is copied',
    before: [table('t', [id, column('a', 'varchar(40)')])],
    after: [table('t', [id, column('a', 'varchar(80)')])],
  },
  {
    name: 'values of an enum come at its end, and in its midst',
    before: [table('t', [id, column('a', "enum('x','y')"), column('b', "enum('x','y')")])],
    after: [table('t', [id, column('a', "enum('x','y','z')"), column('b', "enum('x','w','y')")])],
    rows: ["INSERT INTO t (id, a, b) VALUES (1, 'y', 'y')"],
    holds: { 'SELECT a, b FROM t': [['y', 'y']] },
  },
  {
    name: 'a conversion by an expression goes by a column beside, and what stands on the column comes along',
    before: [
      table('t', [id, { ...a, ...required }, b], {
        indexes: [index('t_ab_idx', 'a', 'b')],
        uniques: [unique('t_a_uniq', 'a')],
        checks: [check('t_a_check', 'a > 0')],
      }),
    ],
    after: [
      table('t', [id, { ...a, type: 'varchar(20)', ...required, default: literal('1') }, b], {
        indexes: [index('t_ab_idx', 'a', 'b')],
        uniques: [unique('t_a_uniq', 'a')],
        checks: [check('t_a_check', 'a > 0')],
      }),
    ],
    intents: [cast('t.a', "concat(a, '0')")],
    rows: ["INSERT INTO t (id, a, b) VALUES (1, 1, 'x'), (2, 2, NULL)"],
    holds: {
      'SELECT a, b FROM t ORDER BY id': [
        ['10', 'x'],
        ['20', null],
      ],
    },
  },
  {
    name: 'another collation, of a column that is in an index and of one that is not',
    before: [table('t', [id, b, column('c', 'varchar(20)')], { indexes: [index('t_b_idx', 'b')] })],
    after: [
      table(
        't',
        [
          id,
          { ...b, collation: 'utf8mb4_general_ci' },
          column('c', 'varchar(20)', { collation: 'utf8mb4_general_ci' }),
        ],
        {
          indexes: [index('t_b_idx', 'b')],
        },
      ),
    ],
  },
  {
    name: 'a default goes, another comes, and a comment',
    before: [table('t', [id, { ...a, default: literal(1) }, { ...b, comment: 'old' }], { comment: 'old' })],
    after: [table('t', [id, a, { ...b, default: literal('x') }], { comment: 'new' })],
    rows: ['INSERT INTO t (id) VALUES (1)'],
  },
  {
    name: 'texts that come and change have the collation of the database, in a table whose usual one is another',
    before: [plain],
    after: [
      table('t', [
        id,
        { ...a, type: 'varchar(20)' },
        { ...b, ...required },
        column('c', 'longtext'),
        column('d', 'int'),
      ]),
    ],
    intents: [fill('t.b', '')],
    rows: ['ALTER TABLE t DEFAULT CHARACTER SET latin1', "INSERT INTO t (id, b) VALUES (1, '\u{1F426} \u4E2D')"],
    holds: {
      'SELECT b FROM t': [['\u{1F426} \u4E2D']],
      "SELECT COUNT(DISTINCT collation_name) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 't'":
        [['1']],
    },
  },
]
