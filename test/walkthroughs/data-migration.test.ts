import { walkthrough } from './walkthrough.ts'

const models = (post: string, author = ''): string => `
import { f, model } from 'godwit'
export const Author = model('Author', {
  username: f.char({ maxLength: 50 }),${author}
})
export const Post = model('Post', {
  author: f.foreignKey(() => Author, { onDelete: 'cascade', relatedName: 'posts' }),
  title: f.char({ maxLength: 100 }),${post}
})
`
const awesome = '\n  isAwesome: f.boolean({ default: false }),'
const writes = '\n  writes: f.boolean({ default: false }),'

const forwards = `
        await Post.filter({ author: { username: 'Greg' } }).update({ isAwesome: true })
        await Post.exclude({ author: { username: 'Greg' } }).update({ isAwesome: false })
        await Author.filter({ posts: { title: { startsWith: 'W' } } }).update({ writes: true })
        await Author.filter({ posts: { isAwesome: true } }).update({ writes: true })
        log(\`\${await Author.filter({ writes: true }).count()} of \${await Author.count()} authors write\`)`
const backwards = `
        await Post.update({ isAwesome: false })
        await Author.update({ writes: false })`

/** The file with work to do in the place of what the two steps only count. */
function filledIn(source: string): string {
  const [head = '', first = '', second = '', ...rest] = source.replace(/^\/\/ Written.*\n/, '').split(/\n {8}log\(.*\)/)
  return [head, forwards, first, backwards, second, ...rest].join('')
}

walkthrough(
  'data-migration',
  'Rows are changed by what they refer to, and by what refers to them, with the models as history had them',
  { files: { 'blog/models.ts': models('') } },
  async ({ $, edit, project, show, say, sql, rows }) => {
    await $('makemigrations')
    await $('migrate')
    await sql("INSERT INTO blog_author (username) VALUES ('Greg'), ('Ann'), ('Silent')")
    await sql("INSERT INTO blog_post (author_id, title) VALUES (1, 'Knots'), (2, 'Waders'), (1, 'Tides')")
    edit('blog/models.ts', models(awesome, writes))
    await $('makemigrations -n flags')
    await $('makemigrations blog --empty -n awesome --models Author,Post')
    show('blog/migrations/0003_awesome.ts')
    say('The types say what these models had at that point. The two steps are filled in:')
    edit('blog/migrations/0003_awesome.ts', filledIn(project.read('blog/migrations/0003_awesome.ts')))
    await $('migrate --plan')
    await $('migrate')
    await rows('SELECT title FROM blog_post WHERE is_awesome ORDER BY title')
    await rows('SELECT username FROM blog_author WHERE writes ORDER BY username')
    await $('migrate blog 0002')
    await rows('SELECT title FROM blog_post WHERE is_awesome ORDER BY title')
    await $('migrate')
    await $('makemigrations')
  },
)
