import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { testOnEach } from '../support/databases.ts'
import { threadsIn } from '../support/mysql-threads.ts'
import { createProject, finished } from '../support/project.ts'
import type { Client, TestDatabase } from '../support/test-database.ts'

const migration = (operations: string, rest = '') => `
import { addField, alterField, createModel, defineMigration, f, renameField, renameModel, runSql } from 'godwit/migrations'
export default defineMigration({ ${rest} operations: [${operations}] })
`
const second = (last: string) =>
  migration(
    `addField({ model: 'Post', name: 'note', field: f.text({ null: true }) }),
     runSql({ forwards: "UPDATE blog_post SET note = 'seen'", backwards: [] }),
     addField({ model: 'Post', name: 'mood', field: f.integer({ default: 0 }) }),
     runSql({ forwards: "UPDATE ${last} SET mood = 1", backwards: [] })`,
    "dependencies: [['blog', '0001_initial']], atomic: false,",
  )
const files = {
  'blog/models.ts': 'export {}',
  'blog/migrations/0001_initial.ts': migration(
    "createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 20 }) } })",
  ),
  'blog/migrations/0002_moods.ts': second('blog_posst'),
}

testOnEach(
  'a migration that failed half-way is shown as such, told by --plan and --check, and goes on or back',
  async (on) => {
    const database = await on.create()
    const project = createProject({ files, database })
    const failed = await project.run(['migrate'])
    assert.equal(failed.code, 2, failed.stderr)
    const said = failed.stderr.slice(failed.stderr.indexOf('error:'))
    assert.match(said, /^error: Applying blog.0002_moods stopped half-way, 3 of 4 steps done: "Run SQL" failed: /)
    assert.match(
      said,
      / {2}done:\n {4}Add field note to Post\n {4}Run SQL\n {4}Add field mood to Post\n {2}not done:\n {4}Run SQL\n/,
    )
    assert.match(said, /The next `godwit migrate` goes on exactly there; `godwit migrate --rollback` undoes/)

    assert.equal((await project.run(['showmigrations'])).stdout, 'blog\n [X] 0001_initial\n [~] 3/4 0002_moods\n')
    assert.equal(
      (await project.run(['showmigrations', '--plan'])).stdout,
      '[X]  blog.0001_initial\n[~] 3/4  blog.0002_moods\n',
    )
    const shown = JSON.parse((await project.run(['showmigrations', '--json'])).stdout)
    assert.deepEqual(shown.apps[0].migrations[1].halfWay, { direction: 'forwards', done: 3, total: 4 })
    assert.equal(shown.apps[0].migrations[1].applied, false)

    const plan = await project.run(['migrate', '--plan'])
    assert.equal(
      plan.stdout.slice(plan.stdout.indexOf('blog.0002')),
      `blog.0002_moods (half-way: 3 of 4 steps done)
    Add field note to Post
    Run SQL
    Add field mood to Post
    Run SQL
    Left to do:
      Run SQL
`,
    )
    assert.equal((await project.run(['migrate', '--check'])).code, 2)
    const json = JSON.parse((await project.run(['migrate', '--json'])).stdout)
    assert.equal(json.error.code, 'execution.stoppedHalfWay')
    assert.deepEqual(
      { done: json.error.details.done, total: json.error.details.total, left: json.error.details.left },
      { done: 3, total: 4, left: ['Run SQL'] },
    )

    const back = await project.run(['migrate', '--rollback'])
    assert.equal(back.code, 0, back.stderr)
    assert.match(back.stderr, /Bring back what is half-way: blog\n[\s\S]*Unapplying blog.0002_moods… done/)
    assert.equal((await project.run(['showmigrations'])).stdout, 'blog\n [X] 0001_initial\n [ ] 0002_moods\n')
    assert.match((await project.run(['migrate', '--rollback'])).stderr, /No migration is half-way\./)

    project.write('blog/migrations/0002_moods.ts', second('blog_posst'))
    assert.equal((await project.run(['migrate'])).code, 2)
    // What failed may be mended in the file.
    project.write('blog/migrations/0002_moods.ts', second('blog_post'))
    const mended = await project.run(['migrate'])
    assert.equal(mended.code, 0, mended.stderr)
    assert.equal((await project.run(['showmigrations'])).stdout, 'blog\n [X] 0001_initial\n [X] 0002_moods\n')
    for (const flags of [['--fake'], ['--unapply-missing']]) {
      assert.match((await project.run(['migrate', '--rollback', ...flags])).stderr, /--rollback/)
    }
  },
)

