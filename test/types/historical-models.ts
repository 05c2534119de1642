// Checked by the compiler alone: what code of a migration may ask of models whose fields it names, as `makemigrations --models` writes them.
import {
  type Computed,
  type Defaulted,
  type HistoricalModel,
  type Json,
  type QuerySet,
  runCode,
  type ToMany,
  type ToOne,
} from '../../src/migrations.ts'
import type { Equal } from './expect.ts'

/** Compiles only for `true`. */
function holds<Holds extends true>(): Holds | undefined {
  return undefined
}

interface Author {
  id: Defaulted<number | bigint>
  username: string
  country: 'de' | 'fr' | null
  posts: ToMany<Post>
  profile: ToOne<Profile>
}

interface Profile {
  userId: number | bigint
  user: ToOne<Author>
}

interface Post {
  id: Defaulted<number | bigint>
  title: string
  views: Defaulted<number>
  price: string
  publishedAt: Date | null
  data: Json
  slug: Computed<string>
  authorId: number | bigint
  author: ToOne<Author>
  tags: ToMany<Tag>
}

interface Tag {
  id: Defaulted<string>
  post: ToMany<Post>
}

runCode<{ Post: Post; Author: Author }>({
  models: { Post: 'blog.Post', Author: 'blog.Author' },
  async forwards({ models: { Post, Author }, db, log, progress }) {
    const row = await Post.get()
    holds<
      Equal<
        typeof row,
        {
          id: number | bigint
          title: string
          views: number
          price: string
          publishedAt: Date | null
          data: Json
          slug: string
          authorId: number | bigint
        }
      >
    >()
    const [short] = await Post.values('title', 'author.country').rows()
    holds<Equal<typeof short, { title: string; 'author.country': 'de' | 'fr' | null } | undefined>>()
    for await (const { title } of Post.filter({ views: { gt: 3 } }).values('title')) log(title.toUpperCase())

    Post.filter({ title: { contains: 'SQL', startsWith: 'A' }, views: { in: [1, 2] }, publishedAt: null })
    Post.filter(
      { author: { username: 'Greg', posts: { tags: { id: 'x' } } } },
      { or: [{ title: 'a' }, { not: { views: 3 } }] },
    )
    Post.filter({ author: 5, tags: { isNull: true }, data: { isNull: false }, price: { range: ['1.00', '2.00'] } })
    Post.exclude({ publishedAt: { lt: new Date() } })
      .orderBy('-publishedAt', 'author.username')
      .limit(5)
    Author.filter({ profile: { user: { country: 'de' } } })
    await Post.create({ title: 'A', price: '1.00', authorId: row.authorId, data: { any: ['thing'] } })
    await Post.bulkCreate([{ title: 'A', price: '1.00', authorId: 5n, data: null, publishedAt: null }])
    await Post.update({ title: 'B', views: ({ add, column }) => add(column('views'), 1) })
    await Post.update({ price: ({ sum, count, when }) => when({ tags: {} }, sum('tags.id'), count('tags')) })
    await Post.filter({ id: row.id })
      .related('tags')
      .add('a', row, Author.filter({ username: 'x' }))
    await db.selectFrom('anything').selectAll().execute()
    progress(1)
    progress(1, 3)

    // @ts-expect-error a field that the model did not have
    Post.filter({ titel: 'A' })
    // @ts-expect-error a value of another type
    Post.filter({ views: '3' })
    // @ts-expect-error a choice that there was not
    Post.filter({ author: { country: 'es' } })
    // @ts-expect-error a lookup for texts
    Post.filter({ views: { contains: '3' } })
    // @ts-expect-error a mistyped lookup
    Post.filter({ title: { contain: '3' } })
    // @ts-expect-error NULL has no order
    Post.filter({ publishedAt: { gt: null } })
    // @ts-expect-error what is not given
    Post.filter({ title: undefined })
    // @ts-expect-error a field of another model
    Post.orderBy('-username')
    // @ts-expect-error a relation is no value
    Post.values('author')
    // @ts-expect-error a relation to many rows
    Post.values('tags.id')
    // @ts-expect-error a field is missing
    await Post.create({ title: 'A', price: '1.00', data: null })
    // @ts-expect-error a field that the database computes
    await Post.create({ title: 'A', price: '1.00', authorId: 5, data: null, slug: 'a' })
    // @ts-expect-error the same
    await Post.update({ slug: 'a' })
    // @ts-expect-error NULL in a field that has a value
    await Post.update({ title: null })
    // @ts-expect-error a plain value is no computation
    await Post.update({ views: () => 3 })
    // @ts-expect-error a field that there is not, in a computation
    await Post.update({ views: ({ column }) => column('view') })
    // @ts-expect-error a relation to one row has no links
    Post.related('author')
    // @ts-expect-error a field that the row does not show
    short?.views
  },
})

// Without types, any name can be asked for, and nothing is known of what comes.
runCode({
  models: { Post: 'blog.Post', Author: 'Author' },
  async forwards({ models: { Post, Author, ...rest } }) {
    holds<Equal<typeof Post, HistoricalModel>>()
    holds<Equal<keyof typeof rest, never>>()
    const row = await Post.filter({ author: { username: 'Greg' }, or: [{ views: 3 }] })
      .orderBy('-x')
      .get()
    holds<Equal<typeof row, { [field: string]: unknown }>>()
    const seen: unknown = row['title']
    // @ts-expect-error it may be anything
    row['title'].toUpperCase()
    await Author.create({ username: 'x', seen })
    await Post.update({ views: ({ add, column }) => add(column('views'), 1), title: 'x' })
    await Post.related('tags').clear()
    for await (const one of Post.values('title', 'author.username')) one['title'] satisfies unknown
    // @ts-expect-error no method of a model
    Post.filtr({})
  },
  backwards() {},
})

runCode({
  async forwards({ models, db, log }) {
    holds<Equal<keyof typeof models, never>>()
    log(String(await db.selectFrom('x').selectAll().execute()))
  },
})

runCode<{ Post: Post }>({
  models: { Post: 'blog.Post' },
  forwards({ models }) {
    // @ts-expect-error a model that is not declared
    return models.Tag.count()
  },
})

// @ts-expect-error a declared model without its name in history
runCode<{ Post: Post; Tag: Tag }>({ models: { Post: 'blog.Post' }, forwards() {} })

/** A function of one's own can be written over the rows of a type. */
export async function archive(posts: QuerySet<Post>): Promise<number> {
  return posts.filter({ views: 0 }).update({ publishedAt: null })
}
