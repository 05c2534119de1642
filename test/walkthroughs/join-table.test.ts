import { walkthrough } from './walkthrough.ts'

const models = (tags: string, join: string): string => `
import { f, model } from 'godwit'
export const Tag = model('Tag', { label: f.char({ maxLength: 30 }) })
export const Photo = model('Photo', { title: f.char({ maxLength: 100 }), tags: f.manyToMany(() => Tag${tags}) })
${join}`
const through = `export const Tagging = model('Tagging', {
  photo: f.foreignKey(() => Photo, { onDelete: 'cascade' }),
  tag: f.foreignKey(() => Tag, { onDelete: 'cascade' }),
  weight: f.integer({ default: 1 }),
})
`

walkthrough(
  'join-table',
  "A many-to-many's join table becomes a model of its own, with a further column, and every pair stays",
  { files: { 'album/models.ts': models('', '') } },
  async ({ $, edit, show, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO album_tag (label) VALUES ('birds'), ('coast')")
    await sql("INSERT INTO album_photo (title) VALUES ('Mudflat')")
    await sql('INSERT INTO album_photo_tags (photo_id, tag_id) VALUES (1, 1), (1, 2)')
    edit('album/models.ts', models(', { through: () => Tagging }', through))
    await $('makemigrations')
    show('album/migrations/0002_tagging_photo_tags.ts')
    await $('migrate')
    await rows('SELECT photo_id, tag_id, weight FROM album_tagging ORDER BY tag_id')
    await $('makemigrations')
    await $('migrate album 0001')
    await rows('SELECT photo_id, tag_id FROM album_photo_tags ORDER BY tag_id')
  },
)
