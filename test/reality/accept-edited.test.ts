import assert from 'node:assert/strict'
import { acceptEdited } from '../../src/execution/accept-edited.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { editedMigrations } from '../../src/history/edited.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { createRecorder } from '../../src/history/recorder.ts'
import {
  addConstraint,
  addField,
  addIndex,
  alterField,
  alterModelTable,
  check,
  createModel,
  custom,
  f,
  index,
  type Operation,
  q,
  removeField,
  renameModel,
  runCode,
  runSql,
  unique,
} from '../../src/migrations.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { failsWith, key, migration } from '../history/migrations.ts'
import { testOnEach } from '../support/databases.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

const id = f.bigAuto({ primaryKey: true })
const post = (more: Readonly<Record<string, ReturnType<typeof f.text>>> = {}, title = 20): Operation =>
  createModel({
    name: 'Post',
    fields: { id, title: f.char({ maxLength: title }), size: f.integer({ default: 0 }), ...more },
  })
const author = createModel({ name: 'Author', fields: { id } })
const byAuthor = (onDelete: 'cascade' | 'restrict'): Operation =>
  addField({ model: 'Post', name: 'author', field: f.foreignKey('blog.Author', { onDelete, null: true }) })
const few = (most: number): Operation =>
  addConstraint({ model: 'Post', constraint: check({ name: 'few', condition: q.lt('size', most) }) })

/** What was applied, what the file says by now, and what is said of a database that has only the first. */
const edits: readonly (readonly [
  name: string,
  before: readonly Operation[],
  now: readonly Operation[],
  said: RegExp,
])[] = [
  ['a longer field', [post()], [post({}, 40)], /blog_post\.title.*20.*40/],
  ['another default', [post()], [post({ size: f.integer({ default: 1 }) as never })], /blog_post\.size/],
  ['a field more', [post()], [post({ body: f.text({ null: true }) })], /blog_post\.body/],
  ['a field less', [post({ body: f.text({ null: true }) })], [post()], /blog_post\.body/],
  [
    'another operation',
    [post()],
    [post(), addField({ model: 'Post', name: 'on', field: f.date({ null: true }) })],
    /blog_post\.on/,
  ],
  ['NULL allowed', [post({ body: f.text() })], [post({ body: f.text({ null: true }) })], /blog_post\.body/],
  [
    'an index',
    [post()],
    [post(), addIndex({ model: 'Post', index: index({ fields: ['size'], name: 'by_size' }) })],
    /by_size/,
  ],
  [
    'a unique index less',
    [post(), addConstraint({ model: 'Post', constraint: unique({ fields: ['title'], name: 'once' }) })],
    [post()],
    /once/,
  ],
  ['a check', [post(), few(5)], [post(), few(6)], /few/],
  [
    'what happens on delete',
    [author, post(), byAuthor('cascade')],
    [author, post(), byAuthor('restrict')],
    /author_id/,
  ],
  [
    'a join table',
    [author, post()],
    [author, post(), addField({ model: 'Post', name: 'fans', field: f.manyToMany('blog.Author') })],
    /blog_post_fans/,
  ],
  ['a model less', [post(), author], [post()], /table blog_author is there/],
  [
    'a join table less',
    [author, post({ fans: f.manyToMany('blog.Author') as never })],
    [author, post()],
    /table blog_post_fans is there/,
  ],
  ['another name of a model', [post()], [post(), renameModel({ from: 'Post', to: 'Article' })], /blog_article/],
  ['another name of a table', [post()], [post(), alterModelTable({ name: 'Post', table: 'posts' })], /posts/],
  [
    'choices',
    [post()],
    [post({ kind: f.char({ maxLength: 5, null: true, choices: ['a', 'b'] }) as never })],
    /blog_post\.kind/,
  ],
]

/** What is left in a schema of which no model speaks any more. */
const ofSchema: typeof edits = [
  [
    'the only model of a schema less',
    [post(), createModel({ name: 'Log', fields: { id }, options: { schema: 'audit' } })],
    [post()],
    /table audit\.blog_log is there/,
  ],
]

const first = (operations: readonly Operation[]): Migration => migration('blog.0001_initial', [], { operations })

