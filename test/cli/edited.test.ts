import assert from 'node:assert/strict'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { askingAboutEdits, askingAboutRenames } from '../../src/cli/edited-history.ts'
import { readHistoryAnswers } from '../../src/cli/history-answers.ts'
import { migrationKey } from '../../src/history/migration.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { git } from '../support/real-git.ts'

const models = `
import { f, model } from 'godwit'
export const Post = model('Post', { title: f.char({ maxLength: 100 }) })
`
const written = (operations: string, after: readonly string[] = []): string => `
import { addField, createModel, defineMigration, f, runSql } from 'godwit/migrations'
export default defineMigration({ dependencies: ${JSON.stringify(after.map((name) => ['blog', name]))}, operations: [${operations}] })
`
const create = (more = ''): string =>
  written(
    `createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 100 }),${more} } })`,
  )
const slug = written("addField({ model: 'Post', name: 'slug', field: f.char({ maxLength: 50, null: true }) })", [
  '0001_initial',
])

async function applied(files: Readonly<Record<string, string>> = {}): Promise<TestProject> {
  const migrations = { '0001_initial': create(), ...files }
  const project = createProject({
    files: {
      'blog/models.ts': models,
      ...Object.fromEntries(Object.entries(migrations).map(([name, text]) => [`blog/migrations/${name}.ts`, text])),
    },
  })
  const { code, stderr } = await project.run(['migrate'])
  assert.equal(code, 0, stderr)
  return project
}

async function sql(project: TestProject, text: string): Promise<void> {
  const database = await project.database()
  await database.exec(text)
  await database.close()
}

async function json(project: TestProject, ...args: readonly string[]) {
  const { code, stdout } = await project.run([...args, '--json'])
  return { code, ...JSON.parse(stdout) }
}

const moveFile = (project: TestProject, from: string, to: string): void =>
  renameSync(join(project.dir, `blog/migrations/${from}.ts`), join(project.dir, `blog/migrations/${to}.ts`))

describe('a migration that was edited after it was applied', { concurrency: 2 }, () => {
  test('is refused with what changed and both ways out, and accepted where the database agrees', async () => {
    const project = await applied()
    mkdirSync(join(project.dir, '.git'))
    project.write('blog/migrations/0001_initial.ts', create(' body: f.text({ null: true })'))
    for (const args of [['migrate'], ['migrate', '--plan']]) {
      const { code, error } = await json(project, ...args)
      assert.deepEqual([code, error.code], [2, 'execution.edited'])
      assert.deepEqual(error.details.migrations, [
        {
          migration: 'blog.0001_initial',
          differences: ['"Create model Post": fields.body nothing → {"kind":"text","null":true}'],
          file: 'blog/migrations/0001_initial.ts',
          inGit: true,
        },
      ])
      assert.match(error.fix, /git log -p -- blog\/migrations\/0001_initial\.ts/)
      assert.match(error.fix, /godwit migrate --accept-edited blog\.0001_initial/)
    }
    const shown = await project.run(['showmigrations'])
    assert.equal(shown.code, 0)
    assert.match(
      shown.stderr,
      /^warning: blog\.0001_initial was edited after it was applied: "Create model Post": fields\.body/,
    )

    const pruned = await json(project, 'migrate', 'blog', '--prune', '--accept-edited', '0001')
    assert.deepEqual([pruned.code, pruned.error.code], [2, 'cli.conflictingFlags'])
    const refused = await json(project, 'migrate', '--accept-edited', '0001')
    assert.deepEqual([refused.code, refused.error.code], [2, 'history.editNotThere'])
    assert.deepEqual(Object.keys(refused.error.details.discrepancies[0]).includes('changes'), false)

    await sql(project, 'ALTER TABLE blog_post ADD COLUMN body text')
    const planned = await json(project, 'migrate', '--plan', '--accept-edited', '0001')
    assert.deepEqual([planned.code, planned.accepted.length], [0, 1])
    assert.equal((await json(project, 'migrate', '--check')).code, 2)
    const accepted = await project.run(['migrate', '--accept-edited', 'blog.0001'])
    assert.deepEqual(
      [accepted.code, accepted.stderr.split('\n').slice(2, -1)],
      [
        0,
        [
          '  No migrations to apply.',
          '  Recorded blog.0001_initial as edited: the database agrees.',
          '    "Create model Post": fields.body nothing → {"kind":"text","null":true}',
        ],
      ],
    )
    const again = await json(project, 'migrate', '--accept-edited', 'blog.0001_initial')
    assert.deepEqual([again.code, again.accepted], [0, []])
    assert.deepEqual((await json(project, 'showmigrations')).findings, [])
  })

  test('is none where the record is of an earlier format, or has only the name', async () => {
    const project = await applied()
    await sql(project, "UPDATE godwit_migrations SET checksum = 'of another time'")
    assert.equal((await project.run(['migrate'])).code, 0)
    await sql(project, "UPDATE godwit_migrations SET checksum = '', operations = '[]'")
    assert.equal((await project.run(['migrate'])).code, 0)
    assert.deepEqual((await json(project, 'showmigrations')).findings, [])
  })
})

