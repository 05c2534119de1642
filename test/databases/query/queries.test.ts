import assert from 'node:assert/strict'
import type { Filter } from '../../../src/query/filter-types.ts'
import type { HistoricalModels } from '../../../src/query/query-set.ts'
import type { OrderName } from '../../../src/query/row-of.ts'
import { testOnEach } from '../../support/databases.ts'
import type { DatabaseUnderTest } from '../../support/test-database.ts'
import { type Author, type Book, collect, type Library, type OpenLibrary, openLibrary } from './library.ts'

/** A few rows that everything below is asked of. */
async function withLibrary(
  on: DatabaseUnderTest,
  work: (models: HistoricalModels<Library>, library: OpenLibrary) => Promise<void>,
): Promise<void> {
  const library = await openLibrary(on)
  const { models } = library
  const { Author, Profile, Book, Genre, Reader, Review } = models
  try {
    await Author.bulkCreate([
      { id: 1, name: 'Ada', country: 'en' },
      { id: 2, name: 'Bob', country: null, mentorId: 1 },
      { id: 3, name: 'Cid', country: 'de', mentorId: 1 },
    ])
    await Profile.create({ authorId: 2, bio: 'writes' })
    await Genre.bulkCreate([
      { code: 'sf', name: 'Science fiction' },
      { code: 'po', name: 'Poetry' },
    ])
    await Reader.bulkCreate([{ name: 'R1' }, { name: 'R2' }])
    await Book.bulkCreate([
      { id: 1, title: 'Alpha', pages: 100, price: '10.00', authorId: 1, published: '2026-01-01' },
      { id: 2, title: 'Beta', pages: 250, price: '12.50', authorId: 2, editorId: 1 },
      { id: 3, title: 'Gamma', pages: null, price: null, authorId: null, isOpen: false },
    ])
    await Review.bulkCreate([
      { bookId: 1, readerId: 1, stars: 5 },
      { bookId: 1, readerId: 2, stars: 2, note: 'long' },
      { bookId: 2, readerId: 2, stars: 3 },
    ])
    await Book.filter({ id: 1 }).related('genres').add('sf', 'po')
    await work(models, library)
  } finally {
    await library.close()
  }
}

testOnEach('relations are followed in both directions, and no row is doubled', (on) =>
  withLibrary(on, async ({ Author, Book, Profile, Reader, Review, Genre }) => {
    const titles = async (filter: Filter<Book>) =>
      (await Book.filter(filter).orderBy('id').rows()).map(({ title }) => title)
    const names = async (filter: Filter<Author>) =>
      (await Author.filter(filter).orderBy('id').rows()).map(({ name }) => name)
    assert.deepEqual(await titles({ author: { name: 'Ada' } }), ['Alpha'])
    assert.deepEqual(await titles({ author: { mentor: { name: 'Ada' } } }), ['Beta'])
    assert.deepEqual(await titles({ author: 2 }), ['Beta'])
    assert.deepEqual(await titles({ authorId: { in: [1, null] } }), ['Alpha', 'Gamma'])
    assert.deepEqual(await titles({ author: { isNull: true } }), ['Gamma'])
    assert.deepEqual(await titles({ author: { not: 1 } }), ['Beta', 'Gamma'])
    assert.deepEqual(await titles({ author: { not: { name: 'Ada' } } }), ['Beta'], 'there is an author who is not Ada')
    assert.deepEqual(await titles({ genres: { name: { contains: 'e' } } }), ['Alpha'])
    assert.deepEqual(await titles({ genres: 'sf', readers: { name: 'R2' } }), ['Alpha'])
    assert.deepEqual(
      await titles({ reviews: { stars: { gt: 4 }, note: { isNull: false } } }),
      [],
      'one review, not two',
    )
    assert.deepEqual(await titles({ and: [{ reviews: { stars: { gt: 4 } } }, { reviews: { note: 'long' } }] }), [
      'Alpha',
    ])
    assert.deepEqual(await names({ books: { reviews: { stars: { gte: 2 } } } }), ['Ada', 'Bob'])
    assert.deepEqual(await names({ book: { title: 'Beta' } }), ['Ada'], 'the reverse of a relation without a name')
    assert.deepEqual(await names({ students: { country: 'de' } }), ['Ada'])
    assert.deepEqual(await names({ profile: { bio: 'writes' } }), ['Bob'])
    assert.deepEqual(await names({ profile: null }), ['Ada', 'Cid'])
    assert.deepEqual(await names({ books: null }), ['Cid'])
    assert.deepEqual(await names({ books: {} }), ['Ada', 'Bob'])
    assert.equal((await Profile.get({ author: { name: 'Bob' } })).bio, 'writes')
    assert.equal(await Reader.filter({ read: { genres: { code: 'po' } } }).count(), 2)
    assert.equal(await Genre.filter({ book: { author: { country: 'en' } } }).count(), 2)
    assert.equal(await Review.exclude({ book: { author: { name: 'Ada' } } }).count(), 1)
  }),
)

