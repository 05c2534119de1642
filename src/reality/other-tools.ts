import type { Schema, Table } from '../schema/schema.ts'
import { splitTableName } from '../state/names.ts'

/** A table in which another tool remembers what it has done to the database. */
export interface Bookkeeping {
  readonly table: string
  readonly tool: string
  /** What to do with the other tool, as a sentence. */
  readonly advice: string
}

/** How another tool's table is recognised: by its name and columns, as some names are anybody's. */
interface Mark {
  readonly tool: string
  readonly table: RegExp
  readonly columns: readonly string[]
}

const stopRunning = (command: string): string =>
  `No longer run \`${command}\`: from now on Godwit changes the tables. Keep the table for as long as somebody may go back.`

const advice: Readonly<Record<string, string>> = {
  Django: stopRunning('manage.py migrate'),
  Prisma: `${stopRunning('prisma migrate')} \`prisma db pull\` still reads them for its client.`,
  Drizzle: stopRunning('drizzle-kit migrate'),
  Rails: stopRunning('rails db:migrate'),
  Knex: stopRunning('knex migrate:latest'),
  TypeORM: `${stopRunning('typeorm migration:run')} Set \`synchronize: false\`.`,
  Sequelize: `${stopRunning('sequelize db:migrate')} Never call \`sync()\`.`,
  Flyway: stopRunning('flyway migrate'),
  Alembic: stopRunning('alembic upgrade'),
  Liquibase: stopRunning('liquibase update'),
  goose: stopRunning('goose up'),
  'golang-migrate': stopRunning('migrate up'),
  Laravel: stopRunning('artisan migrate'),
  Kysely: stopRunning('migrateToLatest()'),
  MikroORM: stopRunning('mikro-orm migration:up'),
}

/** The first that fits counts. */
const marks: readonly Mark[] = [
  { tool: 'Django', table: /^django_migrations$/, columns: ['app', 'name', 'applied'] },
  { tool: 'Prisma', table: /^_prisma_migrations$/, columns: ['migration_name', 'checksum'] },
  { tool: 'Drizzle', table: /^__drizzle_migrations$/, columns: ['hash', 'created_at'] },
  { tool: 'golang-migrate', table: /^schema_migrations$/, columns: ['version', 'dirty'] },
  { tool: 'Rails', table: /^ar_internal_metadata$/, columns: ['key', 'value'] },
  { tool: 'Rails', table: /^schema_migrations$/, columns: ['version'] },
  { tool: 'Knex', table: /^knex_migrations$/, columns: ['name', 'batch', 'migration_time'] },
  { tool: 'Knex', table: /^knex_migrations_lock$/, columns: ['is_locked'] },
  { tool: 'MikroORM', table: /^mikro_orm_migrations$/, columns: ['name', 'executed_at'] },
  { tool: 'Kysely', table: /^kysely_migration$/, columns: ['name', 'timestamp'] },
  { tool: 'Kysely', table: /^kysely_migration_lock$/, columns: ['is_locked'] },
  { tool: 'Laravel', table: /^migrations$/, columns: ['migration', 'batch'] },
  { tool: 'TypeORM', table: /^migrations$/, columns: ['timestamp', 'name'] },
  { tool: 'TypeORM', table: /^typeorm_metadata$/, columns: ['type', 'value'] },
  { tool: 'Sequelize', table: /^SequelizeMeta$/i, columns: ['name'] },
  { tool: 'Flyway', table: /^flyway_schema_history$/i, columns: ['installed_rank', 'checksum'] },
  { tool: 'Alembic', table: /^alembic_version$/, columns: ['version_num'] },
  { tool: 'Liquibase', table: /^databasechangelog$/i, columns: ['id', 'author', 'filename'] },
  { tool: 'Liquibase', table: /^databasechangeloglock$/i, columns: ['id', 'locked'] },
  { tool: 'goose', table: /^goose_db_version$/, columns: ['version_id', 'is_applied'] },
]

/** Schemas beside the default one in which other tools keep their tables. */
export const schemasOfTools: readonly string[] = ['drizzle']

/** The tables of a database that other tools keep for themselves: of no interest to any model. */
export function bookkeepingIn({ tables }: Schema): readonly Bookkeeping[] {
  return [...tables.values()].flatMap((table) => {
    const tool = marks.find((mark) => isMarked(table, mark))?.tool
    return tool === undefined ? [] : [{ table: table.name, tool, advice: advice[tool] ?? '' }]
  })
}

function isMarked({ name, columns }: Table, mark: Mark): boolean {
  const known = new Set(columns.map((column) => column.name.toLowerCase()))
  return mark.table.test(splitTableName(name).table) && mark.columns.every((column) => known.has(column))
}
