import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOutSql } from './lay-out-sql.ts'

test('a long CREATE TABLE gets a line for each column and constraint', () => {
  assert.equal(
    layOutSql(
      `CREATE TABLE "shop_item" ("id" integer PRIMARY KEY, "price" decimal(10, 2) NOT NULL, "size" varchar(2) CHECK ("size" IN ('(,', ')')), UNIQUE ("id", "size")) STRICT`,
    ),
    [
      'CREATE TABLE "shop_item" (',
      '  "id" integer PRIMARY KEY,',
      '  "price" decimal(10, 2) NOT NULL,',
      `  "size" varchar(2) CHECK ("size" IN ('(,', ')')),`,
      '  UNIQUE ("id", "size")',
      ') STRICT',
    ].join('\n'),
  )
})

test('a long ALTER TABLE gets a line for each clause', () => {
  assert.equal(
    layOutSql(
      `ALTER TABLE "audit"."entry" ADD COLUMN "tags" text[] DEFAULT '{a,b}'::text[] NOT NULL, ALTER COLUMN "sum" TYPE numeric(12,2), ADD UNIQUE ("a", "b")`,
    ),
    [
      'ALTER TABLE "audit"."entry"',
      `  ADD COLUMN "tags" text[] DEFAULT '{a,b}'::text[] NOT NULL,`,
      '  ALTER COLUMN "sum" TYPE numeric(12,2),',
      '  ADD UNIQUE ("a", "b")',
    ].join('\n'),
  )
})

test('everything else stays as it is', () => {
  const long = 'x'.repeat(100)
  const texts = [
    'CREATE TABLE "a" ("id" integer, "name" text)',
    `CREATE TABLE "a" (\n"${long}" integer)`,
    `CREATE INDEX "${long}" ON "a" ("b", "c")`,
    `CREATE TABLE "${long}" AS SELECT 1`,
    `CREATE TABLE "${long}" ("id"`,
    `ALTER TABLE "a" ADD CONSTRAINT "${long}" UNIQUE ("b", "c")`,
  ]
  assert.deepEqual(texts.map(layOutSql), texts)
})