testOnEach('exclude gives exactly what filter does not, NULL among it', (on) =>
  withLibrary(on, async ({ Author, Book }) => {
    const excluded = async (filter: Filter<Book>) =>
      (await Book.exclude(filter).orderBy('id').rows()).map(({ id }) => id)
    assert.deepEqual(await excluded({ pages: 100 }), [2, 3])
    assert.deepEqual(await excluded({ pages: { gt: 100 } }), [1, 3])
    assert.deepEqual(await excluded({ author: { name: 'Ada' } }), [2, 3])
    assert.deepEqual(await excluded({ author: { country: 'en' }, pages: 100 }), [2, 3])
    assert.deepEqual(await excluded({ genres: 'sf' }), [2, 3])
    assert.deepEqual(await excluded({ reviews: { stars: { lt: 3 } } }), [2, 3])
    assert.deepEqual(await excluded({ or: [{ pages: 100 }, { title: 'Gamma' }] }), [2])
    assert.equal(await Author.exclude({ country: 'en' }).exclude({ country: 'de' }).count(), 1)
  }),
)

testOnEach('rows come in an order, some of them, some of their fields, or fields of others', (on) =>
  withLibrary(on, async ({ Author, Book }) => {
    const ids = async (...order: readonly OrderName<Book>[]) =>
      (await Book.orderBy(...order).rows()).map(({ id }) => id)
    assert.deepEqual(await ids('pages'), [1, 2, 3], 'NULL last')
    assert.deepEqual(await ids('-pages'), [3, 2, 1], 'NULL first the other way round')
    assert.deepEqual(await ids('-author.name'), [3, 2, 1])
    assert.deepEqual(await ids('isOpen', '-title'), [3, 2, 1])
    assert.deepEqual(await Book.orderBy('id').limit(1).offset(1).values('title').rows(), [{ title: 'Beta' }])
    assert.deepEqual(await Book.orderBy('id').offset(2).values('id').rows(), [{ id: 3 }])
    assert.deepEqual(await Book.orderBy('id').values('title', 'author.mentor.name', 'editorId').rows(), [
      { title: 'Alpha', 'author.mentor.name': null, editorId: null },
      { title: 'Beta', 'author.mentor.name': 'Ada', editorId: 1 },
      { title: 'Gamma', 'author.mentor.name': null, editorId: null },
    ])
    assert.deepEqual(await Book.values('titleLength').first(), { titleLength: 5 })
    assert.equal((await Book.orderBy('-id').first())?.title, 'Gamma')
    assert.equal(await Book.filter({ id: 99 }).first(), undefined)
    assert.equal(await Book.limit(2).count(), 2)
    assert.equal(await Book.limit(0).exists(), false)
    assert.equal(await Author.filter({ name: 'Ada' }, { country: 'en' }).filter({ id: 1 }).count(), 1)
    await assert.rejects(Book.get({ id: 99 }), { code: 'query.noRow' })
    await assert.rejects(Book.filter({ isOpen: true }).get(), { code: 'query.severalRows' })
    assert.equal((await Book.get({ title: 'Beta' })).price, '12.50')
  }),
)

