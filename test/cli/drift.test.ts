import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findDrift } from '../../src/api/find-drift.ts'
import { openDatabase } from '../../src/api/open-database.ts'
import { type DriftOptions, drift, isDrifting, loadProject, makeMigrations, migrate } from '../../src/api.ts'
import { createProject, type TestProject } from '../support/project.ts'

const models = (title = 40) => `
import { f, index, model } from 'godwit'
export const Post = model('Post', { title: f.char({ maxLength: ${title} }), body: f.text({ null: true }) }, {
  indexes: [index({ fields: ['title'] })],
})
`
const configWith = (rest: string) => `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['./blog'], databases: { default: 'sqlite:./app.db' }${rest} })
`
const ignoring = configWith(`, drift: { ignore: [
  { object: 'index slow_*', reason: 'for the reports' },
  { object: 'view *', reason: 'theirs' },
  { object: 'blog_pots', reason: 'nobody knows' },
] }`)

const longer = (title: number) => `
import { alterField, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [alterField({ model: 'Post', name: 'title', field: f.char({ maxLength: ${title} }) })],
})
`

async function migratedBlog(files: Readonly<Record<string, string>> = {}): Promise<TestProject> {
  const project = createProject({ files: { 'blog/models.ts': models(), ...files } })
  await makeMigrations({ project: await loadProject({ cwd: project.dir }) })
  await migrate({ project: await loadProject({ cwd: project.dir }) })
  return project
}

async function byHand(project: TestProject, ...statements: readonly string[]): Promise<void> {
  const client = await project.database()
  for (const statement of statements) await client.exec(statement)
  await client.close()
}

async function driftOf({ dir }: TestProject, options: Omit<DriftOptions, 'project'> = {}) {
  return drift({ project: await loadProject({ cwd: dir }), ...options })
}

async function textsOf(project: TestProject, options: Omit<DriftOptions, 'project'> = {}): Promise<readonly string[]> {
  return (await driftOf(project, options)).discrepancies.map(({ text }) => text)
}

const note = 'column blog_post.note should not be there: text, nullable'

