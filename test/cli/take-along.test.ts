import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { postgresUnderTest } from '../support/postgres-database.ts'
import { createProject, finished } from '../support/project.ts'

const files = {
  'blog/models.ts': `
import { f, model } from 'godwit'
export const Post = model('Post', { title: f.text() })
`,
  'blog/migrations/0001_initial.ts': `
import { createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  operations: [
    createModel({
      name: 'Post',
      fields: { id: f.bigAuto({ primaryKey: true }), title: f.text(), note: f.text({ null: true }) },
    }),
  ],
})
`,
  'blog/migrations/0002_no_note.ts': `
import { defineMigration, removeField } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [removeField({ model: 'Post', name: 'note' })],
})
`,
}

/** A project whose first migration is applied, and whose database then was worked on by hand. */
async function blogWith(byHand: string, more: Readonly<Record<string, string>> = {}) {
  const project = createProject({ files: { ...files, ...more }, database: await postgresUnderTest.create() })
  assert.equal((await project.run(['migrate', 'blog', '0001'])).code, 0)
  const client = await project.database()
  await client.exec(byHand)
  await client.close()
  return project
}

async function lines(project: Awaited<ReturnType<typeof blogWith>>, ...args: string[]) {
  const { code, stdout, stderr } = await project.run(args)
  return { code, stdout: stdout.trimEnd().split('\n'), stderr: stderr.trimEnd().split('\n') }
}

const index = 'CREATE INDEX note_by_hand ON blog_post (note)'

