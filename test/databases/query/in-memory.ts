import type { RowOf } from '../../../src/query/row-of.ts'
import type { Author, Book, Genre, Profile, Reader, Review } from './library.ts'

/** All rows of a library, and which book is of which genre. */
export interface Memory {
  readonly Author: readonly RowOf<Author>[]
  readonly Profile: readonly RowOf<Profile>[]
  readonly Book: readonly RowOf<Book>[]
  readonly Genre: readonly RowOf<Genre>[]
  readonly Reader: readonly RowOf<Reader>[]
  readonly Review: readonly RowOf<Review>[]
  readonly BookGenre: readonly { readonly book: number; readonly genre: string }[]
}

type Name = Exclude<keyof Memory, 'BookGenre'>
type Row = Readonly<Record<string, unknown>>

/** Where a relation leads from a row. */
interface Lead {
  readonly to: Name
  readonly key: string
  readonly from: (memory: Memory, row: Row) => readonly Row[]
}

const byKey = (to: Name, key: string, own: string): Lead => ({
  to,
  key,
  from: (memory, row) => rowsOf(memory, to).filter((other) => other[key] === row[own]),
})
const back = (to: Name, key: string, theirs: string, own: string): Lead => ({
  to,
  key,
  from: (memory, row) => rowsOf(memory, to).filter((other) => other[theirs] !== null && other[theirs] === row[own]),
})

/** The relations of the library, written down a second time and otherwise. */
export const leads: Readonly<Record<Name, Readonly<Record<string, Lead>>>> = {
  Author: {
    mentor: byKey('Author', 'id', 'mentorId'),
    students: back('Author', 'id', 'mentorId', 'id'),
    books: back('Book', 'id', 'authorId', 'id'),
    book: back('Book', 'id', 'editorId', 'id'),
    profile: back('Profile', 'authorId', 'authorId', 'id'),
  },
  Profile: { author: byKey('Author', 'id', 'authorId') },
  Book: {
    author: byKey('Author', 'id', 'authorId'),
    editor: byKey('Author', 'id', 'editorId'),
    reviews: back('Review', 'bookId', 'bookId', 'id'),
    genres: {
      to: 'Genre',
      key: 'code',
      from: ({ BookGenre, Genre }, row) =>
        Genre.filter(({ code }) => BookGenre.some(({ book, genre }) => book === row['id'] && genre === code)).map(
          asRow,
        ),
    },
    readers: {
      to: 'Reader',
      key: 'id',
      from: ({ Review, Reader }, row) =>
        Reader.filter(({ id }) => Review.some(({ bookId, readerId }) => bookId === row['id'] && readerId === id)).map(
          asRow,
        ),
    },
  },
  Genre: {
    book: {
      to: 'Book',
      key: 'id',
      from: ({ BookGenre, Book }, row) =>
        Book.filter(({ id }) => BookGenre.some(({ book, genre }) => book === id && genre === row['code'])).map(asRow),
    },
  },
  Reader: {
    reviews: back('Review', 'readerId', 'readerId', 'id'),
    read: {
      to: 'Book',
      key: 'id',
      from: ({ Review, Book }, row) =>
        Book.filter(({ id }) => Review.some(({ bookId, readerId }) => bookId === id && readerId === row['id'])).map(
          asRow,
        ),
    },
  },
  Review: { book: byKey('Book', 'id', 'bookId'), reader: byKey('Reader', 'id', 'readerId') },
}

function asRow(row: object): Row {
  return { ...row }
}

const known = new WeakMap<object, readonly Row[]>()

/** The rows of a model, each time the same objects. */
export function rowsOf(memory: Memory, name: keyof Memory): readonly Row[] {
  const rows = known.get(memory[name]) ?? memory[name].map(asRow)
  known.set(memory[name], rows)
  return rows
}

/** Whether a row fits a filter, said in plain TypeScript: a value is there or it is not, and what is not is neither equal, greater nor less. */
export function fitsInMemory(memory: Memory, name: keyof Memory, row: Row, filter: object, _all?: unknown): boolean {
  return Object.entries(filter).every(([key, asked]: readonly [string, unknown]) => {
    if (key === 'or') return list(asked).some((one) => fitsInMemory(memory, name, row, one))
    if (key === 'and') return list(asked).every((one) => fitsInMemory(memory, name, row, one))
    if (key === 'not') return !fitsInMemory(memory, name, row, Object(asked))
    const lead = name === 'BookGenre' ? undefined : leads[name][key]
    if (lead === undefined) return fitsValue(row[key], asked)
    const others = lead.from(memory, row)
    if (asked === null) return others.length === 0
    if (typeof asked !== 'object') return others.some((other) => other[lead.key] === asked)
    return others.some((other) => fitsInMemory(memory, lead.to, other, asked))
  })
}

function list(asked: unknown): readonly object[] {
  return Array.isArray(asked) ? asked : []
}

function fitsValue(value: unknown, asked: unknown): boolean {
  if (typeof asked !== 'object' || asked === null || asked instanceof Date) return equal(value, asked)
  return Object.entries(asked).every(([lookup, wanted]: readonly [string, unknown]) =>
    fitsLookup(value, lookup, wanted),
  )
}

function fitsLookup(value: unknown, lookup: string, wanted: unknown): boolean {
  const texts = (test: (text: string, part: string) => boolean): boolean =>
    typeof value === 'string' && typeof wanted === 'string' && test(value, wanted)
  const order = (test: (difference: number) => boolean): boolean => value !== null && test(compare(value, wanted))
  switch (lookup) {
    case 'equals':
      return equal(value, wanted)
    case 'not':
      return !fitsValue(value, wanted)
    case 'in':
      return Array.isArray(wanted) && wanted.some((one) => equal(value, one))
    case 'isNull':
      return (value === null) === wanted
    case 'gt':
      return order((difference) => difference > 0)
    case 'gte':
      return order((difference) => difference >= 0)
    case 'lt':
      return order((difference) => difference < 0)
    case 'lte':
      return order((difference) => difference <= 0)
    case 'range':
      return Array.isArray(wanted) && fitsLookup(value, 'gte', wanted[0]) && fitsLookup(value, 'lte', wanted[1])
    case 'contains':
      return texts((text, part) => text.includes(part))
    case 'startsWith':
      return texts((text, part) => text.startsWith(part))
    case 'endsWith':
      return texts((text, part) => text.endsWith(part))
    case 'iexact':
      return texts((text, part) => text.toLowerCase() === part.toLowerCase())
    default:
      throw new Error(`no lookup ${lookup}`)
  }
}

function equal(value: unknown, wanted: unknown): boolean {
  if (wanted === null || value === null) return wanted === value
  return compare(value, wanted) === 0
}

/** Decimals are texts and compared as numbers; moments by their time. */
function compare(value: unknown, wanted: unknown): number {
  const [left, right] = [comparable(value), comparable(wanted)]
  return left === right ? 0 : left < right ? -1 : 1
}

function comparable(value: unknown): string | number {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'string') return /^-?\d+\.\d\d$/.test(value) ? Number(value) : value
  return Number(value)
}

/** Which of two values stands first in an order: NULL is greater than everything. */
export function compareInMemory(value: unknown, other: unknown): number {
  if (value === null || other === null) return Number(value === null) - Number(other === null)
  return compare(value, other)
}
