import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeOnEach } from '../support/databases.ts'
import { createProject, finished, type TestProject } from '../support/project.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

const models = `
import { f, model } from 'godwit'
export const Post = model('Post', { title: f.char({ maxLength: 100 }), body: f.text({ default: '' }) })
`
const initial = `
import { createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  operations: [createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 100 }) } })],
})
`
const body = `
import { addField, defineMigration, f } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [addField({ model: 'Post', name: 'body', field: f.text({ default: '' }) })],
})
`

/** A blog with two migrations, and with further files. */
async function blogOn(on: DatabaseUnderTest, files: Readonly<Record<string, string>>) {
  return createProject({
    files: {
      'blog/models.ts': models,
      'blog/migrations/0001_initial.ts': initial,
      'blog/migrations/0002_post_body.ts': body,
      ...files,
    },
    database: await on.create(),
  })
}

/** A third migration, which runs this code. */
const code = (forwards: string): Readonly<Record<string, string>> => ({
  'blog/migrations/0003_code.ts': `
import { defineMigration, runCode } from 'godwit/migrations'
export default defineMigration({
  dependencies: [['blog', '0002_post_body']],
  operations: [runCode({ ${forwards} })],
})
`,
})

/** The texts of a run, durations left out. */
async function told(project: TestProject, ...args: string[]) {
  const { code: exitCode, stdout, stderr } = await project.run(args)
  return {
    code: exitCode,
    stdout,
    stderr: stderr
      .replace(/\([\d.]+ (ms|s)\)/g, '(…)')
      .split('\n')
      .slice(0, -1),
  }
}

async function rows(project: TestProject, query: string) {
  const database = await project.database()
  try {
    return await database.all(query)
  } finally {
    await database.close()
  }
}

async function write(project: TestProject, text: string): Promise<void> {
  const database = await project.database()
  await database.exec(text)
  await database.close()
}

const applied = 'SELECT name FROM godwit_migrations ORDER BY name'