testOnEach('an update writes values, what is computed of the row, and what stands in rows beyond relations', (on) =>
  withLibrary(on, async ({ Author, Book, Review }) => {
    const books = async (field: 'title' | 'pages' | 'price' | 'published' | 'isOpen') =>
      (await Book.orderBy('id').rows()).map((row) => row[field])
    assert.equal(await Book.update({ pages: ({ add, column }) => add(column('pages'), 1, column('id')) }), 3)
    assert.deepEqual(await books('pages'), [102, 253, null])
    await Book.update({ pages: ({ coalesce, column }) => coalesce(column('pages'), 7) })
    assert.deepEqual(await books('pages'), [102, 253, 7])
    await Book.update({
      pages: ({ divide, column, subtract, multiply, abs }) =>
        abs(subtract(divide(column('pages'), 10), multiply(2, 10))),
    })
    assert.deepEqual(await books('pages'), [10, 5, 20])
    assert.equal(
      await Book.filter({ authorId: { isNull: false } }).update({
        price: ({ multiply, column }) => multiply(column('price'), '1.19'),
      }),
      2,
    )
    assert.deepEqual(await books('price'), ['11.90', '14.88', null], 'rounded to the places of the field')
    assert.equal(await Book.filter({ price: '14.88' }).count(), 1, 'and stored so')
    await Book.update({ price: ({ divide, column }) => divide(column('price'), 0) })
    assert.deepEqual(await books('price'), [null, null, null])
    await Book.update({ price: ({ divide, column }) => divide(column('pages'), 4.0) })
    assert.deepEqual(await books('price'), ['2.00', '1.00', '5.00'], 'whole numbers divide to whole numbers')
    await Book.update({ price: ({ divide, column }) => divide(column('pages'), '4.0') })
    assert.deepEqual(await books('price'), ['2.50', '1.25', '5.00'])
    await Book.update({ pages: ({ round, column }) => round(column('price')) })
    assert.deepEqual(await books('pages'), [3, 1, 5])
    await Book.update({
      title: ({ concat, column, upper, lower, trim, length }) =>
        concat(upper(column('title')), ' ', lower('X'), trim(' y '), length('äö'), column('editorId'), null),
    })
    assert.deepEqual(await books('title'), ['ALPHA xy2', 'BETA xy21', 'GAMMA xy2'])
    await Book.update({
      title: ({ coalesce, column }) => coalesce(column('author.mentor.name'), column('author.name'), 'none'),
    })
    assert.deepEqual(await books('title'), ['Ada', 'Ada', 'none'])
    await Book.update({ pages: ({ count, add, sum }) => add(count('genres'), count('readers'), sum('reviews.stars')) })
    assert.deepEqual(await books('pages'), [2 + 2 + 7, 0 + 1 + 3, 0])
    await Book.update({ pages: ({ max }) => max('reviews.stars'), title: ({ min }) => min('readers.name') }).catch(
      () => {},
    )
    await Author.update({ country: ({ when, column }) => when({ books: { genres: {} } }, 'genre', column('country')) })
    assert.deepEqual(
      (await Author.orderBy('id').rows()).map(({ country }) => country),
      ['genre', null, 'de'],
    )
    await Book.update({
      published: ({ when }) => when({ isOpen: true }, '2026-05-05', null),
      isOpen: ({ when }) => when({ isOpen: true }, false, true),
    })
    assert.deepEqual(await books('published'), ['2026-05-05', '2026-05-05', null])
    assert.deepEqual(await books('isOpen'), [false, false, true])
    const at = new Date(1e12)
    await Book.update({ at: ({ coalesce, column }) => coalesce(column('at'), at) })
    assert.equal(await Book.filter({ at }).count(), 3)
    await Book.filter({ id: 2 }).update({
      pages: ({ sql, column, length }) => sql`${column('pages')} + ${length("'?")} * ${2}`,
    })
    assert.equal((await Book.get({ id: 2 })).pages, 8)
    assert.equal(await Review.filter({ book: { title: 'none' } }).update({ stars: 1 }), 0)
    assert.equal(await Book.orderBy('-id').limit(1).update({ title: 'last' }), 1)
    assert.equal((await Book.get({ id: 3 })).title, 'last')
    assert.equal(await Review.orderBy('stars').limit(2).update({ note: 'low' }), 2)
    assert.deepEqual(
      (await Review.filter({ note: 'low' }).orderBy('stars').rows()).map(({ stars }) => stars),
      [2, 3],
    )
    await Book.filter({ id: 1 }).update({ editorId: 3, authorId: ({ column }) => column('editorId') })
    assert.equal((await Book.get({ id: 1 })).authorId, null, 'computed of the row as it was')
  }),
)

