/**
 * What a clause of ALTER TABLE asks of the server, as far as its cost goes. `describe`: another default or comment of a column, which no row knows of;
 * `describeStored`: another comment of one that is computed and kept, in the rows or in an index; `widen`, `extendEnum` and `recollate`: another type
 * that keeps every stored byte; `convert`: any other change of type, of how a column is computed, or of whether it is; `takeName`: a column that nothing
 * stands on gets the name of one that goes.
 */
export type Operation =
  | 'addColumn'
  | 'addComputedDefault'
  | 'addVolatileDefault'
  | 'addNumbered'
  | 'addVirtual'
  | 'addStored'
  | 'dropColumn'
  | 'renameColumn'
  | 'takeName'
  | 'describe'
  | 'describeStored'
  | 'require'
  | 'ease'
  | 'widen'
  | 'extendEnum'
  | 'recollate'
  | 'recollateIndexed'
  | 'recompute'
  | 'convert'
  | 'number'
  | 'unnumber'
  | 'addIndex'
  | 'addExpressionIndex'
  | 'addExpressionUnique'
  | 'addHashedUnique'
  | 'addFulltext'
  | 'dropIndex'
  | 'dropHashedUnique'
  | 'dropExpressionIndex'
  | 'renameIndex'
  | 'renameExpressionIndex'
  | 'addKey'
  | 'dropKey'
  | 'addForeignKey'
  | 'dropForeignKey'
  | 'addCheck'
  | 'dropCheck'
  | 'commentTable'

/**
 * What a statement costs, from the cheapest. `instant`: nothing but the catalogue changes; `inPlace`: rows are read at most, and writers go on;
 * `inPlaceShared`: the same, and writers wait; `rebuild`: every row is written again, and writers go on; `rebuildShared` and `copy`: every row is written
 * again, and writers wait, but where the server can let them go on.
 */
export type Cost = 'instant' | 'inPlace' | 'inPlaceShared' | 'rebuild' | 'rebuildShared' | 'copy'

/** What of a table decides what its changes cost. */
export interface TableTraits {
  /** It has columns that are computed when they are read, or comes to have such. */
  readonly hasVirtual: boolean
  /** One of them is in an index. */
  readonly hasIndexedVirtual: boolean
  /** It has computed columns that are stored, or comes to have such. */
  readonly hasStored: boolean
  /** It has foreign keys by which the server itself changes rows. */
  readonly hasCascades: boolean
  /** How many uniques it has that are kept by hashes, as their values are too long for a key. */
  readonly hashes: number
  /** It has indexes over expressions. */
  readonly hasExpressionIndexes: boolean
  /** It has indexes for full-text search. */
  readonly hasFulltext: boolean
}

/** Where MariaDB and MySQL differ in the clauses of ALTER TABLE, and what each costs. */
export interface AlterVariant {
  /** What one ALTER TABLE costs that does all of this, at a version of the server. */
  costOf(operations: readonly Operation[], table: TableTraits, version: string): Cost
  /** The words by which the server is held to that cost: `ALGORITHM=INSTANT, LOCK=NONE`. */
  wordsFor(cost: Cost, operations: readonly Operation[], table: TableTraits, version: string): string
  /** Whether a text column may grow from so many bytes to so many without a row being written. */
  growsInPlace(before: number, after: number): boolean
  /** Whether a renamed column is followed in what is computed from it: checks, defaults, generated columns and indexes over expressions. */
  readonly renamesFollow: boolean
  /** Whether a computed column can be declared NOT NULL. */
  readonly generatedNotNull: boolean
  /** Whether a column can be added whose default is another one for each row. */
  readonly addsVolatileDefaults: boolean
}
