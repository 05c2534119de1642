import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createTestDatabase } from '../../src/testing.ts'
import { createProject } from '../support/project.ts'

test('a test database has every table, and leaves no file behind', async () => {
  const project = createProject({
    files: {
      'blog/models.ts': 'export {}',
      'blog/migrations/0001_initial.ts': `
        import { createModel, defineMigration, f } from 'godwit/migrations'
        export default defineMigration({
          operations: [createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), title: f.text() } })],
        })
      `,
    },
  })
  const scratch = await createTestDatabase<{ blog_post: { title: string } }>({ cwd: project.dir })
  await scratch.db.insertInto('blog_post').values({ title: 'A test' }).execute()
  assert.deepEqual(await scratch.db.selectFrom('blog_post').select('title').execute(), [{ title: 'A test' }])
  await scratch.close()
  assert.ok(!existsSync(join(project.dir, 'app.db')))
})