testOnEach('an update computes from other rows of the same table as they were before it', (on) =>
  withLibrary(on, async ({ Author, Genre }) => {
    await Author.bulkCreate([4, 5, 6, 7].map((id) => ({ id, name: `A${id}`, mentorId: id === 4 ? null : id - 1 })))
    const line = Author.filter({ id: { gte: 4 } }).orderBy('id')
    const names = async () => (await line.rows()).map(({ name }) => name)
    assert.equal(
      await line.update({ name: ({ concat, column }) => concat(column('mentor.name'), '>', column('name')) }),
      4,
    )
    assert.deepEqual(await names(), ['>A4', 'A4>A5', 'A5>A6', 'A6>A7'])
    await line.limit(3).update({ name: ({ coalesce, column }) => coalesce(column('mentor.mentor.name'), 'none') })
    assert.deepEqual(await names(), ['none', 'none', '>A4', 'A6>A7'])
    await Author.filter({ mentor: { name: 'none' } }).update({
      name: ({ when }) => when({ mentor: { mentor: { name: 'none' } } }, 'third', 'second'),
    })
    assert.deepEqual(await names(), ['none', 'second', 'third', 'A6>A7'])
    await Genre.filter({ code: 'sf' }).related('near').add('po')
    await Genre.update({
      name: ({ coalesce, max, column }) => coalesce(max('near.name'), max('nearTo.name'), column('name')),
    })
    const genres = new Map((await Genre.rows()).map(({ code, name }) => [code, name]))
    assert.notEqual(genres.get('sf'), genres.get('po'), 'swapped')
  }),
)

testOnEach('a new row comes back with its key and defaults, and many are added at once', (on) =>
  withLibrary(on, async ({ Author, Book, Reader, Profile }) => {
    const reader = await Reader.create({ name: "O'Hara" })
    assert.deepEqual(reader, { id: 3, name: "O'Hara" })
    const book = await Book.create({ id: 9, title: 'T' })
    assert.deepEqual(book, {
      id: 9,
      title: 'T',
      pages: null,
      price: null,
      published: null,
      at: null,
      isOpen: true,
      titleLength: 1,
      authorId: null,
      editorId: null,
    })
    assert.deepEqual(await Profile.create({ authorId: 1, bio: '' }), { authorId: 1, bio: '' })
    function* many(count: number) {
      for (let number = 0; number < count; number += 1)
        yield number % 3 === 0 ? { name: `n${number}` } : { name: `n${number}`, country: 'x' }
    }
    // Their keys were given above, so that a server that numbers rows would begin with theirs.
    await Author.filter({ id: { gt: 0 } }).delete()
    assert.equal(await Author.bulkCreate([...many(3500)].map((row, index) => ({ id: index + 10, ...row }))), 3500)
    assert.equal(await Author.filter({ country: 'x' }).count(), 2333)
    assert.equal(await Author.bulkCreate([]), 0)
  }),
)

testOnEach('a deletion counts its rows and does to others what the database was told', (on) =>
  withLibrary(on, async ({ Author, Book, Review, Profile }) => {
    assert.equal(await Author.filter({ name: 'Bob' }).delete(), 1)
    assert.equal(await Profile.count(), 0, 'cascade')
    assert.deepEqual(
      (await Book.orderBy('id').rows()).map(({ id }) => id),
      [1, 3],
      'cascade',
    )
    assert.equal(await Author.filter({ name: 'Ada' }).delete(), 1)
    assert.equal((await Author.get()).mentorId, null, 'set to NULL')
    assert.equal(await Review.count(), 0)
    assert.equal(await Book.orderBy('-id').limit(1).delete(), 1)
    assert.equal(await Book.delete(), 0)
  }),
)

