import { walkthrough } from './walkthrough.ts'

const models = `
import { f, model } from 'godwit'
export const Author = model('Author', { name: f.char({ maxLength: 100 }) })
export const Book = model('Book', {
  title: f.char({ maxLength: 200 }),
  author: f.foreignKey(() => Author, { onDelete: 'cascade' }),
  pages: f.integer({ null: true }),
})
`

walkthrough(
  'create-and-apply',
  'From models to tables: write the migration, look at it, apply it, and find that nothing is left to do',
  { files: { 'library/models.ts': models }, perDatabase: true },
  async ({ $, show, sql, rows }) => {
    await $('makemigrations')
    show('library/migrations/0001_initial.ts')
    await $('sqlmigrate library 0001')
    await $('migrate --plan')
    await $('migrate --check', 2)
    await $('migrate')
    await $('showmigrations')
    await $('migrate --plan')
    await $('makemigrations')
    await sql("INSERT INTO library_author (name) VALUES ('Le Guin')")
    await sql("INSERT INTO library_book (title, author_id) VALUES ('The Dispossessed', 1)")
    await rows('SELECT title, name, pages FROM library_book JOIN library_author ON library_author.id = author_id')
  },
)
