import type { Feature, Support } from '../../schema/feature.ts'

/** What SQLite makes of everything that not all databases have. */
export const support: Readonly<Record<Feature, Support>> = {
  enum: { works: 'text with a CHECK' },
  nativeEnum: { ignored: 'text with a CHECK, as without `native`' },
  array: { refused: 'SQLite has no arrays; f.json holds a list' },
  duration: { refused: 'SQLite has no type for a span of time; f.integer holds one in a unit that its name can tell' },
  ipAddress: { works: 'text, not validated' },
  range: { refused: 'SQLite has no ranges; two fields hold the bounds' },
  schema: { refused: 'SQLite has one schema for each file; `table` gives a table another name' },
  comment: { ignored: 'SQLite has no comments' },
  collation: { works: 'BINARY, NOCASE and RTRIM' },
  indexMethod: { refused: 'SQLite has one kind of index' },
  include: { refused: 'SQLite indexes have no columns beside their key; add the fields to `fields`' },
  operatorClass: { refused: 'SQLite has no operator classes' },
  nullsOrder: { refused: 'SQLite indexes cannot say where NULLs stand' },
  nullsNotDistinct: { refused: 'two NULLs are never equal in a unique of SQLite; make the field NOT NULL' },
  deferrableUnique: { refused: 'SQLite checks a unique at once' },
  deferrableForeignKey: { works: true },
  exclusion: { refused: 'SQLite has no exclusion constraints' },
  extension: { ignored: 'SQLite has no extensions that a database remembers' },
  createCollation: { ignored: 'collations of SQLite are made by the application' },
  concurrently: { ignored: 'an index is built like any other: SQLite has one writer' },
  notValid: { ignored: 'a check is validated at once' },
}