const renaming = migration(
  "renameField({ model: 'Post', from: 'title', to: 'heading' }), renameModel({ from: 'Post', to: 'Article' })",
  "dependencies: [['blog', '0001_initial']],",
)
const unique = "alterField({ model: 'Article', name: 'heading', field: f.char({ maxLength: 20, unique: true }) })"
const behindRenaming = (operations: string): string => migration(operations, "dependencies: [['blog', '0002_moods']],")

testOnEach('what earlier steps only rename is asked about before the first of them', async (on) => {
  const database = await on.create()
  const project = createProject({
    files: {
      ...files,
      'blog/migrations/0002_moods.ts': renaming,
      'blog/migrations/0003_unique.ts': behindRenaming(unique),
    },
    database,
  })
  assert.equal((await project.run(['migrate', 'blog', '0001'])).code, 0)
  const exec = async (text: string): Promise<void> => {
    const client = await database.connect()
    await client.exec(text).finally(() => client.close())
  }
  await exec("INSERT INTO blog_post (title) VALUES ('same'), ('same')")
  const early = await project.run(['migrate'])
  assert.match(
    early.stderr,
    /error: Migration blog\.0003_unique cannot be applied with the data that blog_post holds: 1 value is there more than once \(title, for example 'same'\)\./,
  )
  assert.match((await project.run(['showmigrations'])).stdout, / \[X\] 0001_initial\n \[ \] 0002_moods\n/)

  // Where the name is another's by then, it is asked when its turn comes.
  const another = "addField({ model: 'Article', name: 'title', field: f.char({ maxLength: 20, default: '' }) })"
  project.write('blog/migrations/0003_unique.ts', behindRenaming(`${another}, ${unique}`))
  const late = await project.run(['migrate'])
  assert.match(late.stderr, /Applying blog\.0002_moods… done/)
  assert.match(late.stderr, /blog_article holds: 1 value is there more than once \(heading, for example 'same'\)\./)
  await exec("UPDATE blog_article SET heading = 'other' WHERE id = 1")
  const applied = await project.run(['migrate'])
  assert.equal(applied.code, 0, applied.stderr)
})

testOnEach(
  'the SQL of a migration has a transaction around it, and is of no version, only where there is one',
  async (on) => {
    const database = await on.create()
    const project = createProject({ files, database })
    const { stdout } = await project.run(['sqlmigrate', 'blog', '0001'])
    assert.equal(/^BEGIN;$/m.test(stdout), isTransactional(on.kind))
    assert.equal(/^-- No transaction: this database commits/m.test(stdout), !isTransactional(on.kind))
    assert.equal(/^-- For (MariaDB|MySQL) \d+\.\d+: /.test(stdout), !isTransactional(on.kind))
    const { version } = JSON.parse((await project.run(['sqlmigrate', 'blog', '0001', '--json'])).stdout)
    assert.equal(typeof version, isTransactional(on.kind) ? 'undefined' : 'string')
  },
)

testOnEach(
  "the statements of a user's SQL are printed as they were written, apart where the server takes them apart",
  async (on) => {
    const database = await on.create()
    const text = `-- what else there is
    create table extra (id int primary key, word varchar(20) default ';', another_word varchar(20) default '; and more');
    insert into extra (id)
      values (1); -- and one more
    insert into extra (id) values (2);`
    const operation = `runSql({ forwards: [${JSON.stringify(text)}, 'DELETE FROM extra;'], backwards: [] })`
    const project = createProject({
      files: {
        ...files,
        'blog/migrations/0002_moods.ts': migration(operation, "dependencies: [['blog', '0001_initial']],"),
      },
      database,
    })
    const { stdout } = await project.run(['sqlmigrate', 'blog', '0002'])
    const printed = stdout.slice(stdout.indexOf('-- what')).replace(/COMMIT;\n$/, '')
    const apart = `-- what else there is
    create table extra (id int primary key, word varchar(20) default ';', another_word varchar(20) default '; and more');
insert into extra (id)
      values (1);
-- and one more
    insert into extra (id) values (2);
`
    assert.equal(printed, `${isTransactional(on.kind) ? `${text}\n` : apart}DELETE FROM extra;\n`)
  },
)

const isTransactional = (kind: string): boolean => kind === 'sqlite' || kind === 'postgres'