testOnEach('an edit is recorded where the database agrees with it, and nowhere else', async (on) => {
  await onDatabase(on, async (fresh) => {
    for (const [name, before, now, said] of casesFor(on)) {
      let session = await fresh()
      await applied(session, [first(before)])
      const refused = await accept(session, [first(now)]).catch((error: Error) => error)
      assert.ok(refused instanceof Error, name)
      failsWith('history.editNotThere')(refused)
      assert.match(refused.message, said, name)
      assert.equal((await edited(session, [first(now)])).length, 1, name)

      session = await fresh()
      await appliedAs(session, [first(now)], [first(before)])
      const [row] = (await createRecorder(session).applied()).values()
      assert.deepEqual(
        (await accept(session, [first(now)])).map((one) => one.migration),
        ['blog.0001_initial'],
        name,
      )
      assert.deepEqual(await edited(session, [first(now)]), [], name)
      const [amended] = (await createRecorder(session).applied()).values()
      assert.deepEqual([amended?.appliedAt, amended?.milliseconds], [row?.appliedAt, row?.milliseconds])
      await migrate({ session, graph: buildGraph([first(now)]), target: { kind: 'zero', app: 'blog' } })
    }
  })
})

testOnEach(
  'several edits are accepted together or not at all, and those that are not named stay refused',
  async (on) => {
    const second = (operations: readonly Operation[]): Migration =>
      migration('blog.0002_more', ['blog.0001_initial'], { operations })
    const third = migration('blog.0003_last', ['blog.0002_more'], {
      operations: [alterField({ model: 'Post', name: 'title', field: f.char({ maxLength: 99 }) })],
    })
    const onField = addField({ model: 'Author', name: 'on', field: f.date({ null: true }) })
    const atField = addField({ model: 'Author', name: 'at', field: f.time({ null: true }) })
    await onDatabase(on, async (fresh) => {
      let session = await fresh()
      // What a later migration changes again leaves nothing to be seen of an edit.
      const files = [first([author, post({}, 30)]), second([onField]), third]
      await appliedAs(session, files, [first([author, post()]), second([atField]), third])
      await assert.rejects(migrate({ session, graph: buildGraph(files) }), failsWith('execution.edited'))
      assert.equal((await accept(session, files, 'blog.0001_initial')).length, 1)
      await assert.rejects(migrate({ session, graph: buildGraph(files) }), (error: Error) => {
        failsWith('execution.edited')(error)
        assert.doesNotMatch(error.message, /0001/)
        return true
      })
      assert.equal((await accept(session, files, 'blog.0001_initial', 'blog.0002_more')).length, 1)
      await migrate({ session, graph: buildGraph(files) })

      session = await fresh()
      await applied(session, [first([author, post()]), second([atField])])
      const half = [first([author, post({}, 30)]), second([onField])]
      await assert.rejects(accept(session, half), failsWith('history.editNotThere'))
      assert.equal((await edited(session, half)).length, 2)
      const unfit = [first([author, post()]), second([removeField({ model: 'Post', name: 'none' })])]
      await assert.rejects(accept(session, unfit), failsWith('history.editDoesNotFit'))
    })
  },
)

testOnEach(
  'what other tables are like is no part of the proof, and what no inspection shows is asked about',
  async (on) => {
    const sql = (text: string): Operation => runSql({ forwards: text, backwards: [] })
    const audit = (word: string): Operation =>
      custom({
        type: 'acme.audit',
        data: { word },
        definition: {
          symbol: '+',
          describe: () => 'Audit',
          nameFragment: () => undefined,
          apply: (_, state) => state,
          touches: () => ({ models: ['*'] }),
        },
      })
    await onDatabase(on, async (fresh, exec) => {
      const session = await fresh()
      const was = [first([author, post(), sql('SELECT 1'), runCode({ forwards() {} })])]
      const longer = [first([author, post({}, 40), sql('SELECT 1'), runCode({ forwards() {} })])]
      await appliedAs(session, longer, was)
      await exec('CREATE INDEX by_hand ON blog_author (id)')
      assert.equal((await accept(session, longer)).length, 1)

      const changed = [first([author, post({}, 40), sql('SELECT 2'), runCode({ forwards() {} })])]
      await assert.rejects(accept(session, changed), failsWith('history.editUnseen'))
      const now = [first([author, post({}, 40), sql('SELECT 2'), audit('b')])]
      // A custom operation may touch anything, so that the whole of its app is compared.
      await assert.rejects(accept(session, now), failsWith('history.editNotThere'))
      await exec(dropIndex(on, 'by_hand', 'blog_author'))
      const refused = await accept(session, now).catch((error: Error) => error)
      assert.ok(refused instanceof Error)
      failsWith('history.editUnseen')(refused)
      assert.match(refused.message, /SELECT 1.*SELECT 2/)
      assert.match(refused.message, /"Custom operation acme\.audit" was added/)
      assert.match(refused.message, /"Run code" was removed/)
      const seen: number[] = []
      const graph = buildGraph(now)
      const accepted = await acceptEdited(graph.order, {
        session,
        graph,
        wait: 1000,
        onUnseenEdits: async (unseen) => {
          seen.push(...unseen.map(({ differences }) => differences.length))
          return true
        },
      })
      assert.deepEqual([accepted.length, seen], [1, [3]])
      assert.deepEqual(await edited(session, now), [])
    })
  },
)

