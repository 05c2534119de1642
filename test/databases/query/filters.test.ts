import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Filter } from '../../../src/query/filter-types.ts'
import type { NewRow } from '../../../src/query/row-of.ts'
import { databases } from '../../support/databases.ts'
import { runs, seed } from '../../support/runs.ts'
import { compareInMemory, fitsInMemory, type Memory, rowsOf } from './in-memory.ts'
import { type Author, type Book, openLibrary, type Review } from './library.ts'
import { arbitraryFilter, arbitraryRows } from './random.ts'

for (const on of databases) {
  test(`${on.name}: random filters over random rows find what a plain interpreter finds`, {
    skip: on.skip,
  }, async () => {
    const library = await openLibrary(on)
    const { Author, Profile, Book, Genre, Reader, Review } = library.models
    let memory: Memory | undefined
    const fill = async (rows: Memory): Promise<void> => {
      await Book.delete()
      for (const model of [Review, Profile, Author, Genre, Reader]) await model.delete()
      await Author.bulkCreate(rows.Author.map((row) => ({ ...row, mentorId: null })))
      for (const { id, mentorId } of rows.Author) await Author.filter({ id }).update({ mentorId })
      await Profile.bulkCreate(rows.Profile)
      await Genre.bulkCreate(rows.Genre)
      await Reader.bulkCreate(rows.Reader)
      await Book.bulkCreate(rows.Book.map(({ titleLength: _, ...row }): NewRow<Book> => row))
      await Review.bulkCreate(rows.Review)
      for (const { book, genre } of rows.BookGenre) await Book.filter({ id: book }).related('genres').add(genre)
      memory = rows
    }
    try {
      for (let round = 0; round < runs(2); round += 1) {
        await fill(fc.sample(arbitraryRows, { numRuns: 1, seed: seed + round })[0] ?? assert.fail())
        await fc.assert(
          fc.asyncProperty(
            arbitraryFilter('Book'),
            arbitraryFilter('Author'),
            arbitraryFilter('Review'),
            arbitraryOrder,
            fc.integer({ min: 0, max: 7 }),
            async (a, b, c, order, most) => {
              const known = memory ?? assert.fail()
              // The names are those of the models; what the compiler would say of a random filter is no matter.
              await same(known, 'Book', a, Book.filter(a as Filter<Book>), Book.exclude(a as Filter<Book>))
              await same(known, 'Author', b, Author.filter(b as Filter<Author>), Author.exclude(b as Filter<Author>))
              await same(known, 'Review', c, Review.filter(c as Filter<Review>), Review.exclude(c as Filter<Review>))
              const wanted = inOrder(known, a, order).slice(0, most)
              const found = await Book.filter(a as Filter<Book>)
                .orderBy(...order, 'id')
                .limit(most)
                .values('id')
                .rows()
              assert.deepEqual(found, wanted)
            },
          ),
          { numRuns: runs(50), seed: seed + round },
        )
      }
    } finally {
      await library.close()
    }
  })
}

interface Found {
  rows(): Promise<object[]>
  count(): Promise<number>
  exists(): Promise<boolean>
}

async function same(memory: Memory, model: keyof Memory, filter: object, found: Found, others: Found): Promise<void> {
  const all = rowsOf(memory, model)
  const wanted = all.filter((row) => fitsInMemory(memory, model, row, filter, all))
  assert.deepEqual(sorted(await found.rows()), sorted(wanted))
  assert.equal(await found.count(), wanted.length)
  assert.equal(await found.exists(), wanted.length > 0)
  assert.deepEqual(sorted(await others.rows()), sorted(all.filter((row) => !wanted.includes(row))))
}

function sorted(rows: readonly object[]): readonly string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted()
}

/** Fields that every database puts in one order, a path to one among them. */
const arbitraryOrder = fc
  .uniqueArray(fc.constantFrom('pages', 'price', 'published', 'at', 'isOpen', 'authorId', 'author.mentorId'), {
    maxLength: 3,
  })
  .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, `-${name}`))))

/** The keys of the books that a filter fits, in an order: NULL is greater than everything. */
function inOrder(memory: Memory, filter: object, order: readonly string[]): readonly { readonly id: unknown }[] {
  const authors = new Map(rowsOf(memory, 'Author').map((row) => [row['id'], row]))
  const held = (row: Readonly<Record<string, unknown>>, name: string): unknown =>
    name === 'author.mentorId' ? (authors.get(row['authorId'])?.['mentorId'] ?? null) : row[name]
  return rowsOf(memory, 'Book')
    .filter((row) => fitsInMemory(memory, 'Book', row, filter))
    .toSorted((a, b) => {
      for (const name of [...order, 'id']) {
        const [sign, field] = name.startsWith('-') ? [-1, name.slice(1)] : [1, name]
        const difference = compareInMemory(held(a, field), held(b, field))
        if (difference !== 0) return sign * difference
      }
      return 0
    })
    .map(({ id }) => ({ id }))
}
