import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeOnEach } from '../support/databases.ts'
import { createProject, finished, type TestProject } from '../support/project.ts'

const files = {
  'blog/models.ts': `
import { f, model } from 'godwit'
export const Post = model('Post', { views: f.integer({ default: 0 }) })
`,
  'blog/migrations/0001_initial.ts': `
import { createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  operations: [
    createModel({
      name: 'Post',
      fields: { id: f.bigAuto({ primaryKey: true }), views: f.integer({ default: 0 }) },
    }),
  ],
})
`,
}

/** A second migration, with this in the place of its work. */
const backfill = (work: string, atomic = 'atomic: false,'): Readonly<Record<string, string>> => ({
  'blog/migrations/0002_count.ts': `
import { batched, defineMigration } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  ${atomic}
  operations: [batched<{ id: number; views: number }>({ model: 'Post', ${work} })],
})
`,
})

async function insertPosts(project: TestProject, count: number): Promise<void> {
  const client = await project.database()
  const rows = Array.from({ length: count }, () => '(0)').join(', ')
  await client.exec(`INSERT INTO blog_post (views) VALUES ${rows}`)
  await client.close()
}

async function views(project: TestProject): Promise<readonly unknown[]> {
  const client = await project.database()
  const rows = await client.all('SELECT views FROM blog_post ORDER BY id')
  await client.close()
  return rows.map((row) => row['views'])
}

const slowly = `size: 2, async run({ rows, log }) {
  await rows.update({ views: ({ add, column }) => add(column('views'), 1) })
  log('at work')
  await new Promise((resolve) => setTimeout(resolve, 300))
}, backwards: 'nothing'`

describeOnEach('a backfill', { concurrency: 2 }, (on) => {
  test('stops at Ctrl-C when its batch is done, exits with 130, and the next migrate goes on there', async () => {
    const project = createProject({ files: { ...files, ...backfill(slowly) }, database: await on.create() })
    await project.run(['migrate', 'blog', '0001'])
    await insertPosts(project, 5)
    const child = project.start(['migrate'])
    child.stderr?.on('data', (text: Buffer) => {
      if (String(text).includes('at work')) child.kill('SIGINT')
    })
    const { code, signal, stderr } = await finished(child)
    assert.deepEqual([code, signal], [130, null], stderr)
    assert.match(
      stderr,
      /\nerror: Stopped applying blog\.0002_count after 2 rows; every batch that was begun is committed\.\n {2}fix: Run `godwit migrate` again: it goes on exactly there\.\n$/,
    )
    assert.deepEqual(await views(project), [1, 1, 0, 0, 0])
    const { code: second, stderr: said } = await project.run(['migrate'])
    assert.equal(second, 0, said)
    assert.equal(said.match(/at work/g)?.length, 2)
    assert.deepEqual(await views(project), [1, 1, 1, 1, 1])
  })

  test('is told of by a line, and has no SQL to be pasted', async () => {
    const set = backfill('where: { views: { lt: 1 } }, run: { set: { views: 1 } }')
    const project = createProject({ files: { ...files, ...set }, database: await on.create() })
    const { stdout } = await project.run(['migrate', '--plan'])
    assert.match(stdout, /blog\.0002_count\n {4}Set views of Post in batches\n/)
    const { stdout: sql } = await project.run(['sqlmigrate', 'blog', '0002'])
    assert.match(sql, /batches along the primary key, each in a transaction of its own: migrate alone can do that/)
    assert.doesNotMatch(sql, /BEGIN/)
    await project.run(['migrate'])
    const { code, stderr } = await project.run(['migrate', 'blog', '0001'])
    assert.equal(code, 2)
    assert.match(
      stderr,
      /blog\.0002_count cannot be unapplied: its batched \("Set views of Post in batches"\) has no way back/,
    )
  })

  test('has no place in one transaction, over no model, and over no field that is not there', async () => {
    const problem = async (work: string, atomic?: string): Promise<string> => {
      const project = createProject({ files: { ...files, ...backfill(work, atomic) }, database: await on.create() })
      const { code, stderr } = await project.run(['migrate'])
      assert.equal(code, 2)
      return stderr.slice(stderr.indexOf('error: '))
    }
    const set = 'run: { set: { views: 1 } }'
    assert.match(await problem(set, ''), /is atomic but holds a batched, whose batches are transactions/)
    assert.match(await problem("model: 'Pots', run: () => {}"), /no model blog\.Pots .*Did you mean/)
    assert.match(await problem('run: { set: { view: 1 } }'), /blog\.Post has no field view .*Did you mean "views"/)
  })
})
