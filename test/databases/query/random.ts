import fc from 'fast-check'
import { leads, type Memory } from './in-memory.ts'

type Name = Exclude<keyof Memory, 'BookGenre'>

/** Texts of letters that databases treat alike, and of all signs that mean something in a pattern or a statement. */
const text = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    'B',
    'ä',
    '%',
    '_',
    '\\',
    "'",
    '"',
    '*',
    '?',
    '[',
    ']',
    '-',
    ';',
    ' ',
    '😀',
    '$1',
    '{',
    '\n',
  ),
  maxLength: 4,
})
const number = fc.integer({ min: -3, max: 6 })
const decimal = fc.integer({ min: -250, max: 250 }).map((cents) => (cents / 100).toFixed(2))
const day = fc.integer({ min: 1, max: 5 }).map((date) => `2026-01-0${date}`)
const moment = fc
  .integer({ min: 0, max: 4 })
  .map((milliseconds) => new Date(Date.UTC(2026, 0, 1, 0, 0, 0, milliseconds)))
const orNull = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values, { freq: 3 })
const key = fc.integer({ min: 1, max: 6 })

/** What the fields hold that filters ask for. */
const values: Readonly<Record<Name, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  Author: { id: key, name: text, country: text, mentorId: key },
  Profile: { authorId: key, bio: text },
  Book: {
    id: key,
    title: text,
    pages: number,
    price: decimal,
    published: day,
    at: moment,
    isOpen: fc.boolean(),
    authorId: key,
    editorId: key,
  },
  Genre: { code: fc.constantFrom('g1', 'g2', 'g3'), name: text },
  Reader: { id: key, name: text },
  Review: { bookId: key, readerId: key, stars: number, note: text },
}

/** A library of a few rows, so that filters find some. */
export const arbitraryRows: fc.Arbitrary<Memory> = fc
  .record({
    authors: fc.array(fc.record({ name: text, country: orNull(text), mentorId: orNull(key) }), {
      minLength: 6,
      maxLength: 6,
    }),
    bios: fc.uniqueArray(fc.record({ authorId: key, bio: text }), {
      selector: ({ authorId }) => authorId,
      maxLength: 4,
    }),
    genres: fc.tuple(text, text, text),
    readers: fc.array(text, { minLength: 6, maxLength: 6 }),
    books: fc.array(
      fc.record({
        title: text,
        pages: orNull(number),
        price: orNull(decimal),
        published: orNull(day),
        at: orNull(moment),
        isOpen: fc.boolean(),
        authorId: orNull(key),
        editorId: orNull(key),
      }),
      { minLength: 6, maxLength: 6 },
    ),
    reviews: fc.uniqueArray(fc.record({ bookId: key, readerId: key, stars: number, note: orNull(text) }), {
      selector: ({ bookId, readerId }) => `${bookId} ${readerId}`,
      minLength: 4,
      maxLength: 12,
    }),
    links: fc.uniqueArray(fc.record({ book: key, genre: fc.constantFrom('g1', 'g2', 'g3') }), {
      selector: ({ book, genre }) => `${book} ${genre}`,
      maxLength: 9,
    }),
  })
  .map(({ authors, bios, genres, readers, books, reviews, links }) => ({
    Author: authors.map((author, index) => ({ id: index + 1, ...author })),
    Profile: bios,
    Genre: genres.map((name, index) => ({ code: `g${index + 1}`, name })),
    Reader: readers.map((name, index) => ({ id: index + 1, name })),
    Book: books.map((book, index) => ({
      id: index + 1,
      ...book,
      titleLength: [...book.title].length,
    })),
    Review: reviews,
    BookGenre: links,
  }))

/** A filter of a model, to some depth over relations and the words between filters. */
export function arbitraryFilter(name: Name, depth = 3): fc.Arbitrary<object> {
  const condition = fc
    .constantFrom(...Object.keys(values[name]))
    .chain((field) => fieldCondition(values[name][field] ?? fc.constant(null)).map((asked) => ({ [field]: asked })))
  if (depth === 0) return condition
  const beyond = fc.constantFrom(...Object.keys(leads[name])).chain((relation) => {
    const lead = leads[name][relation]
    if (lead === undefined) throw new Error(`no relation ${relation}`)
    const byKey =
      lead.to === 'Review'
        ? fc.constant(null)
        : fc.oneof(fc.constant(null), values[lead.to][lead.key] ?? fc.constant(null))
    return fc
      .oneof(
        { weight: 4, arbitrary: arbitraryFilter(lead.to, depth - 1) },
        { weight: 1, arbitrary: byKey },
        fc.constant({}),
      )
      .map((asked) => ({ [relation]: asked }))
  })
  const inner = arbitraryFilter(name, depth - 1)
  const word = fc.oneof(
    fc.record({ or: fc.array(inner, { maxLength: 3 }) }),
    fc.record({ and: fc.array(inner, { maxLength: 3 }) }),
    fc.record({ not: inner }),
  )
  const one = fc.oneof(
    { weight: 3, arbitrary: condition },
    { weight: 3, arbitrary: beyond },
    { weight: 2, arbitrary: word },
  )
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((parts) => Object.assign({}, ...parts))
}

/** What a field can be asked, a sample of its values says: the order of texts is each database's own. */
function fieldCondition(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const [sample] = fc.sample(value, { numRuns: 1, seed: 1 })
  const isText = value === text
  const isTruth = typeof sample === 'boolean'
  const any: readonly fc.Arbitrary<unknown>[] = [
    value,
    fc.constant(null),
    fc.record({ equals: fc.oneof(value, fc.constant(null)) }),
    fc.record({ in: fc.array(fc.oneof(value, fc.constant(null)), { maxLength: 4 }) }),
    fc.record({ isNull: fc.boolean() }),
    fc.record({ not: fc.oneof(value, fc.constant(null)) }),
  ]
  const ordered: readonly fc.Arbitrary<unknown>[] =
    isText || isTruth
      ? []
      : [
          ...['gt', 'gte', 'lt', 'lte'].map((lookup) => fc.record({ [lookup]: value })),
          fc.record({ range: fc.tuple(value, value) }),
          fc.record({ gte: value, not: fc.record({ lt: value }) }),
        ]
  const texts = ['contains', 'startsWith', 'endsWith', 'iexact'].map((lookup) => fc.record({ [lookup]: text }))
  return fc.oneof(...any, ...ordered, ...(isText ? [...texts, fc.record({ not: fc.record({ contains: text }) })] : []))
}
