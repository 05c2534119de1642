import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTestDatabase } from '../../src/testing.ts'
import { testOnEach } from '../support/databases.ts'
import { createProject } from '../support/project.ts'

const files = {
  'blog/models.ts': 'export {}',
  'blog/migrations/0001_initial.ts': `
    import { createModel, defineMigration, f } from 'godwit/migrations'
    export default defineMigration({
      operations: [createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), title: f.text() } })],
    })
  `,
}

interface Blog {
  blog_post: { title: string }
}

testOnEach('a test database has every table, and is gone when it is closed', async (on) => {
  const database = await on.create()
  const project = createProject({ files, database })
  const scratch = await createTestDatabase<Blog>({ cwd: project.dir })
  await scratch.db.insertInto('blog_post').values({ title: 'A test' }).execute()
  assert.deepEqual(await scratch.db.selectFrom('blog_post').select('title').execute(), [{ title: 'A test' }])
  await scratch.close()
  assert.ok(!existsSync(join(project.dir, 'app.db')))
  const session = await database.openSession()
  assert.deepEqual([...(await session.inspect()).tables.keys()], [])
  await session.close()
})

test('a test database can be another one than that of the config', async () => {
  const project = createProject({ files })
  const scratch = await createTestDatabase<Blog>({ cwd: project.dir, url: 'pglite:' })
  await scratch.db.insertInto('blog_post').values({ title: 'A test' }).execute()
  assert.deepEqual(await scratch.db.selectFrom('blog_post').select('title').execute(), [{ title: 'A test' }])
  await scratch.close()
})
