import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { GodwitError } from '../../errors/error.ts'
import { statementsOf } from './statements-of.ts'
import { tokenize } from './tokens.ts'

const texts = (text: string): readonly string[] => statementsOf(text).map((statement) => statement.text)

test('semicolons in strings, names, comments and what is run of comments separate nothing', () => {
  const statements = [
    "INSERT INTO a VALUES ('x;y', \"x;y\", 'it''s;', 'a\\';b', N'n;')",
    'SELECT `a;b`, `c``;d` FROM t -- no; end\n WHERE 1',
    'SELECT 5--1 # one; more\n + 2',
    'SELECT /* ; */ 1',
    '/*!40101 SET NAMES utf8mb4; */ SELECT 1',
    '/*M!100100 SELECT 2; */',
    "SELECT x'3b', 0x3b",
  ]
  assert.deepEqual(texts(statements.join(';\n')), statements)
  assert.deepEqual(texts(`;; ${statements.join(' ;;\n')};  -- the end\n;`), statements)
  assert.deepEqual(texts(' /* nothing */ '), [])
})

/** Each a statement by itself. */
const bodies = [
  'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1',
  'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; SET NEW.c = CASE WHEN NEW.b THEN 1 ELSE 2 END; END',
  'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF NEW.b < 0 THEN SET NEW.b = 0; ELSEIF (NEW.b > 9) THEN SET NEW.b = 9; END IF',
  'CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF (NEW.b < 0) AND NEW.c THEN SET NEW.b = if(NEW.c, 0, 1); END IF',
  "CREATE OR REPLACE DEFINER = 'me'@'%' PROCEDURE p(IN a int) begin if(a, 1, 2) > 1 then select if(a, 1, 2); else select 2; end if; end",
  'CREATE DEFINER=`me`@`localhost` FUNCTION f() RETURNS int DETERMINISTIC BEGIN DECLARE i int DEFAULT 0; WHILE i < 3 DO SET i = i + 1; END WHILE; RETURN i; END',
  "CREATE PROCEDURE p() BEGIN x: LOOP LEAVE x; END LOOP; REPEAT SET @a = repeat('x', 2); UNTIL 1 END REPEAT; CASE 1 WHEN 1 THEN SELECT 1; END CASE; END",
  'CREATE PROCEDURE p() BEGIN FOR i IN 1..3 DO SELECT i; END FOR; DECLARE CONTINUE HANDLER FOR NOT FOUND SET @a = 1; SELECT 1 FOR UPDATE; END',
  'CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM a; DROP TABLE IF EXISTS b; END',
  'ALTER EVENT e DO BEGIN DELETE FROM a; END',
  'BEGIN NOT ATOMIC SELECT 1; SELECT 2; END',
  '/*!50003 CREATE*/ /*!50017 DEFINER=`me`@`localhost`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END */',
]
const plain = [
  'CREATE TABLE event (id int)',
  'CREATE TABLE function_log (`end` int, `begin` int)',
  'SELECT CASE WHEN 1 THEN 2 END',
  'DROP TRIGGER IF EXISTS t',
  'SELECT if(1, 2, 3)',
  'BEGIN',
  'COMMIT',
]

test('the body of a trigger, routine or event is kept together', () => {
  const statements = [...bodies, ...plain]
  assert.deepEqual(texts(statements.map((one) => `${one};`).join('\n')), statements)
})

test('statements in any order come apart as they were', () => {
  const any = fc.array(fc.constantFrom(...bodies, ...plain), { minLength: 1, maxLength: 6 })
  fc.assert(fc.property(any, (some) => assert.deepEqual(texts(some.join(';\n')), some)))
})

test('any text is taken apart without an end or a letter too many', () => {
  const pieces = fc.constantFrom(
    ...`a;'";\`()/*!*/--\n#x$@1.e 0x`,
    ' begin ',
    ' end ',
    ' if ',
    '/*',
    'create trigger ',
    "\\'",
  )
  fc.assert(
    fc.property(fc.string({ unit: pieces }), (text) => {
      for (const { start, end, text: written } of tokenize(text)) assert.equal(text.slice(start, end), written)
      for (const statement of texts(text)) assert.ok(text.includes(statement))
    }),
  )
})

test('a DELIMITER is no SQL, and nobody needs it', () => {
  assert.throws(
    () => statementsOf('DELIMITER ;;\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1;;'),
    (error: unknown) => error instanceof GodwitError && error.code === 'database.delimiter',
  )
  assert.equal(texts('SELECT delimiter FROM a').length, 1)
})

test('it is told which statements the server commits, and which an inspection shows', () => {
  const both = { commitsItself: true, isSeen: true }
  const committed = { commitsItself: true, isSeen: false }
  const neither = { commitsItself: false, isSeen: false }
  const expected: readonly (readonly [statement: string, told: object])[] = [
    ['CREATE TABLE a (id int)', both],
    ['/* why */ create unique index i on a (b)', both],
    ['/*!50003 CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1 */', both],
    ['CREATE OR REPLACE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW v AS SELECT 1', both],
    ['ALTER ONLINE TABLE a ADD b int', both],
    ['RENAME TABLE a TO b', both],
    ['DROP VIEW v', both],
    ['CREATE SEQUENCE s', both],
    ['ALTER TABLE a DROP PARTITION p', committed],
    ['TRUNCATE TABLE a', committed],
    ['ALTER PROCEDURE p COMMENT "x"', committed],
    ['CREATE USER event', committed],
    ['GRANT SELECT ON a TO b', committed],
    ['ANALYZE TABLE a', committed],
    ['INSERT INTO a VALUES (1)', neither],
    ['UPDATE a SET b = 1', neither],
    ['CREATE TEMPORARY TABLE a (id int)', neither],
    ['DROP TEMPORARY TABLE a', neither],
    ['SET @a = 1', neither],
    ['CALL p()', neither],
    ['LOAD DATA INFILE "x" INTO TABLE a', neither],
  ]
  for (const [statement, told] of expected) {
    const [{ commitsItself, isSeen } = {}] = statementsOf(statement)
    assert.deepEqual({ commitsItself, isSeen }, told, statement)
  }
})
