import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCreateTable } from './read-create-table.ts'

const plain = {
  collation: undefined,
  nullable: true,
  generated: undefined,
  fallback: undefined,
  onUpdate: undefined,
  invisible: false,
  check: undefined,
}

test('what MariaDB prints is read', () => {
  const { columns, checks, indexes } = readCreateTable(`CREATE TEMPORARY TABLE \`t, (\` (
  \`a\`\`b\` int(10) unsigned NOT NULL DEFAULT 0 COMMENT 'a DEFAULT, (of sorts) CHECK',
  \`j\` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT concat('not null',')') CHECK (json_valid(\`j\`)),
  \`d\` datetime(6) DEFAULT current_timestamp(6) ON UPDATE current_timestamp(6),
  \`e\` enum('a, b','c''d)') DEFAULT NULL,
  \`g\` varchar(9) GENERATED ALWAYS AS (if(\`e\` = 'check (',1,2)) STORED,
  \`h\` int(11) INVISIBLE DEFAULT (case when 1 then 2 end),
  \`z\` varchar(9) /*M!100301 COMPRESSED*/ DEFAULT 'a\\'b
c',
  PRIMARY KEY (\`h\`),
  UNIQUE KEY \`u\` (\`j\`) USING HASH,
  KEY \`k\` (\`j\`(10) DESC,\`h\`),
  CONSTRAINT \`c 1\` CHECK (\`h\` in (1,2) and \`e\` <> ')')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4`)
  assert.deepEqual(columns, [
    { ...plain, name: 'a`b', type: 'int(10) unsigned', nullable: false, fallback: '0' },
    {
      ...plain,
      name: 'j',
      type: 'longtext',
      collation: 'utf8mb4_bin',
      fallback: "concat('not null',')')",
      check: 'json_valid(`j`)',
    },
    {
      ...plain,
      name: 'd',
      type: 'datetime(6)',
      fallback: 'current_timestamp(6)',
      onUpdate: 'current_timestamp(6)',
    },
    { ...plain, name: 'e', type: "enum('a, b','c''d)')", fallback: 'NULL' },
    {
      ...plain,
      name: 'g',
      type: 'varchar(9)',
      generated: { expression: "if(`e` = 'check (',1,2)", stored: true },
    },
    { ...plain, name: 'h', type: 'int(11)', invisible: true, fallback: '(case when 1 then 2 end)' },
    { ...plain, name: 'z', type: 'varchar(9) /*M!100301 COMPRESSED*/', fallback: "'a\\'b\nc'" },
  ])
  assert.deepEqual([...checks], [['c 1', "`h` in (1,2) and `e` <> ')'"]])
  const part = { column: undefined, expression: undefined, prefix: undefined, descending: false }
  assert.deepEqual(indexes.get('u'), [{ ...part, column: 'j' }])
  assert.deepEqual(indexes.get('k'), [
    { ...part, column: 'j', prefix: 10, descending: true },
    { ...part, column: 'h' },
  ])
})

test('what MySQL prints is read', () => {
  const { columns, checks, indexes } = readCreateTable(`CREATE TEMPORARY TABLE \`t\` (
  \`a\` int DEFAULT '3' /*!80023 INVISIBLE */,
  \`j\` json DEFAULT (_utf8mb4'{}'),
  \`g\` varchar(50) GENERATED ALWAYS AS (concat(\`a\`,_utf8mb4'x')) VIRTUAL NOT NULL,
  \`p\` point NOT NULL /*!80003 SRID 4326 */,
  \`s\` timestamp(6) NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(6),
  UNIQUE KEY \`u\` ((upper(\`g\`)),\`a\` DESC),
  KEY \`k\` (\`a\`) /*!80000 INVISIBLE */,
  CONSTRAINT \`c\` CHECK ((\`a\` > 0)) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB`)
  assert.deepEqual(columns, [
    { ...plain, name: 'a', type: 'int', fallback: "'3'", invisible: true },
    { ...plain, name: 'j', type: 'json', fallback: "(_utf8mb4'{}')" },
    {
      ...plain,
      name: 'g',
      type: 'varchar(50)',
      nullable: false,
      generated: { expression: "concat(`a`,_utf8mb4'x')", stored: false },
    },
    { ...plain, name: 'p', type: 'point', nullable: false },
    { ...plain, name: 's', type: 'timestamp(6)', fallback: 'NULL', onUpdate: 'CURRENT_TIMESTAMP(6)' },
  ])
  assert.deepEqual([...checks], [['c', '(`a` > 0)']])
  assert.deepEqual(indexes.get('u'), [
    { column: undefined, expression: 'upper(`g`)', prefix: undefined, descending: false },
    { column: 'a', expression: undefined, prefix: undefined, descending: true },
  ])
})
