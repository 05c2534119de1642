// The five-minute run of the README: `npm run demo`, or on a server `npm run demo -- --database postgres://user@host/empty_database`,
// and with mariadb:// or mysql:// likewise.
import assert from 'node:assert/strict'
import { lineDiff } from './line-diff.ts'
import {
  countRows,
  database,
  godwit,
  insertRows,
  installStage,
  migrationFiles,
  openShop,
  readShopFile,
} from './shop.ts'
import { showFact, showFile, showHeading, showRows } from './show.ts'
import { type Stage, stages } from './stages.ts'

/** How many lines of a file and of SQL are shown. */
const longest = { file: 26, sql: 12 }

async function demonstrate(): Promise<void> {
  await openShop()
  await createTheShop()
  for (const stage of stages) await evolve(stage)
  assert.match(godwit(['makemigrations', '--check']), /No changes detected/)
  await goBackAndForth()
}

async function createTheShop(): Promise<void> {
  installStage('0-initial')
  showHeading(
    '0. A shop: four apps, twelve models, an empty database',
    'The models are in demo/stages/0-initial. Godwit writes the first migrations.',
  )
  showFile('catalogue/models.ts', readShopFile('catalogue/models.ts'), 18)
  godwit(['makemigrations'], { mostLines: 8 })
  const files = migrationFiles()
  assert.deepEqual(
    files.map((file) => file.split('/')[0]),
    ['accounts', 'billing', 'blog', 'catalogue'],
  )
  showFile('blog/migrations/0001_initial.ts', readShopFile('blog/migrations/0001_initial.ts'), 15)
  godwit(['sqlmigrate', 'catalogue', '0001'], { mostLines: 6 })
  godwit(['migrate'])
  await insertRows()
  showFact(`${(await countRows()).size} tables, now with ${await totalRows()} rows in them`)
}

async function evolve(stage: Stage): Promise<void> {
  const { folder, title, about, models, question, answers, migration, code, query, rows } = stage
  showHeading(title, typeof about === 'string' ? about : about[database.kind])
  const before = { files: new Set(migrationFiles()), rows: await totalRows() }
  if (models !== undefined) editModels(models, folder)
  if (question !== undefined) assert.match(godwit(['makemigrations', '--no-input'], { exitCode: 2 }), question)
  godwit(['makemigrations', ...migration.arguments, ...answers.flatMap((answer) => ['--answer', answer])])

  const written = migrationFiles().filter((file) => !before.files.has(file))
  assert.deepEqual(written, [migration.file])
  if (code) installStage(folder)
  showFile(
    code ? `${migration.file}, with code put into it` : migration.file,
    readShopFile(migration.file),
    longest.file,
  )
  const [app = '', , file = ''] = migration.file.split('/')
  godwit(['sqlmigrate', app, file.slice(0, 4)], { mostLines: longest.sql })
  godwit(['migrate'])

  const found = (await database.rows(query)).map((row) => ({ ...row }))
  showRows(database.prompt, query, found)
  assert.deepEqual(found, rows)
  assert.equal(await totalRows(), before.rows)
  showFact(`${before.rows} rows before, ${before.rows} rows after`)
}

function editModels(models: string, folder: string): void {
  const before = readShopFile(models)
  installStage(folder)
  showFile(`${models}, edited`, lineDiff(before, readShopFile(models)).join('\n'), longest.file)
}

async function goBackAndForth(): Promise<void> {
  showHeading(
    'And back: every app to zero, and up again',
    'Unapplying is the same machinery with the two ends swapped.',
  )
  const [schema, rows] = [await database.schema(), await totalRows()]
  godwit(['migrate', 'blog', '0001'])
  godwit(['migrate', 'catalogue', '0001'])
  assert.equal(await totalRows(), rows)
  showFact(`the first models of blog and catalogue again, with all ${rows} rows`)
  for (const app of ['blog', 'billing', 'catalogue', 'accounts']) godwit(['migrate', app, 'zero'])
  assert.deepEqual(await database.schema(), [])
  showFact('nothing is left but the record of Godwit')
  godwit(['migrate'])
  assert.deepEqual(await database.schema(), schema)
  godwit(['showmigrations'])
  showFact(`${schema.length} ${objects[database.kind]}, to the letter what they were`)
}

/** What the schema of a database is a list of. */
const objects = {
  sqlite: 'tables and indexes',
  postgres: 'columns, constraints and indexes',
  mysql: 'columns, constraints and indexes',
}

async function totalRows(): Promise<number> {
  return (await countRows()).values().reduce((sum, count) => sum + count, 0)
}

try {
  await demonstrate()
} catch (error) {
  console.error(`\nThe demo ended early, because something was not as it should be.\n${String(error)}`)
  process.exitCode = 1
}