testOnEach('links are made, taken away and replaced from either end', (on) =>
  withLibrary(on, async ({ Book, Genre, Reader, Review }) => {
    const codes = async (id: number) =>
      (await Genre.filter({ book: id }).orderBy('code').rows()).map(({ code }) => code)
    const sf = await Genre.get({ code: 'sf' })
    assert.equal(await Book.related('genres').add(sf), 2, 'one was linked already')
    assert.equal(await Book.related('genres').add(sf, 'sf'), 0)
    assert.deepEqual(await codes(3), ['sf'])
    assert.equal(
      await Book.filter({ id: { in: [1, 2] } })
        .related('genres')
        .remove('sf', 'po'),
      3,
    )
    assert.deepEqual([await codes(1), await codes(2), await codes(3)], [[], [], ['sf']])
    await Book.filter({ id: 3 }).related('genres').set('po')
    assert.deepEqual(await codes(3), ['po'])
    await Genre.filter({ code: 'sf' })
      .related('book')
      .add(Book.filter({ pages: { gt: 0 } }))
    assert.deepEqual([await codes(1), await codes(2), await codes(3)], [['sf'], ['sf'], ['po']])
    await Book.filter({ id: 1 }).related('genres').set(Genre)
    assert.deepEqual(await codes(1), ['po', 'sf'])
    assert.equal(await Book.related('genres').clear(), 4)
    await Book.filter({ id: 1 }).related('genres').set()
    assert.equal(await Genre.filter({ book: {} }).count(), 0)
    await assert.rejects(Book.related('genres').add('sf', 'nothing'), { code: 'query.unknownLinks' })
    assert.equal(await Genre.filter({ book: {} }).count(), 0, 'nothing was linked')

    await Genre.filter({ code: 'sf' }).related('near').add('po')
    assert.deepEqual(
      await Genre.filter({ near: 'po' }).values('code').rows(),
      [{ code: 'sf' }],
      'of a model with itself, one way',
    )
    assert.deepEqual(
      await Genre.filter({ nearTo: { code: 'sf' } })
        .values('code')
        .rows(),
      [{ code: 'po' }],
    )
    assert.equal(await Genre.filter({ code: 'po' }).related('nearTo').clear(), 1)

    const readers = Book.filter({ id: 3 }).related('readers')
    await assert.rejects(readers.add(1), { code: 'query.missingFields' })
    await readers.with({ stars: 1 }).set(1)
    await assert.rejects(readers.set(2), { code: 'query.missingFields' })
    await assert.rejects(readers.with({ stars: 1 }).set(99), { code: 'query.unknownLinks' })
    assert.equal(await readers.clear(), 1, 'what is refused takes nothing away')
    assert.equal(await readers.with({ stars: 4, note: 'new' }).add(1, 2), 2)
    assert.deepEqual(await Review.filter({ bookId: 3 }).orderBy('readerId').rows(), [
      { bookId: 3, readerId: 1, stars: 4, note: 'new' },
      { bookId: 3, readerId: 2, stars: 4, note: 'new' },
    ])
    assert.equal(await Reader.filter({ name: 'R1' }).related('read').remove(3), 1)
    await assert.rejects(Book.related('genres').with({ stars: 4 }).add('sf'), { code: 'query.notWritable' })
  }),
)

testOnEach(
  'iteration goes along the key in batches, composite keys too, whatever happens to the rows meanwhile',
  (on) =>
    withLibrary(on, async ({ Author, Book, Reader, Review }) => {
      const readers = Array.from({ length: 60 }, (_, index) => ({ id: index + 10, name: `r${index}` }))
      const books = Array.from({ length: 45 }, (_, index) => ({ id: index + 10, title: `b${index}` }))
      await Reader.bulkCreate(readers)
      await Book.bulkCreate(books)
      await Review.bulkCreate(
        books.flatMap((book) =>
          readers.map((reader) => ({ bookId: book.id, readerId: reader.id, stars: (book.id + reader.id) % 5 })),
        ),
      )
      const all = await Review.orderBy('bookId', 'readerId').rows()
      assert.equal(all.length, 2703)
      assert.deepEqual(await collect(Review), all)
      assert.deepEqual(
        await collect(Review.filter({ stars: 3 }).values('readerId')),
        all.filter(({ stars }) => stars === 3).map(({ readerId }) => ({ readerId })),
      )
      assert.equal((await collect(Review.limit(1234))).length, 1234)
      assert.equal((await collect(Review.limit(0))).length, 0)
      assert.deepEqual(
        (await collect(Review.orderBy('-stars', 'bookId', 'readerId').limit(2))).map(({ stars }) => stars),
        [5, 4],
      )
      await assert.rejects(collect(Review.orderBy('stars')), { code: 'query.orderedIteration' })
      let seen = 0
      for await (const { bookId, readerId } of Review.filter({ note: null })) {
        seen += 1
        await Review.filter({ bookId, readerId }).update({ note: 'seen' })
        if (seen === 1500) await Author.delete()
        if (seen > 1600) break
      }
      // The two of Ada's book went with her.
      assert.equal(await Review.filter({ note: 'seen' }).count(), 1599)
    }),
)

