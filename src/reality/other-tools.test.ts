import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Schema, Table } from '../schema/schema.ts'
import { bookkeepingIn } from './other-tools.ts'

function table(name: string, columns: readonly string[]): Table {
  return {
    name,
    columns: columns.map((column) => ({ name: column, type: 'text', nullable: true })),
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
  }
}

function schemaOf(tables: readonly Table[]): Schema {
  return { tables: new Map(tables.map((one) => [one.name, one])), others: [] }
}

test('the tables in which other tools remember their migrations are recognised', () => {
  const tables = [
    table('django_migrations', ['id', 'app', 'name', 'applied']),
    table('_prisma_migrations', ['id', 'checksum', 'finished_at', 'migration_name', 'logs']),
    table('drizzle.__drizzle_migrations', ['id', 'hash', 'created_at']),
    table('schema_migrations', ['version']),
    table('ar_internal_metadata', ['key', 'value', 'created_at', 'updated_at']),
    table('knex_migrations', ['id', 'name', 'batch', 'migration_time']),
    table('knex_migrations_lock', ['index', 'is_locked']),
    table('migrations', ['id', 'timestamp', 'name']),
    table('typeorm_metadata', ['type', 'database', 'schema', 'table', 'name', 'value']),
    table('SequelizeMeta', ['name']),
    table('flyway_schema_history', ['installed_rank', 'version', 'description', 'type', 'script', 'checksum']),
    table('alembic_version', ['version_num']),
    table('DATABASECHANGELOG', ['ID', 'AUTHOR', 'FILENAME', 'DATEEXECUTED', 'MD5SUM']),
    table('goose_db_version', ['id', 'version_id', 'is_applied', 'tstamp']),
  ]
  const tools = bookkeepingIn(schemaOf(tables)).map(({ tool }) => tool)
  assert.deepEqual(tools, [
    ...['Django', 'Prisma', 'Drizzle', 'Rails', 'Rails', 'Knex', 'Knex', 'TypeORM', 'TypeORM', 'Sequelize', 'Flyway'],
    ...['Alembic', 'Liquibase', 'goose'],
  ])
})

test('a table of somebody’s own may have such a name', () => {
  const tables = [
    table('migrations', ['id', 'bird', 'route']),
    table('schema_migrations', ['id', 'note']),
    table('shop.django_migrations_copy', ['id', 'app', 'name', 'applied']),
  ]
  assert.deepEqual(bookkeepingIn(schemaOf(tables)), [])
})

test('two tools may have tables of one name, which their columns tell apart', () => {
  const tools = (columns: readonly string[], name: string) =>
    bookkeepingIn(schemaOf([table(name, columns)])).map(({ tool }) => tool)
  assert.deepEqual(tools(['version', 'dirty'], 'schema_migrations'), ['golang-migrate'])
  assert.deepEqual(tools(['id', 'migration', 'batch'], 'migrations'), ['Laravel'])
})
