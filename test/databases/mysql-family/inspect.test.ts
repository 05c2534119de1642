import assert from 'node:assert/strict'
import type { Session } from '../../../src/schema/dialect.ts'
import type { Table } from '../../../src/schema/schema.ts'
import { column, part, raw } from './declarations.ts'
import { testInDatabase } from './support.ts'

async function inspected(session: Session, name: string): Promise<Table | undefined> {
  return (await session.inspect()).tables.get(name)
}

const isMariadb = (session: Session): boolean => session.dialect.name === 'mariadb'

testInDatabase(
  'a table written by hand in every way that both take is read whole',
  `CREATE TABLE parent (id int unsigned AUTO_INCREMENT PRIMARY KEY, code char(3) NOT NULL, a int, b int, UNIQUE (code), UNIQUE (b, a));
  CREATE TABLE \`odd one\` (
    id bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY, parent_id int(10) unsigned, flag tinyint(1) NOT NULL DEFAULT 0, small tinyint(4), year year(4),
    filled int(5) zerofill, price decimal(10,2) unsigned DEFAULT 1.5, ratio double, mood enum('sad','it''s ok') DEFAULT 'sad', days set('mo','tu'),
    \`na me\` varchar(20) COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'it''s, (so)' COMMENT 'the "name"', old varchar(5) CHARACTER SET latin1,
    body text, bytes longblob, doc json, fixed binary(3), moment datetime(6) DEFAULT now(6) ON UPDATE now(6), seen timestamp NULL ON UPDATE now(),
    day date, time time(6), computed int DEFAULT (1 + 2), twice int AS (price * 2) VIRTUAL, thrice varchar(30) AS (concat(\`na me\`, 'x')) STORED,
    hidden int INVISIBLE DEFAULT 3, a int, b int,
    UNIQUE KEY pair (a, b DESC), KEY start (body(10), bytes(4)), KEY falling (moment DESC, day), FULLTEXT KEY words (body),
    CONSTRAINT positive CHECK (price > 0), CONSTRAINT short CHECK (char_length(\`na me\`) < 9),
    CONSTRAINT to_parent FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT both_ways FOREIGN KEY (b, a) REFERENCES parent (b, a) ON DELETE NO ACTION
  ) COMMENT 'it''s'`,
  async (session) => {
    const [maria, my] = [isMariadb(session), !isMariadb(session)]
    const table = await inspected(session, 'odd one')
    assert.deepEqual(table?.columns, [
      column('id', 'bigint', { nullable: false, autoIncrement: true }),
      column('parent_id', 'int unsigned'),
      column('flag', 'tinyint(1)', { nullable: false, default: raw('0') }),
      column('small', 'tinyint'),
      column('year', 'year'),
      column('filled', 'int(5) unsigned zerofill'),
      column('price', 'decimal(10,2) unsigned', { default: raw('1.50') }),
      column('ratio', 'double'),
      column('mood', "enum('sad','it''s ok')", { default: raw("'sad'") }),
      column('days', "set('mo','tu')"),
      column('na me', 'varchar(20)', {
        nullable: false,
        default: raw("'it''s, (so)'"),
        collation: 'utf8mb4_unicode_ci',
        comment: 'the "name"',
      }),
      column('old', 'varchar(5)', { collation: 'latin1_swedish_ci' }),
      column('body', 'text'),
      column('bytes', 'longblob'),
      column('doc', 'json'),
      column('fixed', 'binary(3)'),
      column('moment', 'datetime(6)', {
        default: raw(
          maria
            ? 'current_timestamp(6) ON UPDATE current_timestamp(6)'
            : 'CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)',
        ),
      }),
      column('seen', `timestamp ON UPDATE ${maria ? 'current_timestamp()' : 'CURRENT_TIMESTAMP'}`),
      column('day', 'date'),
      column('time', 'time(6)'),
      column('computed', 'int', { default: raw(maria ? '(1 + 2)' : '((1 + 2))') }),
      column('twice', 'int', {
        generated: { expression: raw(maria ? '`price` * 2' : '(`price` * 2)'), stored: false },
      }),
      column('thrice', 'varchar(30)', {
        generated: { expression: raw(maria ? "concat(`na me`,'x')" : "concat(`na me`,_utf8mb4'x')"), stored: true },
      }),
      column('hidden', 'int INVISIBLE', { default: raw('3') }),
      column('a', 'int'),
      column('b', 'int'),
    ])
    assert.deepEqual(table, {
      name: 'odd one',
      columns: table?.columns,
      primaryKey: { columns: ['id'] },
      uniques: [{ name: 'pair', parts: [part('a'), part('b', { descending: true })], form: 'index' }],
      indexes: [
        { name: 'both_ways', parts: [part('b'), part('a')] },
        { name: 'falling', parts: [part('moment', { descending: true }), part('day')] },
        { name: 'start', parts: [part('body', { prefix: 10 }), part('bytes', { prefix: 4 })] },
        { name: 'to_parent', parts: [part('parent_id')] },
        { name: 'words', parts: [part('body')], method: 'fulltext' },
      ],
      checks: [
        { name: 'positive', expression: raw(maria ? '`price` > 0' : '(`price` > 0)') },
        { name: 'short', expression: raw(my ? '(char_length(`na me`) < 9)' : 'char_length(`na me`) < 9') },
      ],
      foreignKeys: [
        {
          name: 'both_ways',
          columns: ['b', 'a'],
          references: { table: 'parent', columns: ['b', 'a'] },
          onDelete: 'noAction',
          onUpdate: 'noAction',
        },
        {
          name: 'to_parent',
          columns: ['parent_id'],
          references: { table: 'parent', columns: ['id'] },
          onDelete: 'setNull',
          onUpdate: 'cascade',
        },
      ],
      comment: "it's",
    })
  },
)

