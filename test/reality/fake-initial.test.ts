import assert from 'node:assert/strict'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import type { Migration } from '../../src/history/migration.ts'
import { addField, alterField, createEnum, createModel, f, removeField, runCode, runSql } from '../../src/migrations.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { verbatim } from '../../src/schema/sql.ts'
import { failsWith, key, migration } from '../history/migrations.ts'
import { databases, testOnEach } from '../support/databases.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'
import { byHand, cycle, initial, rows } from './fake-initial-shop.ts'

testOnEach('an initial migration is recorded where other hands made all of it, and the next finds it', async (on) => {
  await onDatabase(on, handMade(on) + rows, async (session) => {
    const before = await contentOf(session)
    assert.deepEqual(await applied(session, [initial]), [['0001_initial', true, true]])
    assert.deepEqual(await contentOf(session), before)
    assert.deepEqual(await applied(session, [initial]), [])

    const next = migration('shop.0002_other', ['shop.0001_initial'], {
      operations: [
        alterField({ model: 'Author', name: 'email', field: f.char({ maxLength: 80 }) }),
        alterField({ model: 'Author', name: 'name', field: f.char({ maxLength: 40 }) }),
        alterField({
          model: 'Book',
          name: 'kind',
          field: f.char({ maxLength: 10, choices: ['paper', 'ebook', 'audio'] }),
        }),
        alterField({ model: 'Book', name: 'author', field: f.foreignKey('shop.Author', { onDelete: 'restrict' }) }),
      ],
    })
    await migrate({ session, graph: buildGraph([initial, next]) })
    assert.deepEqual((await session.inspect()).tables.get('shop_author')?.indexes, [])
    assert.deepEqual((await session.inspect()).tables.get('shop_author')?.uniques, [])
    assert.deepEqual(await differences(session, [initial, next]), [])
    assert.deepEqual(await contentOf(session), before)
    await migrate({
      session,
      graph: buildGraph([initial, next]),
      target: { kind: 'migration', key: key('shop.0001_initial') },
    })
    assert.deepEqual(await differences(session, [initial]), [])
    const gone = migration('shop.0002_gone', ['shop.0001_initial'], {
      operations: [removeField({ model: 'Book', name: 'author' }), removeField({ model: 'Book', name: 'kind' })],
    })
    await migrate({ session, graph: buildGraph([initial, gone]) })
    assert.deepEqual(await differences(session, [initial, gone]), [])
  })
})

testOnEach(
  'where none of its tables is there, it is carried out; what has no model is nobody’s business',
  async (on) => {
    const besides = 'CREATE TABLE visits (id int); CREATE VIEW none_of_ours AS SELECT id FROM visits;'
    await onDatabase(on, besides, async (session) => {
      assert.deepEqual(await applied(session, [initial]), [['0001_initial', false, undefined]])
      assert.deepEqual(await differences(session, [initial]), [])
    })
  },
)

/** What is changed in what other hands made, and what is said of it. */
const nearMisses: readonly (readonly [from: string | RegExp, to: string, said: RegExp])[] = [
  ['title varchar(40)', 'title varchar(30)', /title/],
  ['title varchar(40) NOT NULL', 'title varchar(40)', /title/],
  ['NOT NULL DEFAULT 0', 'NOT NULL DEFAULT 1', /price/],
  ['ON DELETE CASCADE', 'ON DELETE RESTRICT', /stranger_key/],
  ["('paper', 'ebook')", "('paper', 'ebooks')", /check/],
  ['title varchar', "extra varchar(5) DEFAULT 'x', title varchar", /extra/],
  [/(kind varchar\(10\) NOT NULL)[^,]*CHECK \(kind IN \([^)]*\)\)|\n *CONSTRAINT stranger_check [^\n]*/, '$1', /check/],
  [/$/, 'CREATE INDEX another ON shop_book (title);', /another/],
  [/$/, 'DROP TABLE shop_book;', /shop_book/],
]

