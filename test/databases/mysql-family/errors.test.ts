import assert from 'node:assert/strict'
import type { GodwitError } from '../../../src/errors/error.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { openSession } from '../../support/open-session.ts'
import { rows, testBothWays, testOnEachProduct } from './two-ways.ts'

/** A statement fails with a code, and says certain words. */
async function fails(session: Session, text: string, code: string, words: RegExp = /./): Promise<void> {
  await assert.rejects(session.script(text), (error: GodwitError) => {
    assert.equal(error.code, code, `${text}: ${error.message}`)
    assert.match(error.message, words)
    return true
  })
}

const tables = [
  'CREATE TABLE parent (id int PRIMARY KEY, title varchar(5) UNIQUE, size tinyint, due date, CONSTRAINT positive CHECK (id > 0))',
  'CREATE TABLE child (id int, parent int NOT NULL, CONSTRAINT child_parent FOREIGN KEY (parent) REFERENCES parent (id))',
  "INSERT INTO parent (id, title) VALUES (1, 'one')",
  'INSERT INTO child VALUES (1, 1)',
]

testBothWays('what the data breaks is said with the data', tables, async (session) => {
  await fails(
    session,
    "INSERT INTO parent (id, title) VALUES (1, 'two')",
    'database.constraintFailed',
    /'1' for key .*PRIMARY/,
  )
  await fails(
    session,
    "INSERT INTO parent (id, title) VALUES (2, 'one')",
    'database.constraintFailed',
    /'one' for key .*title/,
  )
  await fails(session, 'INSERT INTO child VALUES (1, NULL)', 'database.constraintFailed', /'parent' cannot be null/)
  await fails(session, 'INSERT INTO child VALUES (1, 7)', 'database.constraintFailed', /child_parent/)
  await fails(session, 'DELETE FROM parent', 'database.constraintFailed', /child_parent/)
  await fails(session, 'INSERT INTO parent (id) VALUES (0)', 'database.constraintFailed', /positive/)
  for (const [child, real] of [
    ['child', /\.`child`, CONSTRAINT `child_id`/],
    ['`child`', /\.`child`, CONSTRAINT `child_id`/],
  ] as const) {
    await session.script('UPDATE child SET id = 8')
    const text = `ALTER TABLE ${child} ADD CONSTRAINT child_id FOREIGN KEY (id) REFERENCES parent (id)`
    await fails(session, text, 'database.constraintFailed', real)
  }
})

testBothWays('equal rows are said to be what a copy of a table fails over', tables, async (session) => {
  await session.script('INSERT INTO parent (id, size) VALUES (2, 1), (3, 1)')
  const copied = 'ALTER TABLE parent ADD UNIQUE (size), ALGORITHM=COPY'
  await fails(session, copied, 'database.constraintFailed', /Rows are equal in a key|Duplicate entry/)
})

