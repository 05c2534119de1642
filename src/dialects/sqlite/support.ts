import type { Feature, Support } from '../../schema/feature.ts'

/** What SQLite makes of everything that not all databases have. */
export const support: Readonly<Record<Feature, Support>> = {
  enum: { works: 'text with a CHECK' },
  nativeEnum: { ignored: 'text with a CHECK, as without `native`' },
  array: { refused: 'SQLite has no arrays', instead: 'Use f.json, which holds a list.' },
  duration: {
    refused: 'SQLite has no type for a span of time',
    instead: 'Use f.integer, and say the unit in its name: seconds, minutes.',
  },
  ipAddress: { works: 'text, not validated' },
  range: { refused: 'SQLite has no ranges', instead: 'Use two fields, one for each bound.' },
  schema: {
    refused: 'SQLite has no schemas in a database',
    instead: 'Leave schema out; table can give the table another name.',
  },
  comment: { ignored: 'SQLite has no comments' },
  collation: { works: 'BINARY, NOCASE and RTRIM' },
  virtualGenerated: { works: true },
  unsigned: { ignored: 'signed, with a CHECK' },
  indexMethod: { refused: 'SQLite has one kind of index', instead: 'Leave method out.' },
  include: {
    refused: 'SQLite indexes have no columns beside their key',
    instead: 'Leave include out; at the end of fields a field is in the index as well.',
  },
  operatorClass: { refused: 'SQLite has no operator classes', instead: 'Leave operatorClasses out.' },
  nullsOrder: { refused: 'SQLite indexes cannot say where NULLs stand', instead: 'Leave nulls out.' },
  nullsNotDistinct: {
    refused: 'two NULLs are never equal in a unique of SQLite',
    instead: 'Leave nullsNotDistinct out, or make the fields NOT NULL.',
  },
  partialIndex: { works: true },
  expressionIndex: { works: true },
  prefixLength: { ignored: 'whole values are in the index' },
  uniqueText: { works: true },
  textKey: { works: true },
  jsonIndex: { works: true },
  deferrableUnique: { refused: 'SQLite checks a unique at once', instead: 'Leave deferrable out.' },
  deferrableForeignKey: { works: true },
  setDefaultAction: { works: true },
  exclusion: {
    refused: 'SQLite has no exclusion constraints',
    instead: 'Leave it out, and let the application keep the rows apart.',
  },
  extension: { ignored: 'SQLite has no extensions that a database remembers' },
  createCollation: { ignored: 'collations of SQLite are made by the application' },
  concurrently: { ignored: 'an index is built like any other: SQLite has one writer' },
  notValid: { ignored: 'a check is validated at once' },
}