testOnEach('names and values of an attacker do nothing', (on) =>
  withLibrary(on, async ({ Author, Book, Genre }, { session, models }) => {
    const before = await session.inspect()
    const evil = [
      `'; DROP TABLE library_author; --`,
      `" OR 1=1 --`,
      `\\'; DELETE FROM library_author; --`,
      `name" = 'x' OR "name`,
      'id) OR (1=1',
      '%',
      '$1',
      '?',
      `x' || (SELECT 1) || '`,
    ]
    // What the compiler would refuse is handed over all the same.
    const loose: HistoricalModels<Record<string, { readonly [field: string]: unknown }>> = models as never
    const authors = loose['Author'] ?? assert.fail()
    for (const text of evil) {
      assert.equal(await Author.filter({ name: text }).count(), 0)
      for (const lookup of ['contains', 'startsWith', 'endsWith', 'iexact', 'equals']) {
        assert.equal(await authors.filter({ name: { [lookup]: text } }).count(), 0, `${lookup} ${text}`)
      }
      assert.equal(await Author.filter({ name: { in: [text] } }).count(), 0)
      const row = await Author.create({ id: 1000, name: text, country: text.slice(0, 20) })
      assert.equal(row.name, text)
      await Author.filter({ name: text }).update({
        country: ({ concat }) => concat(text.slice(0, 10), text.slice(10, 20)),
      })
      assert.equal((await Author.get({ name: text })).country, text.slice(0, 20))
      await Author.filter({ id: 1000 }).delete()
      await assert.rejects(authors.filter({ [text]: 1 }).rows(), { code: 'query.unknownField' })
      await assert.rejects(authors.filter({ name: { [text]: 1 } }).rows(), { code: 'query.unknownLookup' })
      await assert.rejects(authors.filter({ books: { [text]: 1 } }).rows(), { code: 'query.unknownField' })
      await assert.rejects(authors.orderBy(text).rows(), { code: /^query\./ })
      await assert.rejects(authors.values(text).rows(), { code: /^query\./ })
      await assert.rejects(authors.update({ [text]: 1 }), { code: 'query.unknownField' })
      await assert.rejects(authors.create({ name: 'x', [text]: 1 }), { code: 'query.unknownField' })
      await assert.rejects(authors.update({ name: ({ column }) => column(text) }), { code: /^query\./ })
      await assert.rejects(async () => authors.related(text).clear(), { code: 'query.notRelation' })
      await assert.rejects(Genre.related('book').add(text as never), { code: /^query\./ })
    }
    const raw = {
      toOperationNode: () => ({ kind: 'RawNode', sqlFragments: ['1 OR 1=1'], parameters: [] }),
      expressionType: undefined,
    }
    for (const value of [raw, () => raw, { value: raw }, [raw], Symbol('x'), { toString: () => 'x' }]) {
      await assert.rejects(authors.filter({ name: value }).rows(), { code: /^query\./ })
      await assert.rejects(authors.create({ name: value }), { code: /^query\./ })
      await assert.rejects(authors.filter({ id: { in: [value] } }).rows(), { code: /^query\./ })
      if (typeof value !== 'function')
        await assert.rejects(authors.update({ name: value as object }), { code: 'query.wrongValue' })
      await assert.rejects(authors.update({ name: () => value as never }), { code: 'query.wrongComputation' })
    }
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      await assert.rejects(authors.filter(JSON.parse(`{"${name}": 1}`)).rows(), { code: 'query.unknownField' })
      await assert.rejects(authors.filter({ name: JSON.parse(`{"${name}": 1}`) }).rows(), {
        code: 'query.unknownLookup',
      })
    }
    assert.throws(() => authors.limit('1; DROP TABLE x' as never), { code: 'query.badCount' })
    assert.deepEqual(await session.inspect(), before)
    assert.equal(await Book.count(), 3)
    assert.equal(await Author.count(), 3)
  }),
)