describe('drift', { concurrency: 3 }, () => {
  test('tells by table what differs, apart what is in other hands, and how to go on', async () => {
    const project = await migratedBlog({ 'godwit.config.ts': ignoring })
    await byHand(
      project,
      'ALTER TABLE blog_post ADD COLUMN note text',
      'CREATE INDEX slow_body ON blog_post (body)',
      'CREATE TABLE legacy (id integer)',
      'CREATE VIEW titles AS SELECT title FROM blog_post',
    )
    const plain = await project.run(['drift'])
    assert.deepEqual(
      [plain.code, plain.stdout],
      [
        2,
        [
          'Other than what was migrated',
          '  blog_post',
          `    ${note}`,
          '',
          'In other hands, and left alone',
          '  table legacy',
          '',
          '1 difference between sqlite:./app.db and the migrations that were applied to it. 1 difference ignored, as the config says.',
          '  godwit drift --repair   plans what makes the database what was migrated, and asks',
          '  godwit drift --adopt    writes a migration that says what the database is',
          '',
        ].join('\n'),
      ],
    )
    assert.equal(
      plain.stderr,
      'drift.ignore in the config: nothing that differs in this database is called "blog_pots".\n',
    )
    const wordy = await project.run(['drift', '-v', '2', '--only', 'index *'])
    assert.match(
      wordy.stdout,
      /ignored: index slow_body on blog_post should not be there: over \(body\) \(for the reports\)/,
    )
    const { stdout } = await project.run(['drift', '--json', '--models'])
    const { discrepancies, models: byModels, unmanaged, unusedPatterns } = JSON.parse(stdout)
    const found = [
      { table: 'blog_post', object: 'column blog_post.note', kind: 'extra', found: 'text, nullable', text: note },
    ]
    assert.deepEqual([discrepancies, byModels.discrepancies], [found, found])
    assert.deepEqual([unmanaged, unusedPatterns], [[{ kind: 'table', name: 'legacy' }], ['blog_pots']])
  })

  test('--only is about tables and things, and a slip in it finds nothing in silence', async () => {
    const project = await migratedBlog()
    await byHand(project, 'ALTER TABLE blog_post ADD COLUMN note text', 'DROP INDEX blog_post_title_idx')
    const index = 'index blog_post_title_idx on blog_post is missing: over (title)'
    assert.deepEqual(await textsOf(project, { only: ['blog_post'] }), [note, index])
    assert.deepEqual(await textsOf(project, { only: ['index *'] }), [index])
    assert.deepEqual(await textsOf(project, { only: ['column blog_post.body'] }), [])
    await assert.rejects(textsOf(project, { only: ['blog_pots'] }), { code: 'drift.nothingMatches' })
    await byHand(project, 'CREATE INDEX blog_post_title_idx ON blog_post (title)')
    assert.deepEqual(await textsOf(project, { only: ['index *', 'primary key of blog_post'] }), [])
  })

  test('a database that was never migrated is a find only where tables of the models are there', async () => {
    const project = createProject({ files: { 'blog/models.ts': models() } })
    const empty = await driftOf(project)
    assert.deepEqual([isDrifting(empty), empty.neverMigrated], [false, { tables: [] }])
    await byHand(project, 'CREATE TABLE blog_post (id integer PRIMARY KEY)', 'CREATE TABLE legacy (id integer)')
    const full = await driftOf(project)
    assert.deepEqual([isDrifting(full), full.neverMigrated], [true, { tables: ['blog_post'] }])
    assert.deepEqual(full.unmanaged, [{ kind: 'table', name: 'legacy' }])
    const { code, stdout } = await project.run(['drift'])
    assert.equal(code, 2)
    assert.match(
      stdout,
      /^No migration was ever applied to sqlite:.\/app.db, and 1 table of the models is there already: blog_post.$/m,
    )
  })

  test('memory is what was applied: by the record, where a file is gone or says something else now', async () => {
    const project = await migratedBlog()
    const second = 'blog/migrations/0002_longer.ts'
    project.write(second, longer(60))
    await migrate({ project: await loadProject({ cwd: project.dir }) })
    project.write(second, longer(80))
    const edited = await project.run(['drift'])
    assert.deepEqual([edited.code, edited.stderr], [0, ''])
    rmSync(join(project.dir, second))
    assert.deepEqual(await textsOf(project), [])
    await byHand(project, 'ALTER TABLE blog_post ADD COLUMN note text')
    assert.deepEqual(await textsOf(project), [note])
  })

  test('what is still to be migrated differs from the models and not from memory', async () => {
    const project = createProject({ files: { 'blog/models.ts': models(60) } })
    await makeMigrations({ project: await loadProject({ cwd: project.dir }) })
    const first = 'blog/migrations/0001_initial.ts'
    project.write(first, project.read(first).replace('60', '40'))
    await migrate({ project: await loadProject({ cwd: project.dir }) })
    const { discrepancies, models: byModels } = await driftOf(project, { models: true })
    assert.deepEqual(
      [discrepancies, byModels?.discrepancies.map(({ text }) => text)],
      [[], ['column blog_post.title is varchar(40), and should be varchar(60)']],
    )
  })

  test('what is half-way is named, and its tables are not judged', async () => {
    const project = await migratedBlog({
      'shop/models.ts': "import { f, model } from 'godwit'\nexport const Item = model('Item', { name: f.text() })\n",
    })
    project.write(
      'blog/migrations/0002_more.ts',
      `import { addField, defineMigration, f, runSql } from 'godwit/migrations'
export default defineMigration({
  atomic: false,
  dependencies: [['blog', '0001_initial']],
  operations: [
    addField({ model: 'Post', name: 'slug', field: f.text({ null: true }) }),
    runSql({ forwards: 'SELECT nothing FROM nowhere', backwards: [] }),
  ],
})
`,
    )
    await assert.rejects(migrate({ project: await loadProject({ cwd: project.dir }) }))
    await byHand(project, 'ALTER TABLE shop_item ADD COLUMN note text', 'ALTER TABLE blog_post ADD COLUMN hidden text')
    const { discrepancies, halfWay } = await driftOf(project)
    assert.deepEqual(
      [discrepancies.map(({ object }) => object), halfWay],
      [['column shop_item.note'], [{ migration: 'blog.0002_more', direction: 'forwards', tables: ['blog_post'] }]],
    )
    const { stdout } = await project.run(['drift'])
    assert.match(stdout, /^ {2}blog.0002_more is half-way, and blog_post with it: the next migrate finishes it$/m)
  })

  test('what a half-way migration has made so far is in no other hands', async () => {
    const project = await migratedBlog()
    project.write(
      'blog/migrations/0002_tag.ts',
      `import { createModel, defineMigration, f, runSql } from 'godwit/migrations'
export default defineMigration({
  atomic: false,
  dependencies: [['blog', '0001_initial']],
  operations: [
    createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }) } }),
    runSql({ forwards: 'SELECT nothing FROM nowhere', backwards: [] }),
  ],
})
`,
    )
    await assert.rejects(migrate({ project: await loadProject({ cwd: project.dir }) }))
    await byHand(project, 'CREATE TABLE legacy (id integer)')
    const { discrepancies, halfWay, unmanaged } = await driftOf(project)
    assert.deepEqual(
      [discrepancies, halfWay[0]?.tables, unmanaged],
      [[], ['blog_tag'], [{ kind: 'table', name: 'legacy' }]],
    )
  })

  test('what is migrated while drift looks is no drift', async () => {
    const project = await migratedBlog()
    project.write('blog/migrations/0002_longer.ts', longer(60))
    const loaded = await loadProject({ cwd: project.dir })
    const session = await openDatabase(loaded)
    let looks = 0
    const inspect: typeof session.inspect = async (options) => {
      // Godwit's own tables are looked for by their names.
      if (options?.tables === undefined) looks += 1
      if (options?.tables === undefined && looks === 1) await migrate({ project: loaded })
      return session.inspect(options)
    }
    try {
      const overtaken: typeof session = Object.create(session, { inspect: { value: inspect } })
      const { judged, memory } = await findDrift({ project: loaded, database: undefined, session: overtaken })
      assert.deepEqual([judged.discrepancies, memory.recorded.size, looks], [[], 2, 2])
    } finally {
      await session.close()
    }
  })

  test('what SQL of a migration made stands in for nothing that is declared, and is not taken for it', async () => {
    const project = await migratedBlog()
    project.write(
      'blog/migrations/0002_by_sql.ts',
      `import { defineMigration, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [runSql({ forwards: 'CREATE UNIQUE INDEX by_sql ON blog_post (title)', backwards: 'DROP INDEX by_sql' })],
})
`,
    )
    await migrate({ project: await loadProject({ cwd: project.dir }) })
    assert.deepEqual(await textsOf(project), [])
    await byHand(project, 'DROP INDEX blog_post_title_idx')
    assert.deepEqual(await textsOf(project), ['index blog_post_title_idx on blog_post is missing: over (title)'])
    await byHand(project, 'DROP INDEX by_sql')
    assert.deepEqual(await textsOf(project), [
      'index blog_post_title_idx on blog_post is missing: over (title)',
      'unique by_sql on blog_post, which blog.0002_by_sql made, is gone',
    ])
  })

  test('each database is judged by what the router says lives in it', async () => {
    const config = `
import { defineConfig } from 'godwit'
export default defineConfig({
  apps: ['./blog', './stats'], databases: { default: 'sqlite:./app.db', far: 'sqlite:./far.db' }, router: { stats: 'far' },
})
`
    const visit = "import { f, model } from 'godwit'\nexport const Visit = model('Visit', { page: f.text() })\n"
    const project = await migratedBlog({ 'godwit.config.ts': config, 'stats/models.ts': visit })
    const loaded = await loadProject({ cwd: project.dir })
    await migrate({ project: loaded, database: 'far' })
    await byHand(project, 'CREATE TABLE stats_visit (id integer)', 'DROP TABLE blog_post')
    const here = await drift({ project: loaded, models: true })
    const far = await drift({ project: loaded, models: true, database: 'far' })
    assert.deepEqual(
      [here.discrepancies, here.models?.discrepancies, far.discrepancies, far.models?.discrepancies].map((found) =>
        found?.map(({ text }) => text),
      ),
      [['table blog_post is missing'], ['table blog_post is missing'], [], []],
    )
    assert.deepEqual(here.unmanaged, [{ kind: 'table', name: 'stats_visit' }])
  })
})
