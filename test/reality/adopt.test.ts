import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { adoptDrift } from '../../src/api/adopt-drift.ts'
import { drift } from '../../src/api/drift.ts'
import { repairDrift } from '../../src/api/repair-drift.ts'
import { loadProject, makeMigrations, migrate } from '../../src/api.ts'
import { testOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { becauseOf } from '../support/reason-of.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'

const models = `import { f, index, model } from 'godwit'

export const Author = model('Author', { name: f.char({ maxLength: 40 }) })

export const Post = model('Post', {
  author: f.foreignKey(() => Author, { onDelete: 'cascade' }),
  // As it stands at the top.
  title: f.char({ maxLength: 40 }),
  subtitle: f.char({ maxLength: 40, null: true }),
  views: f.integer({ default: 0 }),
}, {
  indexes: [
    index({ fields: ['title'], name: 'post_title' }), // for the search
    index({ fields: ['views', 'title'], name: 'post_views' }),
  ],
})
`

/** What somebody did in the night. */
const night: Readonly<Record<string, readonly string[]>> = {
  sqlite: [
    'CREATE TABLE author (id integer PRIMARY KEY AUTOINCREMENT, name varchar(80) NOT NULL)',
    'INSERT INTO author SELECT id, name FROM blog_author',
    'PRAGMA foreign_keys = OFF',
    'DROP TABLE blog_author',
    'ALTER TABLE author RENAME TO blog_author',
  ],
  postgres: ['ALTER TABLE blog_author ALTER COLUMN name TYPE varchar(80)'],
  mariadb: ['ALTER TABLE blog_author MODIFY name varchar(80) NOT NULL'],
  mysql: ['ALTER TABLE blog_author MODIFY name varchar(80) NOT NULL'],
}

function nightOn(kind: string): readonly string[] {
  const on = kind === 'sqlite' || kind === 'postgres' ? '' : ' ON blog_post'
  return [
    ...(night[kind] ?? []),
    'ALTER TABLE blog_post ADD COLUMN note varchar(20)',
    `DROP INDEX post_views${on}`,
    'CREATE INDEX post_by_night ON blog_post (views)',
    'CREATE INDEX post_hot ON blog_post (views, subtitle)',
  ]
}

interface Site {
  readonly files: TestProject
  /** Three databases of one project, all migrated. */
  readonly databases: Readonly<Record<'night' | 'other' | 'half', TestDatabase>>
}

async function migratedSite(on: DatabaseUnderTest): Promise<Site> {
  const databases = { night: await on.create(), other: await on.create(), half: await on.create() }
  const urls = Object.fromEntries(Object.entries(databases).map(([name, { url }]) => [name, url]))
  const config = JSON.stringify({ apps: ['blog'], databases: { default: databases.night.url, ...urls } })
  const files = createProject({
    files: {
      'blog/models.ts': models,
      'godwit.config.ts': `import { defineConfig } from 'godwit'\nexport default defineConfig(${config})\n`,
    },
  })
  await makeMigrations({ project: await loadProject({ cwd: files.dir }) })
  for (const database of Object.keys(databases)) await migrate({ cwd: files.dir, database })
  return { files, databases }
}

async function run(database: TestDatabase, statements: readonly string[]): Promise<void> {
  const client = await database.connect()
  try {
    for (const statement of statements) await client.exec(statement)
  } finally {
    await client.close()
  }
}

const texts = async (options: Parameters<typeof drift>[0]): Promise<readonly string[]> => {
  return (await drift(options)).discrepancies.map(({ text }) => text)
}

testOnEach('what a database has become is written, recorded there, and made in every other', async (on) => {
  const { files, databases } = await migratedSite(on)
  const cwd = files.dir
  await run(databases.night, ["INSERT INTO blog_author (name) VALUES ('Ada')", ...nightOn(on.kind)])
  await run(databases.other, ["INSERT INTO blog_author (name) VALUES ('Grace')"])
  await run(databases.half, nightOn(on.kind).slice(-2))
  assert.equal((await texts({ cwd })).length, 5)

  const { edits, migrations, unsaid } = await adoptDrift({ cwd, header: false })
  assert.deepEqual(unsaid, [])
  assert.deepEqual(
    migrations.flatMap(({ operations }) => operations.map(({ description }) => description)).toSorted(),
    [
      'Add field note to Post',
      'Alter field name on Author',
      'Create index post_by_night on views of Post',
      'Create index post_hot on views, subtitle of Post',
      'Remove the index post_views from Post',
    ].toSorted(),
  )
  for (const { file, edited } of edits) writeFileSync(file, edited ?? '')
  assert.match(files.read('blog/models.ts'), /\/\/ As it stands at the top\./)
  // In a process of its own, as this one has imported the models before they were edited.
  const check = await files.run(['makemigrations', '--check'])
  assert.equal(check.code, 0, check.stderr)

  const [first] = (await migrate({ cwd })).applied
  assert.deepEqual([first?.fake, first?.name], [true, migrations[0]?.name])
  const both = await files.run(['drift', '--models'])
  assert.equal(both.code, 0, both.stdout)

  const [made] = (await migrate({ cwd, database: 'other' })).applied
  assert.equal(made?.fake, false)
  assert.deepEqual(await texts({ cwd, database: 'other' }), [])

  await assert.rejects(becauseOf(migrate({ cwd, database: 'half' })), { code: 'adopting.partlyThere' })
  const { outcome } = await repairDrift({ cwd, database: 'half', onPlan: async () => true })
  assert.equal(outcome, 'repaired')
  await migrate({ cwd, database: 'half' })
  assert.deepEqual(await texts({ cwd, database: 'half' }), [])
})
