import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Computation, Operand, RowExpressions } from '../../../src/query/update-types.ts'
import { testOnEach } from '../../support/databases.ts'
import { runs, seed } from '../../support/runs.ts'
import { type Book, openLibrary } from './library.ts'

/** The numbers of a book that computations are made of. */
interface Numbers {
  readonly id: number
  readonly pages: number | null
  readonly reviews: readonly number[]
}

/** A computation twice: as an update says it, and in plain TypeScript. */
interface Twice {
  readonly said: (row: RowExpressions<Book>) => Operand
  readonly computed: (book: Numbers) => number | null
}

const literal: fc.Arbitrary<Twice> = fc
  .integer({ min: -9, max: 9 })
  .map((number) => ({ said: () => number, computed: () => number }))
const leaf: fc.Arbitrary<Twice> = fc.oneof(
  literal,
  fc.constant<Twice>({ said: ({ column }) => column('pages'), computed: ({ pages }) => pages }),
  fc.constant<Twice>({ said: ({ column }) => column('id'), computed: ({ id }) => id }),
  fc.constant<Twice>({ said: ({ count }) => count('reviews'), computed: ({ reviews }) => reviews.length }),
  fc.constant<Twice>({
    said: ({ sum }) => sum('reviews.stars'),
    computed: ({ reviews }) => reviews.reduce((total, stars) => total + stars, 0),
  }),
  fc.constant<Twice>({
    said: ({ max }) => max('reviews.stars'),
    computed: ({ reviews }) => (reviews.length === 0 ? null : Math.max(...reviews)),
  }),
)

function tree(depth: number): fc.Arbitrary<Twice> {
  if (depth === 0) return leaf
  const inner = tree(depth - 1)
  const pair = (
    said: (row: RowExpressions<Book>, a: Operand, b: Operand) => Computation,
    computed: (a: number, b: number) => number | null,
  ): fc.Arbitrary<Twice> =>
    fc.tuple(inner, inner).map(([a, b]) => ({
      said: (row) => said(row, a.said(row), b.said(row)),
      computed: (book) => {
        const [left, right] = [a.computed(book), b.computed(book)]
        return left === null || right === null ? null : computed(left, right)
      },
    }))
  return fc.oneof(
    leaf,
    pair(
      ({ add }, a, b) => add(a, b),
      (a, b) => a + b,
    ),
    pair(
      ({ subtract }, a, b) => subtract(a, b),
      (a, b) => a - b,
    ),
    pair(
      ({ multiply }, a, b) => multiply(a, b),
      (a, b) => a * b,
    ),
    pair(
      ({ divide }, a, b) => divide(a, b),
      (a, b) => (b === 0 ? null : Math.trunc(a / b) + 0),
    ),
    fc.tuple(inner, inner).map(
      ([a, b]): Twice => ({
        said: (row) => row.coalesce(a.said(row), b.said(row), 1),
        computed: (book) => a.computed(book) ?? b.computed(book) ?? 1,
      }),
    ),
    inner.map(
      (a): Twice => ({
        said: (row) => row.abs(a.said(row)),
        computed: (book) => {
          const number = a.computed(book)
          return number === null ? null : Math.abs(number)
        },
      }),
    ),
    fc.tuple(inner, inner).map(
      ([a, b]): Twice => ({
        said: (row) => row.when({ pages: { gt: 2 } }, a.said(row), b.said(row)),
        computed: (book) => (book.pages !== null && book.pages > 2 ? a : b).computed(book),
      }),
    ),
  )
}

testOnEach('random computations give what plain arithmetic gives', async (on) => {
  const library = await openLibrary(on)
  const { Book, Reader, Review } = library.models
  const books: readonly Numbers[] = [
    { id: 1, pages: null, reviews: [] },
    { id: 2, pages: 0, reviews: [3] },
    { id: 3, pages: 7, reviews: [1, 5] },
    { id: 4, pages: -4, reviews: [] },
  ]
  try {
    await Reader.bulkCreate([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
    await Book.bulkCreate(books.map(({ id }) => ({ id, title: `${id}` })))
    await Review.bulkCreate(
      books.flatMap(({ id, reviews }) => reviews.map((stars, index) => ({ bookId: id, readerId: index + 1, stars }))),
    )
    await fc.assert(
      fc.asyncProperty(tree(3), async ({ said, computed }) => {
        for (const { id, pages } of books) await Book.filter({ id }).update({ pages })
        await Book.update({ pages: (row) => row.add(said(row), 0) })
        const found = (await Book.orderBy('id').rows()).map(({ pages }) => pages)
        assert.deepEqual(
          found,
          books.map((book) => {
            const number = computed(book)
            return number === null ? null : number + 0
          }),
        )
      }),
      { numRuns: runs(60), seed },
    )
  } finally {
    await library.close()
  }
})
