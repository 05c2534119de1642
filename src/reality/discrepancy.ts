import { type Change, isObjectChange, tableOf } from '../schema/change.ts'
import { changeInWords } from '../schema/change-in-words.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Schema } from '../schema/schema.ts'

/** One way in which a database is not what it should be. */
export interface Discrepancy {
  /** The table it is about; absent for an enum type, an extension or a collation. */
  readonly table?: string
  /** What it is about, in full: `column blog_post.title`, `index blog_post_slug on blog_post`. Config patterns and `--only` speak of it so. */
  readonly object: string
  readonly kind: 'missing' | 'extra' | 'different'
  /** What is declared, in words: `varchar(40)`, `NOT NULL`; absent for what is extra. */
  readonly declared?: string
  /** What the database has, in words; absent for what is missing. */
  readonly found?: string
  /** One sentence with all of that, without a full stop. */
  readonly text: string
  /** What would make the database what is declared, in an order in which it can be made. */
  readonly changes: readonly Change[]
}

/** Both sides of a comparison, in the server's spelling. */
export interface Sides {
  readonly inspected: Schema
  readonly declared: Schema
  readonly dialect: Dialect
}

/** The changes that lead from a database to what is declared, told as what is wrong with the database. */
export function discrepanciesOf(changes: readonly Change[], _sides: Sides): readonly Discrepancy[] {
  return changes.map((change) => {
    const text = changeInWords(change)
    const table = isObjectChange(change) ? undefined : tableOf(change)
    return { ...(table !== undefined && { table }), object: text, kind: 'different', text, changes: [change] }
  })
}
