import type { Session } from '../../src/schema/dialect.ts'

/** A database of a test's own. It is dropped when the test file is done, or earlier. */
export interface TestDatabase {
  /** As a config names it. */
  readonly url: string
  openSession(options?: SessionOptions): Promise<Session>
  /** Connects by the driver alone, as an application does that has never heard of Godwit. */
  connect(): Promise<Client>
  /** Takes out all that is in it. */
  empty(): Promise<void>
  /** Another database with the same content. Nobody may be connected to this one. */
  copy(): Promise<TestDatabase>
  drop(): Promise<void>
}

export interface SessionOptions {
  /** Called before and after every statement that is sent. */
  readonly observe?: (phase: 'before' | 'after', statement: string) => void
  /** How long one statement waits for a lock, in milliseconds. */
  readonly lockTimeout?: number
}

/** A plain connection. The caller closes it. */
export interface Client {
  /** Runs a text of one or more statements. */
  exec(text: string): Promise<void>
  /** The rows of one query. */
  all(query: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  close(): Promise<void>
}

/** A kind of database that tests run on. */
export interface DatabaseUnderTest {
  /** As it is written: `PostgreSQL`. Stands in the name of each test that runs on it. */
  readonly name: string
  /** As configs and dialects call it: `postgres`. */
  readonly kind: string
  /** Why it cannot be had here. Tests on it are then skipped, by name. */
  readonly skip: string | false
  create(): Promise<TestDatabase>
  /** One that need not outlive its session: in memory, where the database can be there. */
  createScratch(): Promise<TestDatabase>
}
