import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { describeOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'

const models = `
import { f, model } from 'godwit'
export const Post = model('Post', { title: f.char({ maxLength: 100 }) })
`

function migration(operations: string, dependency?: string): string {
  const atomic = /batched|Concurrently/.test(operations) ? 'atomic: false,' : ''
  return `
import * as godwit from 'godwit/migrations'
const { addField, alterField, createModel, f, removeField, renameField, runCode, runSql } = godwit
export default godwit.defineMigration({
  ${atomic}
  dependencies: [${dependency === undefined ? '' : `['blog', '${dependency}']`}],
  operations: [${operations}],
})
`
}

const initial = migration(
  "createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 100 }) } })",
)
const slug = "addField({ model: 'Post', name: 'slug', field: f.char({ maxLength: 50, null: true }) })"

/** The texts of a run, durations left out. */
async function told(project: TestProject, ...args: string[]) {
  const { code, stdout, stderr } = await project.run(args)
  return {
    code,
    stdout,
    stderr: stderr
      .replace(/\([\d.]+ (ms|s)\)/g, '(…)')
      .split('\n')
      .slice(0, -1),
  }
}

async function sql(project: TestProject, text: string): Promise<void> {
  const database = await project.database()
  await database.exec(text)
  await database.close()
}

async function rows(project: TestProject, query: string) {
  const database = await project.database()
  try {
    return await database.all(query)
  } finally {
    await database.close()
  }
}

const recorded = 'SELECT name FROM godwit_migrations ORDER BY name'

describeOnEach('migrations without a file', { concurrency: 2 }, (on) => {
  /** A database to which these were applied after the first one, one after the other, and whose files are gone again. */
  async function switched(lost: Readonly<Record<string, string>>, here: Readonly<Record<string, string>> = {}) {
    const names = ['0001_initial', ...Object.keys(lost)]
    const project = createProject({
      files: { 'blog/models.ts': models, 'blog/migrations/0001_initial.ts': initial },
      database: await on.create(),
    })
    for (const [index, [name, operations]] of Object.entries(lost).entries()) {
      project.write(`blog/migrations/${name}.ts`, migration(operations, names[index]))
    }
    const { code, stderr } = await project.run(['migrate'])
    assert.equal(code, 0, stderr)
    for (const name of Object.keys(lost)) rmSync(join(project.dir, `blog/migrations/${name}.ts`))
    for (const [name, operations] of Object.entries(here)) {
      project.write(`blog/migrations/${name}.ts`, migration(operations, '0001_initial'))
    }
    return project
  }

  const notice = (name: string, ...operations: string[]): readonly string[] => [
    'Applied to the database, and no file here:',
    `  blog.${name}`,
    ...operations.map((operation) => `    ${operation}`),
    '  From another branch, or deleted since. `godwit migrate --unapply-missing` takes back what they did;',
    '  `godwit resetmigrations blog --from-record` writes the files again.',
  ]

  test('are named with what they did, and left alone', async () => {
    const project = await switched({ '0002_slug': slug })
    assert.deepEqual(await told(project, 'migrate'), {
      code: 0,
      stdout: '',
      stderr: [
        'Operations to perform:',
        '  Apply all migrations: blog',
        '  No migrations to apply.',
        ...notice('0002_slug', 'Add field slug to Post'),
      ],
    })
    assert.deepEqual((await told(project, 'showmigrations')).stderr, notice('0002_slug', 'Add field slug to Post'))
    const shown = { app: 'blog', name: '0002_slug', operations: [{ description: 'Add field slug to Post' }] }
    for (const args of [['migrate'], ['migrate', '--plan'], ['showmigrations']]) {
      const [missing] = JSON.parse((await told(project, ...args, '--json')).stdout).missing
      const { appliedAt, ...rest } = missing
      assert.deepEqual(rest, shown)
      assert.match(appliedAt, /^\d{4}-.*Z$/)
    }
    assert.deepEqual(await rows(project, recorded), [{ name: '0001_initial' }, { name: '0002_slug' }])
  })

  test('are unapplied unasked where nothing is lost, the last one first, before the rest is applied', async () => {
    const project = await switched(
      { '0002_slug': slug, '0003_path': "renameField({ model: 'Post', from: 'slug', to: 'path' })" },
      { '0002_body': "addField({ model: 'Post', name: 'body', field: f.text({ default: '' }) })" },
    )
    assert.deepEqual((await told(project, 'migrate', '--unapply-missing')).stderr, [
      'Operations to perform:',
      '  Apply all migrations: blog',
      '  Unapply what has no file here: blog.0002_slug, blog.0003_path',
      'To be unapplied, having no file here:',
      '  blog.0003_path',
      '    Undo Rename field slug on Post to path',
      '  blog.0002_slug',
      '    Undo Add field slug to Post',
      'Running migrations:',
      '  Unapplying blog.0003_path… done (…)',
      '  Unapplying blog.0002_slug… done (…)',
      '  Applying blog.0002_body… done (…)',
    ])
    assert.deepEqual(await rows(project, recorded), [{ name: '0001_initial' }, { name: '0002_body' }])
    assert.deepEqual(await rows(project, 'SELECT * FROM blog_post'), [])
  })

  test('lose data only by the name of each', async () => {
    const project = await switched({
      '0002_slug': slug,
      '0003_path': "renameField({ model: 'Post', from: 'slug', to: 'path' })",
    })
    await sql(project, "INSERT INTO blog_post (title, path) VALUES ('a', 'x'), ('b', NULL)")
    for (const answers of [[], ['--answer', 'blog.0002_slug:missing=unapply']]) {
      const refused = await told(project, 'migrate', '--unapply-missing', '--json', ...answers)
      assert.equal(refused.code, 2)
      const { code, details } = JSON.parse(refused.stdout).error
      assert.equal(code, 'execution.missingKept')
      assert.deepEqual(details, {
        migrations: ['blog.0003_path', 'blog.0002_slug'],
        losses: [{ table: 'blog_post', column: 'path', rows: 1 }],
      })
    }
    assert.equal((await rows(project, recorded)).length, 3)
    const answers = ['blog.0002_slug', 'blog.0003_path'].flatMap((key) => ['--answer', `${key}:missing=unapply`])
    assert.equal((await told(project, 'migrate', '--unapply-missing', ...answers)).code, 0)
    assert.deepEqual(await rows(project, 'SELECT title FROM blog_post ORDER BY title'), [
      { title: 'a' },
      { title: 'b' },
    ])
  })

  test('come back by their recorded SQL, and past code whose way back does nothing', async () => {
    const project = await switched({
      '0002_upper': `
        runSql({ forwards: "UPDATE blog_post SET title = 'UP'", backwards: "UPDATE blog_post SET title = 'down'" }),
        runCode({ forwards: async ({ log }) => log('forwards'), backwards: async () => {} }),
        runCode({ async forwards() {}, async backwards() {} })`,
    })
    await sql(project, "INSERT INTO blog_post (title) VALUES ('UP')")
    const { code, stderr } = await told(project, 'migrate', '--unapply-missing')
    assert.equal(code, 0, stderr.join('\n'))
    assert.deepEqual(await rows(project, 'SELECT title FROM blog_post'), [{ title: 'down' }])
  })

  test('of steps that commit by themselves come back step by step', async () => {
    const project = await switched({
      '0002_slug': slug,
      '0003_filled': `
        godwit.batched({ model: 'Post', where: { slug: null }, run: { set: { slug: 'none' } }, backwards: 'nothing' }),
        godwit.addIndexConcurrently({ model: 'Post', index: godwit.index({ fields: ['slug'], name: 'by_slug' }) })`,
    })
    const answers = ['--answer', 'blog.0002_slug:missing=unapply', '--answer', 'blog.0003_filled:missing=unapply']
    await sql(project, "INSERT INTO blog_post (title, slug) VALUES ('a', 'x')")
    const { code, stderr } = await told(project, 'migrate', '--unapply-missing', ...answers)
    assert.equal(code, 0, stderr.join('\n'))
    assert.deepEqual(await rows(project, recorded), [{ name: '0001_initial' }])
    assert.deepEqual(await rows(project, 'SELECT title FROM blog_post'), [{ title: 'a' }])
  })

  test('that have a namesake here are told from it', async () => {
    const project = await switched({ '0002_slug': slug })
    project.write('blog/migrations/0002_slug.ts', migration(slug.replace('50', '60'), '0001_initial'))
    const refused = JSON.parse((await told(project, 'migrate', '--unapply-missing', '--json')).stdout)
    assert.equal(refused.error.code, 'execution.edited')
    assert.match(refused.error.fix, /another branch/)
  })

  test('are part of what --check finds', async () => {
    const project = await switched({ '0002_slug': slug }, { '0002_body': slug.replace('slug', 'body') })
    const { code, stderr } = await told(project, 'migrate', '--unapply-missing', '--check')
    assert.deepEqual(
      { code, stderr },
      {
        code: 2,
        stderr: ['Not unapplied yet: blog.0002_slug', 'Not applied yet: blog.0002_body'],
      },
    )
  })

  test('are refused before anything is touched where their code is wanted; --fake forgets them', async () => {
    const project = await switched({
      '0002_slug': slug,
      '0003_code': 'runCode({ async forwards() {}, async backwards({ log }) { log("back") } })',
      '0004_title': slug.replace('slug', 'subtitle'),
    })
    const refused = await told(project, 'migrate', '--unapply-missing')
    assert.equal(refused.code, 2)
    assert.deepEqual(refused.stderr, [
      'error: The record alone cannot take back blog.0003_code (Run code). Nothing was changed.',
      '  why: The record holds what changed the tables, and no code; or the operation never had a way back.',
      '  fix: Switch to the branch that has the file and unapply it there with `godwit migrate <app> <migration before it>`. Where nothing has to be undone, `godwit migrate --unapply-missing --fake` forgets the record and leaves the tables alone.',
    ])
    assert.equal((await rows(project, recorded)).length, 4)
    assert.equal((await told(project, 'migrate', '--unapply-missing', '--plan')).code, 2)
    assert.deepEqual((await told(project, 'migrate', '--unapply-missing', '--fake')).stderr.slice(-5), [
      'Running migrations:',
      '  Unapplying blog.0004_title… faked',
      '  Unapplying blog.0003_code… faked',
      '  Unapplying blog.0002_slug… faked',
      '  Recorded unseen. Whether the database is what the migrations say: `godwit drift`',
    ])
    assert.deepEqual(await rows(project, 'SELECT slug, subtitle FROM blog_post'), [])
  })

  test('go together with what a target takes back', async () => {
    const project = await switched({ '0002_slug': slug })
    assert.deepEqual((await told(project, 'migrate', 'blog', 'zero', '--unapply-missing')).stderr.slice(-3), [
      'Running migrations:',
      '  Unapplying blog.0002_slug… done (…)',
      '  Unapplying blog.0001_initial… done (…)',
    ])
    assert.deepEqual(await rows(project, recorded), [])
  })

  test('that do not fit the files, or that a newer Godwit wrote, are refused', async () => {
    const project = await switched({
      '0002_slug': slug,
      '0003_path': "renameField({ model: 'Post', from: 'slug', to: 'path' })",
    })
    await sql(project, "DELETE FROM godwit_migrations WHERE name = '0002_slug'")
    const unfit = JSON.parse((await told(project, 'migrate', '--unapply-missing', '--json')).stdout)
    assert.equal(unfit.error.code, 'execution.missingDoesNotFit')
    await sql(project, "UPDATE godwit_migrations SET format = 99 WHERE name = '0003_path'")
    assert.deepEqual((await told(project, 'showmigrations')).stderr, notice('0003_path', 'recorded by a newer Godwit'))
    const unreadable = JSON.parse((await told(project, 'migrate', '--unapply-missing', '--json')).stdout)
    assert.equal(unreadable.error.code, 'execution.missingUnreadable')
    assert.equal((await told(project, 'migrate')).code, 0)
  })

  test('leave their columns to what is applied here, even where a table is made anew', async () => {
    const project = await switched(
      { '0002_slug': slug },
      { '0002_title': "alterField({ model: 'Post', name: 'title', field: f.char({ maxLength: 200, unique: true }) })" },
    )
    await sql(project, "INSERT INTO blog_post (title, slug) VALUES ('a', 'x')")
    const { code, stderr } = await told(project, 'migrate')
    assert.equal(code, 0, stderr.join('\n'))
    assert.deepEqual(await rows(project, 'SELECT title, slug FROM blog_post'), [{ title: 'a', slug: 'x' }])
  })

  test('an answer that cannot be read is refused', async () => {
    const project = await switched({})
    const { code, stderr } = await told(project, 'migrate', '--unapply-missing', '--answer', 'blog.0002_slug')
    assert.equal(code, 2)
    assert.match(stderr.join('\n'), /blog\.0007_tags:missing=unapply/)
  })
})
