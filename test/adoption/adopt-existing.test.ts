import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findDrift } from '../../src/api/find-drift.ts'
import { openDatabase } from '../../src/api/open-database.ts'
import { adoptDatabase, loadProject, makeMigrations, migrate } from '../../src/api.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'
import type { DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'
import { textOf } from './adopt.ts'
import { type Edition, editions } from './editions.ts'

for (const edition of editions) {
  const among = databases.filter(({ kind }) => edition.on.includes(kind))
  testOnEach(
    `a database made by ${edition.maker} is adopted, evolved and taken back`,
    (on) => adopted(edition, on),
    among,
  )
}

async function adopted(edition: Edition, on: DatabaseUnderTest): Promise<void> {
  const database = await on.create()
  await fill(database, [
    textOf(`${edition.folder}/${on.kind}.sql`),
    ...(edition.rows === undefined ? [] : [textOf(edition.rows)]),
  ])
  const project = projectOver(database, {})
  try {
    const before = await contentOf(database)
    const planned = await adoptDatabase({ cwd: project.dir, plan: true, header: false })
    assert.deepEqual(readdirSync(join(project.dir, 'shop')), ['.keep'], 'a plan writes nothing')
    const result = await adoptDatabase({ cwd: project.dir, header: false })
    assert.deepEqual({ ...result, isPlan: true }, planned, 'what was planned is what was done')
    assert.deepEqual(result.drift, [])
    assert.deepEqual(result.recorded, ['shop.0001_initial'])
    const told = [
      ...result.otherTools.map(({ table, tool }) => `${table}: ${tool}`),
      ...result.leftAlone.map(({ table, text }) => `${table ?? '-'}: ${text}`),
    ]
    assert.deepEqual(told.toSorted(), [...(edition.leftAlone[on.kind] ?? [])].toSorted())
    assert.deepEqual(await contentOf(database), before, 'no table was touched')
    await isClean(project)

    // The same files elsewhere: everything is there, and nothing is left to do.
    const files = Object.fromEntries(
      ['shop/models.ts', 'shop/migrations/0001_initial.ts'].map((file) => [file, project.read(file)]),
    )
    const clone = projectOver(database, files)
    const again = await adoptDatabase({ cwd: clone.dir })
    assert.deepEqual([again.models.isThere, again.recorded, again.drift], [true, [], []])
    assert.deepEqual((await makeMigrations({ cwd: clone.dir, dryRun: true })).migrations, [])

    project.write('shop/models.ts', edition.change(project.read('shop/models.ts')))
    const { migrations } = await makeMigrations({ cwd: project.dir, header: false })
    assert.ok(migrations.length > 0)
    await migrate({ cwd: project.dir })
    await isClean(project)
    assert.deepEqual(await contentOf(database, before), before, 'the rows are as they were, forwards')
    await migrate({ cwd: project.dir, app: 'shop', migration: '0001' })
    await isClean(project)
    assert.deepEqual(await contentOf(database), before, 'the rows are as they were, backwards')
  } finally {
    await database.drop()
  }
}

function projectOver(database: TestDatabase, files: Readonly<Record<string, string>>): TestProject {
  const config = `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['./shop'], databases: { default: '${database.url}' } })
`
  return createProject({ files: { 'godwit.config.ts': config, 'shop/.keep': '', ...files }, database })
}

async function fill(database: TestDatabase, texts: readonly string[]): Promise<void> {
  const client = await database.connect()
  try {
    for (const text of texts) await client.exec(text)
  } finally {
    await client.close()
  }
}

async function isClean({ dir }: TestProject): Promise<void> {
  const project = await loadProject({ cwd: dir })
  const session = await openDatabase(project)
  try {
    const { judged } = await findDrift({ project, database: undefined, session })
    assert.deepEqual(
      judged.discrepancies.map(({ text }) => text),
      [],
    )
  } finally {
    await session.close()
  }
}

type Content = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>

/** The rows of every table but Godwit's own; only the columns of an earlier content, where one is given. */
async function contentOf(database: TestDatabase, like?: Content): Promise<Content> {
  const session = await database.openSession()
  const client = await database.connect()
  try {
    const { tables } = await session.inspect()
    const found: Record<string, readonly Readonly<Record<string, unknown>>[]> = {}
    const { spelling, toText } = session.dialect
    for (const name of tables.keys()) {
      const rows = await client.all(`SELECT * FROM ${toText(spelling.table(name))}`)
      const columns = Object.keys(like?.[name]?.[0] ?? rows[0] ?? {})
      found[name] = rows
        .map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    }
    return found
  } finally {
    await client.close()
    await session.close()
  }
}