describe('a migration that was renamed after it was applied', { concurrency: 2 }, () => {
  test('is asked about, and renamed in the record with what refers to it', async () => {
    const next = (after: string): string =>
      written("addField({ model: 'Post', name: 'next', field: f.text({ null: true }) })", [after])
    const project = await applied({ '0002_slug': slug, '0003_next': next('0002_slug') })
    const before = (await json(project, 'showmigrations')).apps[0].migrations.map(
      (one: { appliedAt: string }) => one.appliedAt,
    )
    moveFile(project, '0002_slug', '0002_add_slug')
    moveFile(project, '0003_next', '0004_next')
    project.write('blog/migrations/0004_next.ts', next('0002_add_slug'))
    const asked = await json(project, 'migrate')
    assert.deepEqual([asked.code, asked.error.code], [2, 'history.renamed'])
    assert.deepEqual(asked.error.details.renames, [
      { from: 'blog.0002_slug', candidates: ['0002_add_slug'], behind: [] },
      { from: 'blog.0003_next', candidates: ['0004_next'], behind: [] },
    ])
    const answers = [
      '--answer',
      'blog.0002_slug:renamedTo=0002_add_slug',
      '--answer',
      'blog.0003_next:renamedTo=0004_next',
    ]
    const renamed = [
      { from: 'blog.0002_slug', to: 'blog.0002_add_slug' },
      { from: 'blog.0003_next', to: 'blog.0004_next' },
    ]
    assert.deepEqual((await json(project, 'migrate', '--plan', ...answers)).renamed, renamed)
    assert.equal((await json(project, 'migrate', ...answers.slice(0, 2))).code, 2)
    const { findings } = await json(project, 'showmigrations')
    assert.deepEqual(
      findings.map(({ kind }: { kind: string }) => kind),
      ['renamed', 'renamed'],
    )
    assert.deepEqual((await json(project, 'migrate', ...answers)).renamed, renamed)
    assert.deepEqual((await json(project, 'migrate', ...answers)).renamed, [])
    const shown = await json(project, 'showmigrations')
    assert.deepEqual(
      shown.apps[0].migrations.map((one: { appliedAt: string }) => one.appliedAt),
      before,
    )
    const database = await project.database()
    const rows = await database.all('SELECT name, dependencies FROM godwit_migrations ORDER BY name')
    await database.close()
    assert.deepEqual(rows.at(-1), { name: '0004_next', dependencies: '[["blog","0002_add_slug"]]' })
  })

  test('is another one where somebody says so, and then cannot be applied twice', async () => {
    const project = await applied({ '0002_slug': slug })
    moveFile(project, '0002_slug', '0002_add_slug')
    const { code, error } = await json(project, 'migrate', '--answer', 'blog.0002_slug:renamedTo=none')
    assert.equal(code, 2)
    assert.notEqual(error.code, 'history.renamed')
    const taken = await json(project, 'migrate', '--unapply-missing')
    assert.deepEqual(
      taken.applied.map((one: { name: string }) => one.name),
      ['0002_slug', '0002_add_slug'],
    )
  })

  test('of an app with another label is renamed with all of it, where the tables have their names', async () => {
    const project = await applied()
    const labels = (text: string): void =>
      project.write(
        'godwit.config.ts',
        `export default { apps: { ${text}: './blog' }, databases: { default: 'sqlite:./app.db' } }\n`,
      )
    labels('posts')
    const differs = await json(project, 'migrate', '--answer', 'blog:renamedTo=posts')
    assert.equal(differs.error.code, 'history.renamedAppDiffers')
    await sql(project, 'ALTER TABLE blog_post RENAME TO posts_post')
    assert.deepEqual((await json(project, 'migrate', '--answer', 'blog:renamedTo=posts')).renamed, [
      { from: 'blog.0001_initial', to: 'posts.0001_initial' },
    ])
    assert.deepEqual((await json(project, 'showmigrations')).findings, [])
  })

  test('of an app with another label keeps what SQL of its migrations made', async () => {
    const named =
      "createModel({ name: 'Post', fields: { id: f.bigAuto({ primaryKey: true }) }, options: { table: 'post' } })"
    const byHand = "runSql({ forwards: 'CREATE INDEX by_hand ON post (id)' })"
    const project = await applied({ '0001_initial': written(`${named}, ${byHand}`) })
    project.write(
      'godwit.config.ts',
      "export default { apps: { posts: './blog' }, databases: { default: 'sqlite:./app.db' } }\n",
    )
    const { renamed } = await json(project, 'migrate', '--answer', 'blog:renamedTo=posts')
    assert.deepEqual(renamed, [{ from: 'blog.0001_initial', to: 'posts.0001_initial' }])
    assert.deepEqual((await json(project, 'drift')).discrepancies, [])
  })
})