describe('migrate, where something hangs on what goes', { concurrency: 2, skip: postgresUnderTest.skip }, () => {
  test('takes nothing along that no migration made, unless it is told to', async () => {
    const project = await blogWith(index)
    const refused = await lines(project, 'migrate')
    assert.equal(refused.code, 2)
    assert.deepEqual(refused.stderr.slice(2), [
      'error: What no migration made would go or break without a word:',
      '  blog.0002_no_note would drop index note_by_hand, which depends on blog_post.note.',
      'Nothing was changed.',
      '  why: It depends on what the migration drops or changes, and Godwit cannot make it again.',
      '  fix: Run migrate with --take-along to let all of this go. To keep something, drop it in a runSql before the change and create it again after it.',
    ])
    assert.deepEqual((await lines(project, 'migrate', '--plan')).stdout, [
      'Planned operations:',
      'blog.0002_no_note',
      '    Remove field note from Post',
      '    takes along: index note_by_hand (on blog_post.note)',
    ])
    assert.equal((await lines(project, 'migrate', '--take-along')).code, 0)
  })

  test('says what blocks a change, whatever it is told', async () => {
    const project = await blogWith('CREATE VIEW notes AS SELECT note FROM blog_post')
    const refused = await lines(project, 'migrate', '--take-along')
    assert.equal(refused.code, 2)
    assert.deepEqual(refused.stderr.slice(2), [
      'error: The database would refuse a change because of what no migration made:',
      '  blog.0002_no_note is blocked by view notes, which depends on blog_post.note.',
      '  why: It depends on what the migration drops or changes.',
      '  fix: Drop it in a runSql before the change, and create it again after the change where it is still wanted.',
    ])
    const json = await project.run(['migrate', '--plan', '--json'])
    assert.deepEqual(JSON.parse(json.stdout).planned[0].dependents, [
      { kind: 'view', name: 'notes', on: 'blog_post.note', fate: 'blocks' },
    ])
  })

  test('asks again where an earlier step of the plan makes the tables what they are, and rolls back', async () => {
    const project = await blogWith(index, {
      'blog/migrations/0002_no_note.ts': `
import { addField, defineMigration, f, removeField, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [
    addField({ model: 'Post', name: 'more', field: f.text({ null: true }) }),
    runSql({ forwards: 'SELECT 1', backwards: [] }),
    removeField({ model: 'Post', name: 'note' }),
  ],
})
`,
    })
    const refused = await lines(project, 'migrate')
    assert.equal(refused.code, 2)
    assert.deepEqual(refused.stderr.slice(4, 7), [
      'error: What no migration made would go or break without a word:',
      '  blog.0002_no_note would drop index note_by_hand, which depends on blog_post.note.',
      'Its migration was rolled back.',
    ])
    const client = await project.database()
    assert.deepEqual(await client.all("SELECT 1 FROM information_schema.columns WHERE column_name = 'more'"), [])
    await client.close()
    assert.equal((await lines(project, 'migrate', '--take-along')).code, 0)
  })

  test('finds nothing strange in what migrations made', async () => {
    const values = "values: ['sad', 'ok']"
    const following = (before: string, operations: string) => `
import { addField, alterEnum, createEnum, defineMigration, deleteEnum, f, removeField } from 'godwit/migrations'
export default defineMigration({ dependencies: [['blog', '${before}']], operations: [${operations}] })
`
    const project = await blogWith('SELECT 1', {
      'blog/migrations/0003_mood.ts': following(
        '0002_no_note',
        `createEnum({ name: 'mood', ${values} }),
         addField({ model: 'Post', name: 'mood', field: f.enum(['sad', 'ok'], { native: 'mood', null: true, index: true }) })`,
      ),
      'blog/migrations/0004_less_mood.ts': following('0003_mood', "alterEnum({ name: 'mood', values: ['ok'] })"),
      'blog/migrations/0005_no_mood.ts': following('0004_less_mood', "removeField({ model: 'Post', name: 'mood' })"),
      'blog/migrations/0006_no_enum.ts': following('0005_no_mood', `deleteEnum({ name: 'mood', ${values} })`),
    })
    assert.deepEqual((await lines(project, 'migrate', 'blog', '0003')).code, 0)
    const { code, stderr } = await lines(project, 'migrate')
    assert.deepEqual([code, stderr.length], [0, 6])
    assert.equal((await lines(project, 'migrate', 'blog', '0001')).code, 0)
    assert.equal((await lines(project, 'migrate')).code, 0)
  })

  test('asks nothing in a new database, whose objects are all of the plan', async () => {
    const project = createProject({
      files: {
        ...files,
        'blog/migrations/0002_no_note.ts': files['blog/migrations/0002_no_note.ts'].replace(
          '0001_initial',
          '0002_by_hand',
        ),
        'blog/migrations/0002_by_hand.ts': `
import { defineMigration, runSql } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [runSql({ forwards: '${index}', backwards: 'DROP INDEX note_by_hand' })],
})
`,
      },
      database: await postgresUnderTest.create(),
    })
    assert.equal((await lines(project, 'migrate')).code, 0)
  })
})

describe('migrate, where somebody holds a lock', { skip: postgresUnderTest.skip }, () => {
  test('gives up soon, lets others through, says who it was, and tries again', async () => {
    const project = await blogWith('SELECT 1')
    const holder = await project.database()
    await holder.exec("SET application_name = 'a report'; BEGIN; SELECT * FROM blog_post")
    const refused = await lines(project, 'migrate', '--lock-timeout', '0.1', '--lock-retries', '1')
    assert.equal(refused.code, 2)
    assert.match(
      refused.stderr[4] ?? '',
      /^ {4}could not get a lock, held by .*a report.*; rolled back, again in \d+ ms \(1 of 1\)$/,
    )
    assert.match(
      refused.stderr[5] ?? '',
      /^error: Applying blog\.0002_no_note failed at "Remove field note from Post": /,
    )
    const child = project.start(['migrate', '--lock-timeout', '0.1'])
    const ended = finished(child)
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.includes('(1 of 20)')) return
      said += chunk
      if (said.includes('(1 of 20)')) void holder.exec('COMMIT')
    })
    const { code, stderr } = await ended
    await holder.close()
    assert.deepEqual([code, stderr.includes('(1 of 20)'), stderr.includes('done (')], [0, true, true])
  })
})
