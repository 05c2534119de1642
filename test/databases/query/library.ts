import { migrate } from '../../../src/execution/migrate.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import { replay } from '../../../src/history/replay.ts'
import { createModel, defineMigration, f, q } from '../../../src/migrations.ts'
import { historicalModels } from '../../../src/query/historical-models.ts'
import type { HistoricalModels } from '../../../src/query/query-set.ts'
import type { Computed, Defaulted, ToMany, ToOne } from '../../../src/query/row-of.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import type { ProjectState } from '../../../src/state/project-state.ts'
import type { DatabaseUnderTest } from '../../support/test-database.ts'

export interface Author {
  id: Defaulted<number>
  name: string
  country: string | null
  mentorId: number | null
  mentor: ToOne<Author>
  students: ToMany<Author>
  books: ToMany<Book>
  /** The reverse of `editor`, which was given no name. */
  book: ToMany<Book>
  profile: ToOne<Profile>
}

export interface Profile {
  authorId: number
  bio: string
  author: ToOne<Author>
}

export interface Book {
  id: Defaulted<number>
  title: string
  pages: number | null
  price: string | null
  published: string | null
  at: Date | null
  isOpen: Defaulted<boolean>
  titleLength: Computed<number>
  authorId: number | null
  editorId: number | null
  author: ToOne<Author>
  editor: ToOne<Author>
  genres: ToMany<Genre>
  readers: ToMany<Reader>
  reviews: ToMany<Review>
}

export interface Genre {
  code: string
  name: string
  book: ToMany<Book>
  near: ToMany<Genre>
  nearTo: ToMany<Genre>
}

export interface Reader {
  id: Defaulted<number>
  name: string
  reviews: ToMany<Review>
  read: ToMany<Book>
}

export interface Review {
  bookId: number
  readerId: number
  stars: number
  note: string | null
  book: ToOne<Book>
  reader: ToOne<Reader>
}

export interface Library {
  Author: Author
  Profile: Profile
  Book: Book
  Genre: Genre
  Reader: Reader
  Review: Review
}

const id = f.bigAuto({ primaryKey: true })

const operations = [
  createModel({
    name: 'Author',
    fields: {
      id,
      name: f.char({ maxLength: 60 }),
      country: f.char({ maxLength: 20, null: true }),
      mentor: f.foreignKey('self', { null: true, onDelete: 'setNull', relatedName: 'students' }),
    },
  }),
  createModel({
    name: 'Profile',
    fields: { author: f.oneToOne('Author', { primaryKey: true, onDelete: 'cascade' }), bio: f.text() },
  }),
  createModel({
    name: 'Genre',
    fields: {
      code: f.char({ maxLength: 10, primaryKey: true }),
      name: f.text(),
      near: f.manyToMany('self', { relatedName: 'nearTo' }),
    },
  }),
  createModel({ name: 'Reader', fields: { id: f.auto({ primaryKey: true }), name: f.text() } }),
  createModel({
    name: 'Book',
    fields: {
      id,
      title: f.text({ column: 'the "title"' }),
      pages: f.integer({ null: true }),
      price: f.decimal({ maxDigits: 8, decimalPlaces: 2, null: true }),
      published: f.date({ null: true }),
      at: f.dateTime({ null: true }),
      isOpen: f.boolean({ default: true }),
      titleLength: f.generated({ expression: q.length('title'), output: f.integer() }),
      author: f.foreignKey('Author', { null: true, onDelete: 'cascade', relatedName: 'books' }),
      editor: f.foreignKey('Author', { null: true, onDelete: 'setNull' }),
      genres: f.manyToMany('Genre'),
    },
    options: { table: 'books as they were' },
  }),
  createModel({
    name: 'Review',
    fields: {
      book: f.foreignKey('Book', { onDelete: 'cascade', relatedName: 'reviews' }),
      reader: f.foreignKey('Reader', { onDelete: 'cascade', relatedName: 'reviews' }),
      stars: f.smallInteger(),
      note: f.text({ null: true }),
    },
    options: { primaryKey: ['book', 'reader'] },
  }),
]

const migrations = [
  { app: 'library', name: '0001_initial', definition: defineMigration({ operations }) },
  {
    app: 'library',
    name: '0002_readers',
    definition: defineMigration({
      dependencies: [['library', '0001_initial']],
      operations: [
        {
          kind: 'addField',
          model: 'Book',
          name: 'readers',
          field: f.manyToMany('Reader', { through: 'Review', relatedName: 'read' }),
        },
      ],
    }),
  },
]

/** A migrated database, and the models as code of the next migration sees them. */
export interface OpenLibrary {
  readonly session: Session
  readonly state: ProjectState
  readonly models: HistoricalModels<Library>
  close(): Promise<void>
}

/** Makes a library in a database of its own. */
export async function openLibrary(on: DatabaseUnderTest): Promise<OpenLibrary> {
  const database = await on.createScratch()
  const session = await database.openSession()
  const graph = buildGraph(migrations)
  await migrate({ session, graph })
  const state = replay(graph, graph.order)
  const names = ['Author', 'Profile', 'Book', 'Genre', 'Reader', 'Review']
  const models = historicalModels({
    state,
    dialect: session.dialect,
    db: session.kysely,
    models: Object.fromEntries(names.map((name) => [name, `library.${name}`])),
    migration: 'library.0003_code',
  })
  return {
    session,
    state,
    // What the fields are, the migrations above say.
    models: models as unknown as HistoricalModels<Library>,
    async close() {
      await session.close()
      await database.drop()
    },
  }
}

/** All rows of a set, as it is iterated over. */
export async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = []
  for await (const row of rows) found.push(row)
  return found
}
