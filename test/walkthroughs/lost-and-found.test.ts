import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../../src/api/migrate.ts'
import { allRows } from '../support/all-rows.ts'
import { commitAll, git } from '../support/real-git.ts'
import { type Story, walkthrough } from './walkthrough.ts'

const library = `
import { f, model } from 'godwit'
import { Reader } from '../people/models.ts'
export const Book = model('Book', { title: f.char({ maxLength: 80 }), reader: f.foreignKey(() => Reader, { null: true, onDelete: 'setNull' }) })
`
const people = `
import { f, model } from 'godwit'
import { Book } from '../library/models.ts'
export const Reader = model('Reader', { name: f.char({ maxLength: 40 }), favourite: f.foreignKey(() => Book, { null: true, onDelete: 'setNull', relatedName: 'fans' }) })
`

const file = (names: string, dependencies: string, operations: string): string => `
import { ${names}, defineMigration } from 'godwit/migrations'
export default defineMigration({ dependencies: [${dependencies}], operations: [${operations}] })
`
const history = {
  'library/migrations/0001_initial.ts': file(
    'createModel, f',
    '',
    "createModel({ name: 'Book', fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 40 }) } })",
  ),
  'people/migrations/0001_initial.ts': file(
    'createModel, f',
    "['library', '0001_initial']",
    "createModel({ name: 'Reader', fields: { id: f.bigAuto({ primaryKey: true }), name: f.char({ maxLength: 40 }), favourite: f.foreignKey('library.Book', { null: true, onDelete: 'setNull', relatedName: 'fans' }) } })",
  ),
  'library/migrations/0002_book_reader.ts': file(
    'addField, alterField, f',
    "['library', '0001_initial'], ['people', '0001_initial']",
    "alterField({ model: 'Book', name: 'title', field: f.char({ maxLength: 80 }) }), addField({ model: 'Book', name: 'reader', field: f.foreignKey('people.Reader', { null: true, onDelete: 'setNull' }) })",
  ),
  'library/migrations/0003_tidy.ts': file(
    'runCode',
    "['library', '0002_book_reader']",
    "runCode({ models: { Book: 'library.Book' }, async forwards({ models: { Book } }) { await Book.filter({ title: '' }).update({ title: 'Untitled' }) }, backwards() {} })",
  ),
}

const record = 'SELECT app, name FROM godwit_migrations ORDER BY app, name'

function urlOf({ project }: Story, database: string): string {
  const config = project.read('godwit.config.ts')
  const { databases } = JSON.parse(config.slice(config.indexOf('defineConfig(') + 13, config.lastIndexOf(')')))
  return databases[database]
}

function remove({ project, say }: Story, ...paths: readonly string[]): void {
  say(`$ rm ${paths.join(' ')}`)
  for (const path of paths) rmSync(join(project.dir, path))
}

walkthrough(
  'lost-and-found',
  'Files are lost, rows are lost, a copy of production comes into a project that has gone on, and two apps that wait for each other begin anew',
  {
    files: {
      'library/models.ts': library,
      'people/models.ts': people,
      '.gitignore': 'node_modules\n',
      ...history,
    },
    databases: ['production'],
  },
  async (story) => {
    const { $, say, show, sql, rows, project } = story
    for (const database of ['default', 'production']) {
      await migrate({ cwd: project.dir, database })
      await sql("INSERT INTO library_book (title) VALUES ('Emma'), ('Persuasion')", database)
      await sql("INSERT INTO people_reader (name, favourite_id) VALUES ('Ada', 2)", database)
    }
    git(project.dir, 'init', '--quiet')
    commitAll(project.dir, 'all of it')
    const before = await allRows(urlOf(story, 'default'))

    say('Files were deleted by mistake. The record has all of them but the code.')
    remove(story, 'library/migrations/0002_book_reader.ts', 'library/migrations/0003_tidy.ts')
    await $('resetmigrations library', 2)
    await $('resetmigrations library --from-record')
    show('library/migrations/0002_book_reader.ts')
    show('library/migrations/0003_tidy.ts')
    await $('migrate')
    git(project.dir, 'checkout', '--quiet', '.')

    say('Somebody emptied the record.')
    await sql("DELETE FROM godwit_migrations WHERE app = 'library'")
    await $('migrate', 2)
    await sql('DELETE FROM godwit_migrations')
    await $('migrate', 2)
    await $('resetmigrations library people --from-files --plan')
    await $('resetmigrations library people --from-files --answer library:rows=record --answer people:rows=record')
    await rows(record)
    await $('migrate')

    say(
      'A file was edited after it was applied. The tables are what the models say, so a fresh beginning is one of the ways out.',
    )
    const initial = join(project.dir, 'library/migrations/0001_initial.ts')
    writeFileSync(initial, readFileSync(initial, 'utf8').replace('maxLength: 40', 'maxLength: 50'))
    await $('migrate', 2)

    say(
      'Two apps that wait for each other begin anew together. The edit is in no commit, so somebody has to agree to that too.',
    )
    await $('resetmigrations --all --plan')
    await $('resetmigrations --all --answer library:history=reset --answer people:history=reset', 2)
    git(project.dir, 'checkout', '--quiet', '.')
    await $('resetmigrations --all --answer library:history=reset --answer people:history=reset')
    for (const name of [
      'library/migrations/0001_initial.ts',
      'people/migrations/0001_initial.ts',
      'library/migrations/0002_initial.ts',
    ])
      show(name)
    await rows(record)
    assert.equal(await allRows(urlOf(story, 'default')), before)
    say('It is taken back, and done again.')
    await $('resetmigrations --restore')
    await rows(record)
    await $('migrate')
    await $('resetmigrations --all --answer library:history=reset --answer people:history=reset')
    await $('makemigrations --check')

    say('Production adopts all of it.')
    await $('migrate --database production')
    await rows(record, 'production')
    assert.equal(await allRows(urlOf(story, 'production')), before)

    say(
      'Another copy of production comes with rows of a hotfix that this project never had, and without those that it has.',
    )
    await sql(
      "UPDATE godwit_migrations SET name = '0001_start', resets = NULL, checksum = 'x' WHERE app = 'people'",
      'production',
    )
    await $('migrate --database production', 2)
    await $('resetmigrations people --from-files --answer people:rows=record --database production')
    await $('migrate --database production')
    assert.equal(await allRows(urlOf(story, 'production')), before)
  },
)