testOnEach('a squash is accepted as any other migration', async (on) => {
  const originals = [first([post()]), migration('blog.0002_on', ['blog.0001_initial'], { operations: [few(5)] })]
  const squash = (most: number): Migration =>
    migration('blog.0001_squashed', [], {
      replaces: [
        ['blog', '0001_initial'],
        ['blog', '0002_on'],
      ],
      operations: [post(), few(most)],
    })
  await onDatabase(on, async (fresh) => {
    const session = await fresh()
    await applied(session, originals)
    await migrate({ session, graph: buildGraph([...originals, squash(5)]) })
    await assert.rejects(accept(session, [squash(6)]), failsWith('history.editNotThere'))
    await createRecorder(session).amend(squash(4))
    assert.deepEqual(
      (await accept(session, [squash(5)])).map((one) => one.migration),
      ['blog.0001_squashed'],
    )
    await migrate({ session, graph: buildGraph([squash(5)]) })
  })
})

testOnEach(
  'a fresh beginning of a history is accepted as any other migration, and keeps what it began anew',
  async (on) => {
    const baseline = (title: number): Migration =>
      migration('blog.0001_initial', [], {
        resets: { migrations: ['0001_initial', '0002_more'] },
        operations: [post({}, title)],
      })
    await onDatabase(on, async (fresh) => {
      const session = await fresh()
      await applied(session, [baseline(20)])
      await assert.rejects(accept(session, [baseline(40)]), failsWith('history.editNotThere'))
      await createRecorder(session).amend(baseline(30))
      assert.equal((await accept(session, [baseline(20)])).length, 1)
      const [row] = (await createRecorder(session).applied()).values()
      assert.deepEqual(row?.resets, ['0001_initial', '0002_more'])
      await migrate({ session, graph: buildGraph([baseline(20)]) })
    })
  },
)

testOnEach('a renamed migration is renamed in the record once somebody said so', async (on) => {
  const more = (name: string): Migration =>
    migration(`blog.${name}`, ['blog.0001_initial'], {
      operations: [addField({ model: 'Post', name: 'body', field: f.text({ null: true }) })],
    })
  await onDatabase(on, async (fresh) => {
    const session = await fresh()
    await applied(session, [first([post()]), more('0002_body')])
    const graph = buildGraph([first([post()]), more('0002_add_body')])
    await assert.rejects(migrate({ session, graph }), failsWith('history.renamed'))
    const { renames, applied: done } = await migrate({ session, graph, onRenamed: async () => '0002_add_body' })
    assert.deepEqual([[...renames], done], [[['blog.0002_body', 'blog.0002_add_body']], []])
    assert.deepEqual((await migrate({ session, graph })).applied, [])
    await migrate({ session, graph, target: { kind: 'zero', app: 'blog' } })
  })
})

/** Hands out sessions of one database, each of which finds it empty. */
async function onDatabase(
  on: DatabaseUnderTest,
  work: (fresh: () => Promise<Session>, exec: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const database = await on.create()
  let session: Session | undefined
  const fresh = async (): Promise<Session> => {
    await session?.close()
    await database.empty()
    session = await database.openSession()
    return session
  }
  const exec = async (text: string): Promise<void> => {
    const client = await database.connect()
    await client.exec(text)
    await client.close()
  }
  try {
    await work(fresh, exec)
  } finally {
    await session?.close()
  }
}

/** Which table a change is about is decided alike everywhere: of the cases each server sees every second one. */
function casesFor({ kind }: DatabaseUnderTest): typeof edits {
  const own = kind === 'sqlite' ? edits : edits.filter((_, position) => position % 2 === 0)
  return kind === 'postgres' ? [...own, ...ofSchema] : own
}

async function applied(session: Session, files: readonly Migration[]): Promise<void> {
  await migrate({ session, graph: buildGraph(files) })
}

/** A database that has what some files say, and the record of others. */
async function appliedAs(session: Session, files: readonly Migration[], recorded: readonly Migration[]): Promise<void> {
  await applied(session, files)
  for (const file of recorded) await createRecorder(session).amend(file)
}

function accept(session: Session, files: readonly Migration[], ...names: readonly string[]) {
  const graph = buildGraph(files)
  return acceptEdited(names.length === 0 ? graph.order : names.map(key), { session, graph, wait: 1000 })
}

async function edited(session: Session, files: readonly Migration[]) {
  const recorder = createRecorder(session)
  return editedMigrations(buildGraph(files), await recorder.applied(), recorder)
}

function dropIndex({ kind }: DatabaseUnderTest, name: string, table: string): string {
  return kind === 'mariadb' || kind === 'mysql' ? `DROP INDEX ${name} ON ${table}` : `DROP INDEX ${name}`
}