testOnEach('what cannot be asked or written is refused before anything is sent', (on) =>
  withLibrary(on, async ({ Author, Book, Review }) => {
    const refused = async (code: string, work: () => Promise<unknown>): Promise<void> => {
      await assert.rejects(work, { code: `query.${code}` })
    }
    await refused('wrongValue', () => Book.create({ title: 5 as never }))
    await refused('wrongValue', () => Book.update({ pages: 2 ** 31 }))
    await refused('wrongValue', () => Book.update({ title: null as never }))
    await refused('wrongValue', () => Book.update({ price: '1.234' }))
    await refused('wrongValue', () => Book.update({ price: '1e3' }))
    await refused('wrongValue', () => Book.update({ published: '2026-02-30' }))
    await refused('wrongValue', () => Book.update({ isOpen: 1 as never }))
    await refused('wrongValue', () => Author.update({ name: 'x'.repeat(61) }))
    await refused('wrongValue', () => Book.filter({ pages: 'many' as never }).rows())
    await refused('wrongValue', () => Book.filter({ at: new Date(Number.NaN) }).rows())
    await refused('wrongValue', () => Book.filter({ pages: { gt: null as never } }).rows())
    await refused('badFilter', () => Book.filter({ pages: undefined as never }).rows())
    await refused('badFilter', () => Book.filter({ pages: { gt: undefined as never } }).rows())
    await refused('badFilter', () => Book.filter('title' as never).rows())
    await refused('badFilter', () => Book.filter({ or: {} as never }).rows())
    await refused('badFilter', () => Book.filter({ pages: { range: [1] as never } }).rows())
    await refused('badFilter', () => Book.filter({ title: { isNull: 'no' as never } }).rows())
    await refused('badFilter', () => Book.filter({ title: { contains: 5 as never } }).rows())
    // A review is known by its book and its reader together.
    await refused('badFilter', () => Book.filter({ reviews: 5 }).rows())
    await refused('lookupNotFor', () => Book.filter({ pages: { contains: '5' } as never }).rows())
    await refused('lookupNotFor', () => Book.filter({ isOpen: { gt: false } }).rows())
    await refused('notWritable', () => Book.update({ titleLength: 5 } as never))
    await refused('notWritable', () => Book.create({ title: 'x', genres: ['sf'] } as never))
    await refused('notWritable', () => Author.create({ name: 'x', books: [] } as never))
    await refused('missingFields', () => Review.create({ bookId: 1, readerId: 2 } as never))
    await refused('nothingToWrite', () => Book.update({}))
    await refused('manyRows', () => Book.orderBy('genres.code' as never).rows())
    await refused('manyRows', () => Book.values('reviews' as never).rows())
    await refused('notRelation', () => Book.values('title.x' as never).rows())
    await refused('needsOrder', () => Book.offset(1).rows())
    await refused('wrongComputation', () => Book.update({ pages: ({ column }) => column('title') }))
    await refused('wrongComputation', () => Book.update({ pages: ({ column }) => column('price') }))
    await refused('wrongComputation', () => Book.update({ title: ({ add }) => add('a', 1) }))
    await refused('wrongComputation', () => Book.update({ title: () => null as never }))
    await refused('wrongComputation', () => Book.update({ title: ({ when }) => when({}, 'a', 1) }))
    await refused('notRelation', () => Book.update({ pages: ({ count }) => count('author' as never) }))
    await refused('tooManyValues', () =>
      Book.filter({ id: { in: Array.from({ length: 70_000 }, (_, id) => id) } }).rows(),
    )
  }),
)