testInDatabase(
  'checks in the definition of a column, without a name, and such as are not enforced',
  `CREATE TABLE t (a int CHECK (a > 0), b int, j longtext COLLATE utf8mb4_bin CHECK (json_valid(j)), k longtext CHECK (json_valid(k) and k <> 'x'), CHECK (b > 1))`,
  async (session) => {
    if (!isMariadb(session)) await session.script('ALTER TABLE t ADD CONSTRAINT idle CHECK (a < 9) NOT ENFORCED')
    const { tables, others } = await session.inspect()
    const t = tables.get('t')
    assert.deepEqual(
      t?.columns.map(({ name, type }) => [name, type]),
      [
        ['a', 'int'],
        ['b', 'int'],
        ['j', isMariadb(session) ? 'json' : 'longtext'],
        ['k', 'longtext'],
      ],
    )
    const found = t?.checks.map(({ expression: _, ...check }) => check)
    if (isMariadb(session)) {
      assert.deepEqual(found, [
        { name: 'a', generatedName: true, ofColumn: 'a' },
        { name: 'k', generatedName: true, ofColumn: 'k' },
        { name: 'CONSTRAINT_1' },
      ])
      assert.deepEqual(others, [])
    } else {
      assert.deepEqual(found?.map(({ name }) => name).sort(), ['t_chk_1', 't_chk_2', 't_chk_3', 't_chk_4'])
      assert.deepEqual(others, [
        {
          kind: 'check',
          name: 'idle',
          table: 't',
          definition: 'ALTER TABLE `t` ADD CONSTRAINT `idle` CHECK ((`a` < 9)) NOT ENFORCED',
        },
      ])
    }
  },
)

