import type { AlterVariant, Cost, Operation, TableTraits } from '../mysql-family/alter-variant.ts'
import { addsSeveralFulltext, dearest, rebuilds } from '../mysql-family/costs.ts'
import { isAtLeast } from '../shared/versions.ts'

/** What each clause costs when it is alone (https://dev.mysql.com/doc/refman/9.7/en/innodb-online-ddl-operations.html), as 9.7 accepts it. */
const alone: Readonly<Record<Operation, Cost>> = {
  addColumn: 'instant',
  addComputedDefault: 'copy',
  addVolatileDefault: 'copy',
  addNumbered: 'rebuildShared',
  addVirtual: 'instant',
  addStored: 'copy',
  dropColumn: 'instant',
  // Instant only where no foreign key is over the column, at either end.
  renameColumn: 'inPlace',
  takeName: 'instant',
  describe: 'instant',
  describeStored: 'instant',
  require: 'rebuild',
  ease: 'rebuild',
  widen: 'inPlace',
  extendEnum: 'instant',
  recollate: 'inPlace',
  recollateIndexed: 'copy',
  recompute: 'copy',
  convert: 'copy',
  number: 'copy',
  unnumber: 'copy',
  addIndex: 'inPlace',
  addExpressionIndex: 'inPlaceShared',
  addExpressionUnique: 'copy',
  addHashedUnique: 'copy',
  // The first of a table makes a hidden column for itself.
  addFulltext: 'rebuildShared',
  dropIndex: 'inPlace',
  dropHashedUnique: 'inPlace',
  dropExpressionIndex: 'inPlace',
  renameIndex: 'inPlace',
  renameExpressionIndex: 'copy',
  addKey: 'rebuild',
  dropKey: 'copy',
  addForeignKey: 'copy',
  dropForeignKey: 'inPlace',
  addCheck: 'copy',
  dropCheck: 'instant',
  commentTable: 'inPlace',
}

/** The version from which on an operation is instant; before it, the rows are written again. */
const instantSince: Partial<Readonly<Record<Operation, string>>> = {
  addColumn: '8.0.12',
  dropColumn: '8.0.29',
}

/** The clauses of ALTER TABLE and what they cost, on MySQL. */
export const alter: AlterVariant = {
  costOf,
  wordsFor,
  // One byte holds a length of up to 255 bytes.
  growsInPlace: (before, after) => after >= before && (before > 255 || after <= 255),
  renamesFollow: false,
  generatedNotNull: true,
  // Replication by statements could not repeat it, and the server refuses it whatever it replicates by.
  addsVolatileDefaults: false,
}

function costOf(operations: readonly Operation[], table: TableTraits, version: string): Cost {
  const has = (...some: readonly Operation[]): boolean => operations.some((operation) => some.includes(operation))
  const cost = dearest(operations.map((operation) => aloneAt(operation, table, version)))
  if (cost === 'instant') return cost
  if (addsSeveralFulltext(operations)) return 'copy'
  if (has('addVirtual') && has('addColumn', 'dropColumn', 'require', 'ease')) return 'copy'
  // Whether a second one can be built in place depends on how its name sorts among the hidden columns.
  if (has('addExpressionIndex') && table.hasExpressionIndexes) return 'copy'
  if (has('addExpressionIndex', 'dropExpressionIndex') && !areIndexes(operations)) return 'copy'
  // What is instant only alone is done in place where something else is, and then writes every row.
  if (!rebuilds(cost) && has('addColumn', 'dropColumn')) return cost === 'inPlaceShared' ? 'rebuildShared' : 'rebuild'
  return cost
}

/**
 * An index over an expression stands on a hidden virtual column: one that goes, or some that come, can share a statement with plain indexes, and with
 * nothing else.
 */
function areIndexes(operations: readonly Operation[]): boolean {
  const gone = operations.filter((operation) => operation === 'dropExpressionIndex').length
  return (
    (gone === 0 || (gone === 1 && !operations.includes('addExpressionIndex'))) &&
    operations.every((operation) => indexOperations.includes(operation))
  )
}

const indexOperations: readonly Operation[] = ['addIndex', 'dropIndex', 'addExpressionIndex', 'dropExpressionIndex']

function aloneAt(operation: Operation, { hasFulltext }: TableTraits, version: string): Cost {
  const since = instantSince[operation]
  // The hidden column of full-text indexes is in the way of everything that writes rows anew, and of what would be instant otherwise.
  if (hasFulltext && operation === 'addFulltext') return 'inPlaceShared'
  if (hasFulltext && (since !== undefined || rebuilds(alone[operation]))) return 'copy'
  if (since !== undefined && !isAtLeast(version, since)) return 'rebuild'
  return alone[operation]
}

function wordsFor(cost: Cost): string {
  switch (cost) {
    case 'instant':
      // The server takes no other lock by name with it.
      return 'ALGORITHM=INSTANT'
    case 'inPlace':
    case 'rebuild':
      return 'ALGORITHM=INPLACE, LOCK=NONE'
    case 'inPlaceShared':
    case 'rebuildShared':
      return 'ALGORITHM=INPLACE, LOCK=SHARED'
    case 'copy':
      return 'ALGORITHM=COPY, LOCK=SHARED'
  }
}