testOnEach('SQL of several statements that stops half-way names what is done, and what is not', async (on) => {
  const database = await on.create()
  const text = `CREATE TABLE extra (id int primary key);
    INSERT INTO extra VALUES (1); UPDATE extra SET id = 2;
    CREATE TABLE more (id int);
    INSERT INTO more VALUES (1); INSERT INTO nosuch VALUES (1)`
  const project = createProject({
    files: {
      ...files,
      'blog/migrations/0002_moods.ts': migration(
        `runSql({ forwards: ${JSON.stringify(text)}, backwards: 'DROP TABLE extra; DROP TABLE more' })`,
        "dependencies: [['blog', '0001_initial']],",
      ),
    },
    database,
  })
  const failed = await project.run(['migrate'])
  assert.equal(failed.code, 2, failed.stderr)
  if (isTransactional(on.kind)) {
    assert.match(failed.stderr, /error: Applying blog\.0002_moods failed at "Run SQL": /)
    return
  }
  assert.match(
    failed.stderr,
    /error: Applying blog\.0002_moods stopped half-way, 4 of 6 steps done: "Run SQL" failed: /,
  )
  assert.match(
    failed.stderr,
    / {2}done:\n {4}CREATE TABLE extra \(id int primary key\)\n {4}INSERT INTO extra VALUES \(1\)\n {4}UPDATE extra SET id = 2\n {4}CREATE TABLE more \(id int\)\n {2}not done:\n {4}INSERT INTO more VALUES \(1\)\n {4}INSERT INTO nosuch VALUES \(1\)\n {2}failed: INSERT INTO nosuch VALUES \(1\)\n/,
  )
  const plan = await project.run(['migrate', '--plan'])
  assert.match(
    plan.stdout,
    /\(half-way: 4 of 6 steps done\)\n {4}Run SQL\n {4}Left to do:\n {6}INSERT INTO more VALUES \(1\)\n {6}INSERT INTO nosuch VALUES \(1\)\n$/,
  )
})

const slowMigration = (operations: string): string => migration(operations, "dependencies: [['blog', '0001_initial']],")
const slowAlter =
  "runSql({ forwards: 'ALTER TABLE t ADD CONSTRAINT t_check CHECK (length(sha2(repeat(word, 1000000), 512)) > n), ALGORITHM=COPY', backwards: 'ALTER TABLE t DROP CONSTRAINT t_check' })"
const addNote = "addField({ model: 'Post', name: 'note', field: f.text({ null: true }) })"

testOnEach('Ctrl-C in a long statement that commits by itself: it is undone, and said to be', async (on) => {
  if (isTransactional(on.kind)) return
  const database = await on.create()
  const client = await database.connect()
  try {
    await interruptTwice(database, client)
  } finally {
    await client.close()
  }
})

async function interruptTwice(database: TestDatabase, client: Client): Promise<void> {
  await client.exec('CREATE TABLE t (n int, word char(1))')
  await client.exec(`INSERT INTO t VALUES ${Array.from({ length: 20_000 }, () => "(1, 'x')").join(', ')}`)
  const altering = async (): Promise<boolean> =>
    (await threadsIn(new URL(database.url).pathname.slice(1), client.all, 'ALTER TABLE t ADD')).length > 0
  const project = createProject({
    files: { ...files, 'blog/migrations/0002_moods.ts': slowMigration(slowAlter) },
    database,
  })
  const interrupted = async () => {
    const child = project.start(['migrate'])
    while (!(await altering()) && child.exitCode === null) await sleep(10)
    child.kill('SIGINT')
    return finished(child)
  }
  const alone = await interrupted()
  assert.equal(alone.code, 130, alone.stderr)
  assert.match(
    alone.stderr,
    /error: Interrupted\.\n {2}fix: Run the command again: .* what was under way was undone\.\n$/,
  )
  assert.equal((await project.run(['showmigrations'])).stdout, 'blog\n [X] 0001_initial\n [ ] 0002_moods\n')

  // Nothing of it is done, so its file may be another.
  project.write('blog/migrations/0002_moods.ts', slowMigration(`${addNote}, ${slowAlter}`))
  const behind = await interrupted()
  assert.equal(behind.code, 130, behind.stderr)
  assert.match(
    behind.stderr,
    /error: Interrupted: applying blog\.0002_moods stopped half-way, 1 of 2 steps done\.\n {2}done:\n {4}Add field note to Post\n {2}not done:\n {4}Run SQL\n/,
  )
  assert.match(
    behind.stderr,
    /why: What is done is committed, step by step, and stays so; what was under way was undone\.\n {2}fix: The next `godwit migrate` goes on exactly there/,
  )
  assert.equal((await project.run(['showmigrations'])).stdout, 'blog\n [X] 0001_initial\n [~] 1/2 0002_moods\n')

  // What was undone may be edited, and the rest goes on.
  project.write(
    'blog/migrations/0002_moods.ts',
    slowMigration(
      `${addNote}, runSql({ forwards: 'ALTER TABLE t ADD COLUMN m int', backwards: 'ALTER TABLE t DROP COLUMN m' })`,
    ),
  )
  const rest = await project.run(['migrate'])
  assert.equal(rest.code, 0, rest.stderr)
  assert.deepEqual(await client.all('SELECT m FROM t LIMIT 1'), [{ m: null }])
}