testOnEach('a near miss says what differs, and nothing is recorded or changed', async (on) => {
  await onDatabase(on, '', async (session, exec) => {
    for (const [from, to, said] of nearMisses) {
      const text = handMade(on).replace(from, to)
      assert.notEqual(text, handMade(on), String(from))
      await exec(text)
      const before = await session.inspect()
      await assert.rejects(applied(session, [initial]), (error: Error) => {
        failsWith('adopting.initialDiffers')(error)
        assert.match(error.message, said)
        return true
      })
      assert.deepEqual(await session.inspect(), before)
      assert.deepEqual(await recordTables(session), [])
      await exec(`${text.includes('DROP TABLE') ? '' : 'DROP TABLE shop_book;'} DROP TABLE shop_author;`)
    }
  })
})

testOnEach(
  'an enum type with other values is a near miss, and so is a comment',
  async (on) => {
    const post = migration('blog.0001_initial', [], {
      initial: true,
      operations: [
        createEnum({ name: 'mood', values: ['glad', 'sad'] }),
        createModel({
          name: 'Post',
          fields: {
            id: f.bigAuto({ primaryKey: true }),
            mood: f.enum(['glad', 'sad'], { native: 'mood', comment: 'of the author' }),
          },
        }),
      ],
    })
    const text = (values: string, comment: string): string =>
      `CREATE TYPE mood AS ENUM (${values}); CREATE TABLE blog_post (id bigserial PRIMARY KEY, mood mood NOT NULL);
       COMMENT ON COLUMN blog_post.mood IS '${comment}';`
    await onDatabase(on, '', async (session, exec) => {
      for (const [values, comment, said] of [
        ["'glad', 'mad'", 'of the author', /enum type mood has the values/],
        ["'glad', 'sad'", 'of the reader', /comment/],
      ] as const) {
        await exec(text(values, comment))
        await assert.rejects(applied(session, [post]), (error: Error) => {
          assert.match(error.message, said)
          return failsWith('adopting.initialDiffers')(error)
        })
        await exec('DROP TABLE blog_post; DROP TYPE mood')
      }
      await exec(text("'glad', 'sad'", 'of the author'))
      assert.deepEqual(await applied(session, [post]), [['0001_initial', true, true]])
    })
  },
  databases.filter(({ kind }) => kind === 'postgres'),
)

testOnEach('pieces of one beginning are judged together, or as far as they go', async (on) => {
  await onDatabase(on, '', async (session) => {
    const forget = async (): Promise<void> => {
      for (const table of await recordTables(session)) await session.query(verbatim(`DROP TABLE ${table}`))
    }
    const chosen = (position: number): Migration => {
      const one = cycle[position]
      assert.ok(one !== undefined)
      return one
    }
    await migrate({ session, graph: buildGraph(cycle) })
    await forget()
    const all = [
      ['0001_initial', true, true],
      ['0001_initial', true, true],
      ['0002_initial', true, true],
    ]
    assert.deepEqual(await applied(session, cycle), all)
    await migrate({ session, graph: buildGraph(cycle), target: { kind: 'migration', key: key('press.0001_initial') } })
    await forget()
    assert.deepEqual(
      await applied(session, [chosen(0), chosen(1)]),
      all.slice(0, 1).concat([['0001_initial', true, true]]),
    )
    assert.deepEqual(await applied(session, cycle), [['0002_initial', false, undefined]])
    assert.deepEqual(await differences(session, cycle), [])
  })
})

testOnEach('what no table shows is not passed over without a word', async (on) => {
  const seeded = (step: ReturnType<typeof runCode> | ReturnType<typeof runSql>): Migration => ({
    ...initial,
    definition: { ...initial.definition, operations: [...initial.definition.operations, step] },
  })
  const code = seeded(runCode({ forwards: async () => assert.fail('it was carried out') }))
  const rowsOfAda = "SELECT 1 FROM shop_author WHERE name = 'Ada'"
  const sql = seeded(runSql({ forwards: 'DELETE FROM shop_book', done: rowsOfAda }))
  await onDatabase(on, handMade(on), async (session, exec) => {
    await assert.rejects(
      applied(session, [code]),
      failsWith('adopting.stepsUnseen', { unseen: [{ migration: 'shop.0001_initial', steps: ['Run code'] }] }),
    )
    await assert.rejects(applied(session, [sql]), failsWith('adopting.stepsUnseen'))
    assert.deepEqual(await recordTables(session), [])
    await exec(rows)
    assert.deepEqual(await applied(session, [sql]), [['0001_initial', true, true]])
    await migrate({ session, graph: buildGraph([sql]), target: { kind: 'app', app: 'shop' } })
    for (const table of await recordTables(session)) await exec(`DROP TABLE ${table}`)
    const { applied: done } = await migrate({
      session,
      graph: buildGraph([code]),
      fakeInitial: true,
      onUnseenSteps: async () => true,
    })
    assert.equal(done.length, 1)
  })
})