testBothWays('a value that does not fit is said to be one', tables, async (session) => {
  await fails(
    session,
    "INSERT INTO parent (id, title) VALUES (2, 'far too long')",
    'database.valueRefused',
    /too long for column 'title'/,
  )
  await fails(
    session,
    'INSERT INTO parent (id, size) VALUES (2, 300)',
    'database.valueRefused',
    /Out of range value for column 'size'/,
  )
  await fails(
    session,
    "INSERT INTO parent (id, due) VALUES (2, 'soon')",
    'database.valueRefused',
    /Incorrect date value: 'soon'/,
  )
  await fails(session, "INSERT INTO parent (id, size) VALUES (2, 'big')", 'database.valueRefused', /'big'/)
  await fails(session, 'INSERT INTO child (id) VALUES (1)', 'database.valueRefused', /'parent' doesn't have a default/)
  await fails(session, 'ALTER TABLE parent MODIFY title varchar(2)', 'database.valueRefused', /title/)
  await fails(
    session,
    "ALTER TABLE parent ADD COLUMN place varchar(9) CHARACTER SET latin1 DEFAULT '漢字'",
    'database.valueRefused',
    /Invalid default value for 'place'/,
  )
  assert.deepEqual(await rows(session, 'SELECT title FROM parent'), [{ title: 'one' }])
})

testBothWays('a failure names the statement and what kind of failure it is', tables, async (session) => {
  await assert.rejects(session.script('SELECT nope FROM parent'), (error: GodwitError) => {
    const { message, ...details } = error.details as Record<string, unknown>
    assert.deepEqual(details, { database: session.label, statement: 'SELECT nope FROM parent', code: 1054 })
    assert.match(String(message), /^Unknown column 'nope' in '(field list|SELECT)'$/)
    return true
  })
  await fails(session, 'SELECT * FROM nowhere', 'database.statementFailed', /nowhere' doesn't exist/)
  await fails(session, 'SELEC 1', 'database.statementFailed', /syntax/)
  await fails(session, 'ALTER TABLE parent ADD colum x int', 'database.statementFailed', /data type|syntax/)
  await fails(session, 'CREATE TABLE parent (id int)', 'database.tableExists', /table parent/)
  await fails(session, 'ALTER TABLE child RENAME TO parent', 'database.tableExists', /table parent/)
  for (const text of [
    'CREATE INDEX title ON parent (id)',
    'ALTER TABLE parent ADD COLUMN title text',
    'ALTER TABLE parent ADD CONSTRAINT positive CHECK (id > 1)',
    'CREATE TABLE other (id int, CONSTRAINT child_parent FOREIGN KEY (id) REFERENCES parent (id))',
  ]) {
    await fails(session, text, 'database.nameTaken', /uplicate|already exists/)
  }
})

testBothWays('what the server refuses to make is told by its kind', tables, async (session) => {
  for (const text of [
    'ALTER TABLE child ADD COLUMN p varchar(5), ADD FOREIGN KEY (p) REFERENCES parent (id)',
    'ALTER TABLE child ADD FOREIGN KEY (id) REFERENCES parent (size)',
    'CREATE TABLE orphan (id bigint, FOREIGN KEY (id) REFERENCES parent (id))',
    'CREATE TABLE orphan (id int, FOREIGN KEY (id) REFERENCES nowhere (id))',
  ]) {
    await fails(session, text, 'database.foreignKeyRefused')
  }
  const wide = Array.from({ length: 5 }, (_, index) => `c${index} varchar(4000)`).join(', ')
  await fails(session, `CREATE TABLE wide (${wide}) CHARACTER SET utf8mb4`, 'database.tooWide', /Row size too large/)
  await fails(
    session,
    'CREATE TABLE wide (c varchar(4000), PRIMARY KEY (c)) CHARACTER SET utf8mb4',
    'database.tooWide',
    /key was too long/,
  )
  await fails(session, 'CREATE TABLE wide (c text, PRIMARY KEY (c))', 'database.tooWide', /key specification/)
  await fails(
    session,
    'ALTER TABLE parent MODIFY size bigint, ALGORITHM=INSTANT',
    'database.algorithmRefused',
    /INSTANT/,
  )
  await fails(
    session,
    'ALTER TABLE parent MODIFY size bigint, ALGORITHM=INPLACE',
    'database.algorithmRefused',
    /INPLACE/,
  )
})

testBothWays('a table that keeps its history says what has to be set', tables, async (session) => {
  if (session.dialect.name !== 'mariadb') return
  await session.script('CREATE TABLE kept (id int PRIMARY KEY) WITH SYSTEM VERSIONING')
  const alter = 'ALTER TABLE kept ADD COLUMN a int'
  await fails(session, alter, 'database.historyKept', /Change @@system_versioning_alter_history/)
  await assert.rejects(session.script(alter), ({ fix }: GodwitError) =>
    fix.includes('SET GLOBAL system_versioning_alter_history = KEEP'),
  )
})

testBothWays('what depends on a thing keeps it, and is named', tables, async (session) => {
  await fails(session, 'DROP TABLE parent', 'database.dependedOn', /child_parent|a foreign key constraint fails/)
  await fails(session, 'ALTER TABLE parent DROP COLUMN id', 'database.dependedOn', /child_parent/)
  await fails(session, 'ALTER TABLE parent DROP PRIMARY KEY', 'database.dependedOn', /./)
  await fails(session, 'ALTER TABLE child DROP INDEX child_parent', 'database.dependedOn', /child_parent/)
})

testOnEachProduct('what a user may not do is said to be that, without the password', async (database) => {
  const owner = await database.openSession()
  const user = `godwit_test_${process.pid}_guest`
  const place = new URL(database.url).pathname.slice(1)
  for (const text of [
    'CREATE TABLE secrets (n int)',
    `CREATE USER ${user} IDENTIFIED BY 'topsecret'`,
    `GRANT INSERT ON ${place}.* TO ${user}`,
  ]) {
    await owner.script(text)
  }
  const url = new URL(database.url)
  url.username = user
  url.password = 'topsecret'
  try {
    const guest = await openSession(url.href)
    for (const text of [
      'SELECT * FROM secrets',
      'ALTER TABLE secrets ADD COLUMN m int',
      'SET GLOBAL max_connections = 7',
    ]) {
      await fails(guest, text, 'database.notPermitted', /denied/)
      await assert.rejects(guest.script(text), (error: GodwitError) => !/topsecret/.test(JSON.stringify(error.details)))
    }
    const long = `ALTER TABLE secrets ADD COLUMN m varchar(999) DEFAULT '${'x'.repeat(900)}'`
    await assert.rejects(guest.script(long), {
      code: 'database.notPermitted',
      message: /denied .* The statement was `ALTER TABLE secrets .*x…`/,
    })
    await guest.close()
  } finally {
    await owner.script(`DROP USER ${user}`)
    await owner.close()
  }
})

testOnEachProduct(
  'two transactions that wait for each other end in a sentence, and a lost one is gone on with by nobody',
  async (database) => {
    const [one, two] = [
      await openSession(database.url, { lockTimeout: 20_000 }),
      await openSession(database.url, { lockTimeout: 20_000 }),
    ]
    await one.script('CREATE TABLE t (n int PRIMARY KEY, m int)')
    await one.script('INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)')
    const { promise: bothHold, resolve } = Promise.withResolvers<void>()
    let holding = 0
    const work = (session: Session, first: number, second: number, own: number): Promise<void> =>
      session.transaction(async () => {
        await session.script(`UPDATE t SET m = ${own} WHERE n = ${first}`)
        holding += 1
        if (holding === 2) resolve()
        await bothHold
        await session.kysely
          .transaction()
          .execute(async (inner) => {
            await inner.updateTable('t').set({ m: own }).where('n', '=', second).execute()
          })
          .catch(async (error: GodwitError) => {
            // What the server has taken back as a whole is not gone on with statement by statement.
            await assert.rejects(session.script(`UPDATE t SET m = ${own} WHERE n = 3`), {
              code: 'database.transactionFailed',
            })
            throw error
          })
      })
    const outcomes = await Promise.allSettled([work(one, 1, 2, 10), work(two, 2, 1, 20)])
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'done')).toSorted()
    assert.deepEqual(codes, ['database.deadlock', 'done'])
    const winner = outcomes[0]?.status === 'fulfilled' ? 10 : 20
    assert.deepEqual(await rows(one, 'SELECT n, m FROM t ORDER BY n'), [
      { n: 1, m: winner },
      { n: 2, m: winner },
      { n: 3, m: 0 },
    ])
    await Promise.all([one.close(), two.close()])
  },
)

testOnEachProduct('a statement that carries much is not repeated in whole', async (database) => {
  const session = await database.openSession()
  await session.script('CREATE TABLE t (n int PRIMARY KEY)')
  const values = Array.from({ length: 5000 }, () => '(1)').join(', ')
  await assert.rejects(session.script(`INSERT INTO t VALUES ${values}`), (error: GodwitError) => {
    assert.equal(error.code, 'database.constraintFailed')
    assert.ok(error.message.length < 3000)
    return true
  })
  await session.close()
})