test('apps that are not in the config, copies and shared numbers are told', async () => {
  const next = written("addField({ model: 'Post', name: 'next', field: f.text({ null: true }) })", ['0002_slug'])
  const project = await applied({ '0002_slug': slug, '0002_then': next })
  await sql(
    project,
    "INSERT INTO godwit_migrations (app, name, applied_at, duration_ms, godwit_version, format, checksum, dependencies, operations) SELECT 'blogs', name, applied_at, duration_ms, godwit_version, format, checksum, dependencies, operations FROM godwit_migrations WHERE name = '0002_slug'",
  )
  const kinds = (result: { readonly findings: readonly { readonly kind: string }[] }) =>
    result.findings.map(({ kind }) => kind)
  for (const args of [['migrate'], ['migrate', '--plan'], ['showmigrations']]) {
    assert.deepEqual(kinds(await json(project, ...args)), ['foreignApp', 'sameNumber'])
  }
  const migrated = await project.run(['migrate'])
  assert.match(migrated.stderr, /warning: 1 migration of an app "blogs" is recorded, .* Did you mean "blog"\?/)
  assert.doesNotMatch(migrated.stderr, /note:|no file here/)
  assert.match(
    (await project.run(['showmigrations'])).stderr,
    /note: blog has 2 migrations with the number 0002; .*0002_slug, then 0002_then/,
  )
  assert.deepEqual((await json(project, 'migrate', 'blogs', '--prune')).pruned.length, 1)
  assert.deepEqual(kinds(await json(project, 'showmigrations')), ['sameNumber'])

  project.write('blog/migrations/0003_a.ts', next.replace('next', 'more').replace('0002_slug', '0002_then'))
  project.write('blog/migrations/0003_b.ts', next.replace('next', 'more').replace('0002_slug', '0002_then'))
  assert.deepEqual((await json(project, 'migrate')).error.details, {
    copies: [{ original: 'blog.0003_a', copy: 'blog.0003_b' }],
  })
})

test('what has no file here is told with the branch that has it', async () => {
  const project = await applied()
  git(project.dir, 'init')
  git(project.dir, 'add', 'blog')
  git(project.dir, 'commit', '-m', 'one')
  git(project.dir, 'checkout', '-b', 'feature/slug')
  project.write('blog/migrations/0002_slug.ts', slug)
  git(project.dir, 'add', 'blog')
  git(project.dir, 'commit', '-m', 'two')
  assert.equal((await project.run(['migrate'])).code, 0)
  git(project.dir, 'checkout', 'main')
  rmSync(join(project.dir, 'blog/migrations/0002_slug.ts'), { force: true })
  assert.match((await project.run(['showmigrations'])).stderr, / {2}blog\.0002_slug \(on feature\/slug\)\n/)
})

describe('a person at the terminal', () => {
  const streams = (keys: string, until: RegExp) => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 160, rows: 40 })
    let shown = ''
    output.on('data', (chunk: Buffer) => {
      const isAsking = until.test(shown)
      shown += stripVTControlCharacters(chunk.toString())
      if (!isAsking && until.test(shown)) setImmediate(() => input.write(keys))
    })
    return { input, output }
  }
  const paused = { pause: () => undefined }
  const question = { from: 'blog.0002_slug', candidates: ['0002_add_slug'], behind: [] }
  const unseen = [{ migration: migrationKey('blog', '0002_slug'), differences: ['"Run SQL" was removed'] }]

  test('says what a migration is called now, once', async () => {
    const asking = (keys: string) => askingAboutRenames(streams(keys, /called now\?/), readHistoryAnswers([]), paused)
    const yes = asking('\r')
    assert.deepEqual([await yes(question), await yes(question)], ['0002_add_slug', '0002_add_slug'])
    assert.equal(await asking('\u001b[B\r')(question), 'none')
    await assert.rejects(async () => asking('\u0003')(question), { code: 'cli.interrupted' })
    assert.equal(await askingAboutRenames(undefined, readHistoryAnswers([]), paused)(question), undefined)
  })

  test('accepts what nobody can see by saying so, and not by Enter', async () => {
    const asking = (keys: string) =>
      askingAboutEdits(streams(keys, /as it is on file\?/), readHistoryAnswers([]), paused)
    assert.deepEqual([await asking('\r')(unseen), await asking('y')(unseen)], [false, true])
    const answered = readHistoryAnswers(['blog.0002_slug:edited=accept', 'blog.0002_slug:missing=unapply'])
    assert.deepEqual(answered.others, ['blog.0002_slug:missing=unapply'])
    assert.equal(await askingAboutEdits(undefined, answered, paused)(unseen), true)
    assert.equal(await askingAboutEdits(undefined, readHistoryAnswers([]), paused)(unseen), false)
  })
})
