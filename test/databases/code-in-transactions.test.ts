import assert from 'node:assert/strict'
import { migrate } from '../../src/execution/migrate.ts'
import { buildGraph } from '../../src/history/graph.ts'
import { type CodeStep, createModel, defineMigration, f, runCode } from '../../src/migrations.ts'
import { name, sql } from '../../src/schema/sql.ts'
import { testOnEach } from '../support/databases.ts'
import { becauseOf } from '../support/reason-of.ts'
import type { DatabaseUnderTest } from '../support/test-database.ts'

interface Models {
  readonly Note: { readonly text: string }
}

/** The texts of all notes after a step of code that has the model `Note`, and may be silent for half a second. */
async function notesAfter(on: DatabaseUnderTest, forwards: CodeStep<Models>): Promise<readonly unknown[]> {
  const database = await on.create()
  const session = await database.openSession()
  try {
    const fields = { id: f.bigAuto({ primaryKey: true }), text: f.text() }
    const definition = defineMigration({
      operations: [createModel({ name: 'Note', fields }), runCode<Models>({ models: { Note: 'blog.Note' }, forwards })],
    })
    await migrate({ session, graph: buildGraph([{ app: 'blog', name: '0001', definition }]), codeTimeout: 500 })
    const rows = await session.query(sql`SELECT ${name('text')} FROM ${name('blog_note')} ORDER BY ${name('id')}`)
    return rows.map(({ text }) => text)
  } finally {
    await session.close()
  }
}

testOnEach('models take part in a transaction that the code begins', async (on) => {
  const notes = await notesAfter(on, async ({ models: { Note }, db }) => {
    await db.transaction().execute(async (trx) => {
      await Note.create({ text: 'kept' })
      await trx.insertInto('blog_note').values({ text: 'beside it' }).execute()
    })
    const undone = db.transaction().execute(async () => {
      await Note.create({ text: 'undone' })
      throw new Error('enough')
    })
    await assert.rejects(undone, /enough/)
    await Note.create({ text: 'afterwards' })
  })
  assert.deepEqual(notes, ['kept', 'beside it', 'afterwards'])
})

testOnEach('code that waits for its own transaction is given up', async (on) => {
  const waiting = notesAfter(on, async ({ db }) => {
    await db.transaction().execute(async () => {
      await db.insertInto('blog_note').values({ text: 'never' }).execute()
    })
  })
  await assert.rejects(becauseOf(waiting), { code: 'execution.codeStepHangs' })
})
