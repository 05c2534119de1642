import { walkthrough } from './walkthrough.ts'

const models = (field: string, name = 'Post'): string => `
import { f, index, model } from 'godwit'
export const ${name} = model('${name}', {
  ${field}: f.char({ maxLength: 100 }),
}, { indexes: [index({ fields: ['${field}'] })] })
`

walkthrough(
  'safe-rename',
  'A field and a model get other names, and no row is lost',
  { files: { 'blog/models.ts': models('title') } },
  async ({ $, edit, show, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO blog_post (title) VALUES ('On godwits')")
    edit('blog/models.ts', models('headline'))
    await $('makemigrations', 2)
    await $('makemigrations --answer blog.Post.headline:renamedFrom=title')
    show('blog/migrations/0002_rename_title_post_headline.ts')
    await $('migrate')
    await rows('SELECT headline FROM blog_post')
    edit('blog/models.ts', models('headline', 'Article'))
    await $('makemigrations --answer blog.Article:renamedFrom=Post')
    await $('migrate')
    await rows('SELECT headline FROM blog_article')
    await $('makemigrations')
    await $('migrate blog 0001')
    await rows('SELECT title FROM blog_post')
  },
)