testInDatabase(
  'a text that reads like a function or like NULL is a text, and what texts hold comes back to the letter',
  `CREATE TABLE t (a varchar(9) DEFAULT 'now()', b varchar(9) DEFAULT 'NULL', c varchar(9) DEFAULT NULL, d varchar(20) DEFAULT 'a\\\\b''c\\n"',
    CONSTRAINT k CHECK (a <> 'é\\\\%''"\\n€'), g varchar(20) AS (concat(a, 'ü\\'')) STORED)`,
  async (session) => {
    const t = await inspected(session, 't')
    const { sameExpression } = session.dialect.comparison
    assert.deepEqual(
      t?.columns.slice(0, 3).map((one) => one.default),
      [raw("'now()'"), raw("'NULL'"), undefined],
    )
    assert.ok(sameExpression(t?.columns[3]?.default ?? raw(''), raw("'a\\\\b''c\\n\"'")))
    assert.ok(sameExpression(t?.checks[0]?.expression ?? raw(''), raw("a <> 'é\\\\%''\"\\n€'")))
    assert.ok(sameExpression(t?.columns[4]?.generated?.expression ?? raw(''), raw("concat(a,'ü''')")))
  },
)

testInDatabase(
  'tables that are kept or sorted in another way than those of models say so',
  `CREATE TABLE plain (a int); CREATE TABLE memory (a int) ENGINE = MEMORY; CREATE TABLE old (a varchar(3)) CHARSET latin1`,
  async (session) => {
    const { tables } = await session.inspect()
    assert.deepEqual(
      [...tables].map(([name, { attributes }]) => [name, attributes]),
      [
        ['memory', ['ENGINE=MEMORY']],
        ['old', ['COLLATE=latin1_swedish_ci']],
        ['plain', undefined],
      ],
    )
    assert.deepEqual(tables.get('old')?.columns, [column('a', 'varchar(3)', { collation: 'latin1_swedish_ci' })])
  },
)

testInDatabase(
  'an inspection of some tables sees those, by their exact names, with what stands on them and what names them',
  `CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int, FOREIGN KEY (id) REFERENCES a (id)); CREATE TABLE A (id int);
  CREATE TABLE godwit_migrations (a int); CREATE VIEW of_a AS SELECT id FROM a; CREATE VIEW of_b AS SELECT id AS a FROM b; CREATE VIEW of_other AS SELECT id FROM A;
  CREATE TRIGGER on_a BEFORE INSERT ON a FOR EACH ROW SET NEW.id = 1; CREATE TRIGGER on_b BEFORE INSERT ON b FOR EACH ROW SET NEW.id = 1;
  CREATE PROCEDURE p() SELECT 1`,
  async (session) => {
    const whole = await session.inspect()
    assert.deepEqual([...whole.tables.keys()].sort(), ['A', 'a', 'b'])
    const { tables, others } = await session.inspect({ tables: ['a'] })
    assert.deepEqual([...tables.keys()], ['a'])
    assert.deepEqual(
      others.map(({ kind, name }) => [kind, name]),
      [
        ['trigger', 'on_a'],
        ['view', 'of_a'],
      ],
    )
    const own = await session.inspect({ tables: ['godwit_migrations', 'b', 'absent'] })
    assert.deepEqual([...own.tables.keys()], ['b', 'godwit_migrations'])
    assert.equal(own.tables.get('b')?.foreignKeys[0]?.references.table, 'a')
    const nothing = await session.inspect({ tables: [] })
    assert.deepEqual([nothing.tables.size, nothing.others.length], [0, 0])
  },
)

testInDatabase(
  'tables of another database of nearly the same name are not seen, and temporary ones hide nothing',
  'CREATE TABLE t (a int, b int)',
  async (session) => {
    const [row] = await session.query({ parts: ['SELECT UPPER(DATABASE()) AS other'] })
    const other = String(row?.['other'])
    await session.script(`CREATE DATABASE \`${other}\`; CREATE TABLE \`${other}\`.seen_elsewhere (a int)`)
    try {
      await session.script('CREATE TEMPORARY TABLE t (c int)')
      const { tables } = await session.inspect()
      assert.deepEqual(
        [...tables].map(([name, { columns }]) => [name, columns.map((one) => one.name)]),
        [['t', ['a', 'b']]],
      )
    } finally {
      await session.script(`DROP DATABASE \`${other}\``)
    }
  },
)
