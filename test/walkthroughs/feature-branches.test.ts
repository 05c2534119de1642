import { walkthrough } from './walkthrough.ts'

const models = (fields: string, tag = ''): string => `
import { f, model } from 'godwit'
export const Post = model('Post', {
  title: f.char({ maxLength: 100 }),${fields}
})
${tag}`
const withTags = models(
  '\n  tags: f.manyToMany(() => Tag),',
  "export const Tag = model('Tag', { label: f.char({ maxLength: 30 }) })\n",
)
const withSlug = models("\n  slug: f.char({ maxLength: 50, default: '' }),")

walkthrough(
  'feature-branches',
  'Two feature branches and one development database: what the one did is taken back before the other goes on',
  { files: { 'blog/models.ts': models('') } },
  async ({ $, git, edit, project, say, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO blog_post (title) VALUES ('On godwits')")
    say('On the branch "tags":')
    edit('blog/models.ts', withTags)
    await $('makemigrations -n tags')
    await $('migrate')
    await sql("INSERT INTO blog_tag (label) VALUES ('birds')")
    await sql('INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 1)')
    const tags = project.read('blog/migrations/0002_tags.ts')

    git('switch slugs', { without: ['blog/migrations/0002_tags.ts'], with: { 'blog/models.ts': withSlug } })
    await $('makemigrations -n slug')
    await $('showmigrations')
    await $('migrate --plan --unapply-missing')
    await $('migrate --unapply-missing', 2)
    say('Nobody is at the terminal, and data would go: it wants to be said by name.')
    await $('migrate --unapply-missing --answer blog.0002_tags:missing=unapply')
    await rows('SELECT title, slug FROM blog_post')
    await rows('SELECT name FROM godwit_migrations ORDER BY name')
    await $('makemigrations')

    git('switch tags', {
      without: ['blog/migrations/0002_slug.ts'],
      with: { 'blog/models.ts': withTags, 'blog/migrations/0002_tags.ts': tags },
    })
    say(
      'Both begin with 0002, and neither stands in the way of the other. The slug of the one row is the empty text that it was given.',
    )
    await $('migrate --unapply-missing --answer blog.0002_slug:missing=unapply')
    await $('showmigrations')
    await rows('SELECT title FROM blog_post')
    await $('makemigrations')
  },
)