testOnEach('what is no initial migration is carried out, whatever is there', async (on) => {
  const later = migration('shop.0002_more', ['shop.0001_initial'], {
    operations: [addField({ model: 'Author', name: 'born', field: f.integer({ null: true }) })],
  })
  await onDatabase(on, handMade(on), async (session) => {
    assert.deepEqual(await applied(session, [initial, later]), [
      ['0001_initial', true, true],
      ['0002_more', false, undefined],
    ])
    assert.deepEqual(await differences(session, [initial, later]), [])
  })
})

testOnEach('what SQL of a migration made, as the database remembers, is no near miss', async (on) => {
  const sql = migration('shop.0002_by_sql', ['shop.0001_initial'], {
    operations: [runSql({ forwards: 'CREATE INDEX by_sql ON shop_book (title)' })],
  })
  await onDatabase(on, handMade(on), async (session, exec) => {
    await applied(session, [initial, sql])
    await exec('DROP TABLE godwit_migrations')
    assert.deepEqual(await applied(session, [initial]), [['0001_initial', true, true]])
  })
})

testOnEach('many processes at once record it once', async (on) => {
  const database = await on.create()
  const client = await database.connect()
  await client.exec(handMade(on))
  await client.close()
  const sessions = await Promise.all([1, 2, 3, 4].map(() => database.openSession()))
  try {
    const all = await Promise.all(sessions.map((session) => applied(session, [initial])))
    assert.deepEqual(all.flat(), [['0001_initial', true, true]])
  } finally {
    for (const session of sessions) await session.close()
    await database.drop()
  }
})

async function onDatabase(
  on: DatabaseUnderTest,
  text: string,
  work: (session: Session, exec: (text: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const database = await on.create()
  const client = await database.connect()
  if (text !== '') await client.exec(text)
  const session = await database.openSession()
  try {
    await work(session, (more) => client.exec(more))
  } finally {
    await session.close()
    await client.close()
    await database.drop()
  }
}

function handMade({ kind }: DatabaseUnderTest): string {
  return byHand[kind === 'mysql' ? 'mariadb' : kind] ?? assert.fail(kind)
}

/** What `migrate` with `fakeInitial` did: names, whether only recorded, whether compared. */
async function applied(session: Session, migrations: readonly Migration[]) {
  const result = await migrate({ session, graph: buildGraph(migrations), fakeInitial: true })
  return result.applied.map(({ migration: { name }, fake, verified }) => [name, fake, verified])
}

async function differences(session: Session, migrations: readonly Migration[]): Promise<readonly string[]> {
  const { compareDatabase } = await import('../../src/reality/compare-database.ts')
  const { replay } = await import('../../src/history/replay.ts')
  const graph = buildGraph(migrations)
  const { discrepancies } = await compareDatabase({ session, state: replay(graph, graph.order) })
  return discrepancies.map(({ text }) => text)
}

async function recordTables(session: Session): Promise<readonly string[]> {
  const { tables } = await session.inspect({
    tables: ['godwit_migrations', 'godwit_journal', 'godwit_batches', 'godwit_objects'],
  })
  return [...tables.keys()]
}

async function contentOf(session: Session): Promise<readonly unknown[]> {
  const [authors, books] = [
    await session.query(verbatim('SELECT id, email, name FROM shop_author ORDER BY id')),
    await session.query(verbatim('SELECT id, title, price, kind, author_id FROM shop_book ORDER BY id')),
  ]
  return [...authors, ...books].map((row) => ({ ...row }))
}