describeOnEach('migrate', { concurrency: 4 }, (on) => {
  const blog = (files: Readonly<Record<string, string>> = {}) => blogOn(on, files)

  test('applies everything, telling of each migration on stderr, and then has nothing to do', async () => {
    const project = await blog()
    assert.deepEqual(await told(project, 'migrate'), {
      code: 0,
      stdout: '',
      stderr: [
        'Operations to perform:',
        '  Apply all migrations: blog',
        'Running migrations:',
        '  Applying blog.0001_initial… done (…)',
        '  Applying blog.0002_post_body… done (…)',
      ],
    })
    assert.deepEqual(await told(project, 'migrate'), {
      code: 0,
      stdout: '',
      stderr: ['Operations to perform:', '  Apply all migrations: blog', '  No migrations to apply.'],
    })
    assert.deepEqual(await told(project, 'migrate', '-v', '0'), { code: 0, stdout: '', stderr: [] })
  })

  test('goes to the beginning of a name, back to it, and to zero', async () => {
    const project = await blog()
    assert.deepEqual((await told(project, 'migrate', 'blog', '0001')).stderr, [
      'Operations to perform:',
      '  Target specific migration: 0001, from blog',
      'Running migrations:',
      '  Applying blog.0001_initial… done (…)',
    ])
    await project.run(['migrate', 'blog'])
    assert.deepEqual((await told(project, 'migrate', 'blog', '0001_initial')).stderr.slice(2), [
      'Running migrations:',
      '  Unapplying blog.0002_post_body… done (…)',
    ])
    assert.deepEqual((await told(project, 'migrate', 'blog', 'zero')).stderr.slice(1), [
      '  Unapply all migrations: blog',
      'Running migrations:',
      '  Unapplying blog.0001_initial… done (…)',
    ])
    assert.deepEqual(await rows(project, applied), [])
  })

  test('plans without doing, backwards in the order of undoing', async () => {
    const project = await blog()
    const plan = [
      'Planned operations:',
      'blog.0001_initial',
      '    Create model Post',
      'blog.0002_post_body',
      '    Add field body to Post',
      '',
    ]
    assert.deepEqual(await told(project, 'migrate', '--plan'), { code: 0, stdout: plan.join('\n'), stderr: [] })
    await project.run(['migrate'])
    assert.equal(
      (await told(project, 'migrate', '--plan')).stdout,
      'Planned operations:\n  No planned migration operations.\n',
    )
    assert.deepEqual(JSON.parse((await told(project, 'migrate', 'blog', 'zero', '--plan', '--json')).stdout), {
      planned: [
        {
          app: 'blog',
          name: '0002_post_body',
          direction: 'backwards',
          operations: [{ description: 'Undo Add field body to Post' }],
        },
        {
          app: 'blog',
          name: '0001_initial',
          direction: 'backwards',
          operations: [{ description: 'Undo Create model Post' }],
        },
      ],
      missing: [],
      losses: [],
      adopted: [],
      accepted: [],
      renamed: [],
      findings: [],
    })
    assert.equal((await rows(project, applied)).length, 2)
  })

  test('as a check exits with 2 while migrations are not applied', async () => {
    const project = await blog()
    assert.deepEqual(await told(project, 'migrate', '--check'), {
      code: 2,
      stdout: '',
      stderr: ['Not applied yet: blog.0001_initial, blog.0002_post_body'],
    })
    await project.run(['migrate'])
    assert.deepEqual(await told(project, 'migrate', '--check'), { code: 0, stdout: '', stderr: [] })
  })

  test('can write the record alone', async () => {
    const project = await blog()
    const { code: exitCode, stdout, stderr } = await told(project, 'migrate', '--fake', '--json')
    assert.deepEqual(stderr.slice(2), [
      'Running migrations:',
      '  Applying blog.0001_initial… faked',
      '  Applying blog.0002_post_body… faked',
      '  Recorded unseen. Whether the database is what the migrations say: `godwit drift`',
    ])
    const recorded = JSON.parse(stdout).applied.map((one: object) => ({ ...one, milliseconds: 0 }))
    assert.equal(exitCode, 0)
    assert.deepEqual(
      recorded,
      ['0001_initial', '0002_post_body'].map((name) => ({
        app: 'blog',
        name,
        direction: 'forwards',
        fake: true,
        milliseconds: 0,
      })),
    )
    await assert.rejects(rows(project, 'SELECT * FROM blog_post'), /blog_post/)
  })

  test('passes on what code has to say', async () => {
    const project = await blog(code("async forwards({ log }) { log('two posts copied') }"))
    assert.deepEqual((await told(project, 'migrate')).stderr.slice(4), [
      '  Applying blog.0002_post_body… done (…)',
      '  Applying blog.0003_code… ',
      '    two posts copied',
      '  … done (…)',
    ])
  })

  test('keeps what was finished when a later migration fails, and says which and why', async () => {
    const project = await blog(code("async forwards() { throw new Error('no such luck') }"))
    const { code: exitCode, stderr } = await told(project, 'migrate')
    assert.equal(exitCode, 2)
    assert.deepEqual(stderr.slice(4, 6), [
      '  Applying blog.0002_post_body… done (…)',
      '  Applying blog.0003_code… failed',
    ])
    const place =
      /^error: Applying blog\.0003_code failed at "Run code" \((blog\/migrations\/0003_code\.ts:\d+:\d+)\): no such luck\.$/
    const [, at = 'nowhere'] = place.exec(stderr[6] ?? '') ?? []
    assert.match(stderr[6] ?? '', place)
    assert.ok(!stderr.some((line) => line.includes('stack:')))
    const whole = (await told(project, 'migrate', '-v', '2')).stderr
    const stack = whole.indexOf('  stack: Error: no such luck')
    assert.ok(whole[stack + 1]?.trimEnd().endsWith(`${at})`) || whole[stack + 1]?.endsWith(at), whole.join('\n'))
    assert.equal((await rows(project, applied)).length, 2)
  })

  for (const [waiting, milliseconds] of [
    ['sends a statement now and then', 5],
    ['waits for something else', 60_000],
  ] as const) {
    test(`at Ctrl-C rolls the migration under way back and exits with 130 while its code ${waiting}`, async () => {
      const project = await blog(
        code(`async forwards({ db, log }) {
      for (let id = 1; ; id += 1) {
        await db.insertInto('blog_post').values({ title: 'post ' + id }).execute()
        if (id === 1) log('begun')
        await new Promise((resolve) => setTimeout(resolve, ${milliseconds}))
      }
    }`),
      )
      const child = project.start(['migrate'])
      child.stderr?.on('data', (text: Buffer) => {
        if (String(text).includes('begun')) child.kill('SIGINT')
      })
      const { code: exitCode, stderr } = await finished(child)
      assert.equal(exitCode, 130)
      assert.match(stderr, /\nInterrupted: undoing what is under way\./)
      assert.match(stderr, /\nerror: Interrupted\.\n {2}fix: .* what was under way was undone\.\n$/)
      assert.deepEqual(await rows(project, 'SELECT * FROM blog_post'), [])
      assert.equal((await rows(project, applied)).length, 2)
    })
  }

  test('tells what it is about to do only once it knows that it can', async () => {
    const project = await blog()
    await project.run(['migrate', 'blog', '0002'])
    project.write('blog/migrations/0002_post_body.ts', body.replace("'' })", "'none' })"))
    const edited = [
      'error: Migration blog.0002_post_body was edited after it was applied: "Add field body to Post": field.default "" → "none".',
      '  why: What is applied is what the record says, and no database is changed by an edit of a file that it has applied.',
      '  fix: Put the file back as it was and write the change as a new migration with `godwit makemigrations`. Or, where the database is already as the file says, run `godwit migrate --accept-edited blog.0002_post_body`, which looks and then records it. If another branch has a migration of the same name and that was applied, unapply it there first.',
    ]
    assert.deepEqual((await told(project, 'migrate')).stderr, edited)
    assert.deepEqual((await told(project, 'migrate', '--check')).stderr, edited)
    assert.match((await told(project, 'migrate', 'blogg')).stderr[0] ?? '', /^error: There is no app "blogg"/)
  })

  test('does not plan or begin a way back that does not exist, but can record it', async () => {
    const project = await blog(code('async forwards() {}'))
    await project.run(['migrate'])
    project.write(
      'blog/migrations/0004_post_more.ts',
      body.replace('0001_initial', '0003_code').replace("name: 'body'", "name: 'more'"),
    )
    await project.run(['migrate'])
    const refusal =
      'error: Migration blog.0003_code cannot be unapplied: its runCode ("Run code") has no way back. Nothing was changed.'
    const refused = await told(project, 'migrate', 'blog', 'zero')
    assert.deepEqual([refused.code, refused.stderr.find((line) => line.startsWith('error'))], [2, refusal])
    const planned = await told(project, 'migrate', 'blog', 'zero', '--plan')
    assert.equal(planned.code, 2)
    assert.ok(planned.stdout.includes('    Undo Run code -> IRREVERSIBLE'), planned.stdout)
    assert.equal((await told(project, 'migrate', 'blog', 'zero', '--check')).code, 2)
    assert.equal((await rows(project, applied)).length, 4)
    project.write(
      'blog/migrations/0003_code.ts',
      project.read('blog/migrations/0003_code.ts').replace('{} })', '{}, backwards() {} })'),
    )
    assert.equal((await told(project, 'migrate', 'blog', '0002', '--plan')).code, 0)
    project.write(
      'blog/migrations/0003_code.ts',
      project.read('blog/migrations/0003_code.ts').replace(', backwards() {}', ''),
    )
    assert.equal((await told(project, 'migrate', 'blog', 'zero', '--fake')).code, 0)
    assert.deepEqual(await rows(project, applied), [])
  })

  test('says what to do about a table that is there already', async () => {
    const project = await blog()
    await write(project, 'CREATE TABLE blog_post (id integer)')
    const { code: exitCode, stderr } = await told(project, 'migrate')
    assert.deepEqual(
      [exitCode, ...stderr.slice(4)],
      [
        2,
        'error: Migration blog.0001_initial cannot be applied: there is a table blog_post already.',
        '  why: It was made by other hands, or by a migration of another model with the same table.',
        '  fix: If other hands made all that the migration makes, `godwit migrate --fake-initial` proves it and records an initial migration; any other is recorded unseen by `godwit migrate blog 0001_initial --fake`. Otherwise rename or drop the table, or give the model a `table` of its own.',
      ],
    )
    assert.equal((await told(project, 'migrate', 'blog', '0001_initial', '--fake')).code, 0)
  })

  test('names the way out where rows stand in the way back, and it works', async () => {
    const removal = `
import { defineMigration, removeField } from 'godwit/migrations'
export default defineMigration({
dependencies: [['blog', '0002_post_body']],
operations: [removeField({ model: 'Post', name: 'title' })],
})
`
    const project = await blog({ 'blog/migrations/0003_no_title.ts': removal })
    await project.run(['migrate'])
    await write(project, "INSERT INTO blog_post (body) VALUES ('a')")
    assert.deepEqual((await told(project, 'migrate', 'blog', '0002')).stderr.slice(2), [
      'error: Migration blog.0003_no_title cannot be unapplied with the data that blog_post holds: 1 row would have no value (title).',
      '  why: The way back asks that title is not null, and there is no default and no value for the rows that exist. This was looked up before anything was changed.',
      '  fix: Give the operation of the migration a `fillRestored`, the value that these rows get on the way back (it may be added to an applied migration), and unapply again.',
    ])
    project.write('blog/migrations/0003_no_title.ts', removal.replace("'title'", "'title', fillRestored: 'none'"))
    assert.equal((await told(project, 'migrate', 'blog', '0002')).code, 0)
    assert.deepEqual(await rows(project, 'SELECT title FROM blog_post'), [{ title: 'none' }])
  })

  test('refuses targets that are not there, or that may be several', async () => {
    const project = await blog({ 'blog/migrations/0002_extra.ts': body.replace("name: 'body'", "name: 'extra'") })
    const firstLine = async (...args: string[]) => {
      const { code: exitCode, stderr } = await told(project, ...args)
      return `${exitCode} ${stderr.find((line) => line.startsWith('error'))}`
    }
    assert.deepEqual(
      [
        await firstLine('migrate', 'blogg'),
        await firstLine('migrate', 'blog', '0001_inital'),
        await firstLine('migrate', 'blog', '0002'),
        await firstLine('migrate', '--database', 'defalt'),
        await firstLine('migrate', '--lock-timeout', 'soon'),
        await firstLine('migrate', '--lock-retries', 'some'),
        await firstLine('migrate', '--statement-timeout', '0'),
        await firstLine('migrate', '--wait=-1'),
        await firstLine('migrate', '--interrupted', 'maybe'),
      ],
      [
        '2 error: There is no app "blogg". Did you mean "blog"?',
        '2 error: blog has no migration whose name is or begins with "0001_inital". Did you mean "0001_initial"?',
        '2 error: "0002" may be any of several migrations of blog: 0002_extra, 0002_post_body.',
        '2 error: godwit.config.ts has no database called "defalt". Did you mean "default"?',
        '2 error: --lock-timeout cannot be "soon".',
        '2 error: --lock-retries cannot be "some".',
        '2 error: --statement-timeout cannot be "0".',
        '2 error: --wait cannot be "-1".',
        '2 error: --interrupted cannot be "maybe".',
      ],
    )
    assert.match(await firstLine('migrate'), /^2 error: .*0002_extra and 0002_post_body/)
  })
})
