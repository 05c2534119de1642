import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { templatesOf } from '../../src/dialects/shared/template.ts'
import { templatesFolder } from '../../src/dialects/shared/template-file.ts'
import { shortHash } from '../../src/lib/short-hash.ts'
import { createTestDatabase } from '../../src/testing.ts'
import { testOnEach } from '../support/databases.ts'
import { createProject, finished, type TestProject } from '../support/project.ts'
import type { TestDatabase } from '../support/test-database.ts'

/** Notes each time that it is applied, and dies over it where it is told to. */
const noting = `runCode({
  async forwards({ db }) {
    const { appendFileSync } = await import('node:fs')
    appendFileSync(new URL('../../made.log', import.meta.url), 'made\\n')
    if (process.env.DIE_OVER_IT) process.kill(process.pid, 'SIGKILL')
    await db.insertInto('blog_post').values({ title: 'From a migration', kind: 'a' }).execute()
  },
})`

const migration = (more = ''): string => `
  import { addField, createModel, defineMigration, f, runCode } from 'godwit/migrations'
  export default defineMigration({
    operations: [
      createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }) } }),
      createModel({
        name: 'Post',
        fields: {
          id: f.bigAuto({ primaryKey: true }),
          title: f.text(),
          kind: f.char({ maxLength: 5, choices: ['a', 'b'] }),
          reply: f.foreignKey('self', { null: true, onDelete: 'cascade' }),
          tags: f.manyToMany('blog.Tag'),
        },
      }),
      ${noting},
      ${more}
    ],
  })
`

/** Four of these at once ask for the same. */
const asking = `
  import { createTestDatabase } from 'godwit/testing'
  const scratch = await createTestDatabase()
  await scratch.db.insertInto('blog_post').values({ title: 'My own', kind: 'b' }).execute()
  const rows = await scratch.db.selectFrom('blog_post').select('title').orderBy('id').execute()
  await scratch.close()
  process.stdout.write(JSON.stringify(rows.map(({ title }) => title)))
`

const files = {
  'blog/models.ts': 'export {}',
  'blog/migrations/0001_initial.ts': migration(),
  'ask.ts': asking,
}

interface Blog {
  blog_post: { id: number; title: string; kind: string; reply_id: number | null }
}

function ask(project: TestProject, env: Readonly<Record<string, string>> = {}) {
  const { NODE_TEST_CONTEXT: _, ...own } = process.env
  return finished(
    spawn(process.execPath, ['ask.ts'], {
      cwd: project.dir,
      env: { ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
}

function timesMade({ dir }: TestProject): number {
  const log = join(dir, 'made.log')
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0
}

/** What is kept for the copies of a project. */
async function templatesFor({ dir }: TestProject, database: TestDatabase, kind: string): Promise<readonly string[]> {
  const beginning = templatesOf(shortHash(`${dir} default`))
  if (kind === 'sqlite') {
    return readdirSync(templatesFolder()).filter((name) => name.startsWith(beginning) && name.endsWith('.sqlite'))
  }
  const client = await database.connect()
  const rows = await client.all(
    kind === 'postgres'
      ? 'SELECT datname AS name FROM pg_database'
      : 'SELECT schema_name AS name FROM information_schema.schemata',
  )
  await client.close()
  return rows.map(({ name }) => String(name)).filter((name) => name.startsWith(beginning))
}

async function dropTemplates(names: readonly string[], database: TestDatabase, kind: string): Promise<void> {
  if (kind === 'sqlite') return
  const client = await database.connect()
  for (const name of names) {
    if (kind === 'postgres') await client.exec(`ALTER DATABASE "${name}" WITH IS_TEMPLATE false`)
    await client.exec(kind === 'postgres' ? `DROP DATABASE "${name}"` : `DROP DATABASE \`${name}\``)
  }
  await client.close()
}

testOnEach('test databases are copies of a template that is made once, whoever asks and dies', async (on) => {
  const database = await on.create()
  const project = createProject({ files, database })
  // Who makes it dies, and leaves nothing that stands in the way of the next.
  assert.equal((await ask(project, { DIE_OVER_IT: '1' })).signal, 'SIGKILL')
  assert.equal(timesMade(project), 1)
  const runs = await Promise.all([1, 2, 3, 4].map(() => ask(project)))
  for (const { stdout, stderr, code } of runs) {
    assert.equal(stdout, '["From a migration","My own"]', stderr)
    assert.equal(code, 0)
  }
  assert.equal(timesMade(project), 2)
  const [known, ...more] = await templatesFor(project, database, on.kind)
  assert.deepEqual(more, [])

  // In this process they are each other's strangers too, with all that belongs to a table.
  const [one, other] = await Promise.all([1, 2].map(() => createTestDatabase<Blog>({ cwd: project.dir })))
  assert.ok(one !== undefined && other !== undefined)
  const row = { title: 'One', kind: 'a', reply_id: null }
  await one.db
    .insertInto('blog_post')
    .values({ id: 100, ...row })
    .execute()
  assert.equal((await other.db.selectFrom('blog_post').selectAll().execute()).length, 1)
  await assert.rejects(
    other.db
      .insertInto('blog_post')
      .values({ id: 101, ...row, kind: 'c' })
      .execute(),
  )
  await assert.rejects(
    other.db
      .insertInto('blog_post')
      .values({ id: 101, ...row, reply_id: 77 })
      .execute(),
  )
  await Promise.all([one.close(), other.close()])
  assert.equal(timesMade(project), 2)
  const session = await database.openSession()
  assert.deepEqual([...(await session.inspect()).tables.keys()], [])
  await session.close()

  // Other migrations are another template, and the old one goes.
  project.write(
    'blog/migrations/0001_initial.ts',
    migration("addField({ model: 'Tag', name: 'name', field: f.text() }),"),
  )
  assert.equal((await ask(project)).code, 0)
  assert.equal(timesMade(project), 3)
  const now = await templatesFor(project, database, on.kind)
  assert.equal(now.length, 1)
  assert.notEqual(now[0], known)
  await dropTemplates(now, database, on.kind)
})

test('a test database can be another one than that of the config, copied or migrated for itself', async () => {
  const project = createProject({ files })
  for (const [url, template] of [
    ['pglite:', true],
    ['pglite:', true],
    ['sqlite::memory:', false],
  ] as const) {
    const scratch = await createTestDatabase<Blog>({ cwd: project.dir, url, template })
    await scratch.db.insertInto('blog_post').values({ id: 9, title: 'A test', kind: 'a', reply_id: null }).execute()
    const rows = await scratch.db.selectFrom('blog_post').select('title').orderBy('id').execute()
    assert.deepEqual(rows, [{ title: 'From a migration' }, { title: 'A test' }])
    await scratch.close()
  }
  assert.equal(timesMade(project), 2)
})
