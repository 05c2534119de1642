import type { AlterVariant, Cost, Operation, TableTraits } from '../mysql-family/alter-variant.ts'
import { addsSeveralFulltext, dearest, rebuilds } from '../mysql-family/costs.ts'
import { isAtLeast } from '../shared/versions.ts'

/** What each clause costs when it is alone, as 10.11 and 11.8 accept it (https://mariadb.com/kb/en/innodb-online-ddl-overview/). */
const alone: Readonly<Record<Operation, Cost>> = {
  addColumn: 'instant',
  addComputedDefault: 'instant',
  addVolatileDefault: 'copy',
  addNumbered: 'rebuildShared',
  addVirtual: 'instant',
  addStored: 'copy',
  dropColumn: 'instant',
  renameColumn: 'instant',
  takeName: 'instant',
  describe: 'instant',
  describeStored: 'copy',
  require: 'rebuild',
  ease: 'rebuild',
  widen: 'instant',
  extendEnum: 'instant',
  recollate: 'instant',
  recollateIndexed: 'inPlace',
  recompute: 'instant',
  convert: 'copy',
  number: 'copy',
  unnumber: 'instant',
  addIndex: 'inPlace',
  addExpressionIndex: 'inPlace',
  addExpressionUnique: 'inPlace',
  addHashedUnique: 'copy',
  // The first of a table makes a hidden column for itself.
  addFulltext: 'rebuildShared',
  dropIndex: 'inPlace',
  dropHashedUnique: 'inPlace',
  dropExpressionIndex: 'inPlace',
  renameIndex: 'instant',
  renameExpressionIndex: 'instant',
  addKey: 'rebuild',
  dropKey: 'copy',
  addForeignKey: 'copy',
  dropForeignKey: 'instant',
  addCheck: 'copy',
  dropCheck: 'instant',
  commentTable: 'instant',
}

/** The clauses of ALTER TABLE and what they cost, on MariaDB. */
export const alter: AlterVariant = {
  costOf,
  wordsFor,
  // A column of at most 127 bytes keeps its length in one byte, and has room for another.
  growsInPlace: (before, after) => after >= before && (before <= 127 || before > 255 || after <= 255),
  renamesFollow: true,
  generatedNotNull: false,
  addsVolatileDefaults: true,
}

function costOf(operations: readonly Operation[], table: TableTraits): Cost {
  const has = (...some: readonly Operation[]): boolean => operations.some((operation) => some.includes(operation))
  const cost = dearest(operations.map((operation) => costAlone(operation, table)))
  const kinds = new Set(operations)
  // Several are never made in place at once, and further ones not while rows are written again.
  if (addsSeveralFulltext(operations)) return 'copy'
  if (table.hasFulltext && has('addFulltext') && rebuilds(cost)) return 'copy'
  if (table.hashes > 0 && !dropsAllHashes(operations, table)) return 'copy'
  // Rows that are written again would have to be indexed by what is computed from them, and a column may no longer come or go at once.
  if (table.hasIndexedVirtual && has('addColumn', 'addComputedDefault', 'dropColumn', 'require', 'ease')) return 'copy'
  // A table with virtual columns, and one that gets some, is copied as soon as two things happen to it at once that would be cheap one by one.
  if (table.hasVirtual && has('dropColumn') && kinds.size > 1) return 'copy'
  if (has('addVirtual') && kinds.size > 1) return 'copy'
  if (has('recompute') && kinds.size > 1) return 'copy'
  if (table.hasStored && has('require')) return 'copy'
  // An index over a column that grows is built anew if it is renamed in the same breath.
  if (cost === 'instant' && has('widen') && has('renameIndex', 'renameExpressionIndex')) return 'inPlace'
  if (!rebuilds(cost) && has('addColumn', 'addComputedDefault', 'dropColumn') && has('addIndex')) return 'rebuild'
  return cost
}

/** A table with full-text indexes has a hidden column for them: none comes or goes beside it at once, and no writer goes on while rows are written again. */
function costAlone(operation: Operation, { hasFulltext }: TableTraits): Cost {
  const cost = alone[operation]
  if (!hasFulltext || cost === 'copy') return cost
  if (operation === 'addFulltext') return 'inPlaceShared'
  return rebuilds(cost) || rebuildsFulltext.includes(operation) ? 'rebuildShared' : cost
}

const rebuildsFulltext: readonly Operation[] = ['addColumn', 'addComputedDefault', 'dropColumn']

/** Hashes are in hidden virtual columns, with which nothing is cheap but to drop all of them, beside other indexes. */
function dropsAllHashes(operations: readonly Operation[], { hashes }: TableTraits): boolean {
  const dropped = operations.filter((operation) => operation === 'dropHashedUnique').length
  const isAlone = operations.every((one) => one === 'dropHashedUnique' || one === 'dropIndex' || one === 'addIndex')
  return dropped === hashes && isAlone
}

function wordsFor(cost: Cost, operations: readonly Operation[], table: TableTraits, version: string): string {
  switch (cost) {
    case 'instant':
      return 'ALGORITHM=INSTANT, LOCK=NONE'
    case 'inPlace':
      return 'ALGORITHM=NOCOPY, LOCK=NONE'
    case 'inPlaceShared':
      return 'ALGORITHM=NOCOPY, LOCK=SHARED'
    case 'rebuild':
      return 'ALGORITHM=INPLACE, LOCK=NONE'
    case 'rebuildShared':
      return 'ALGORITHM=INPLACE, LOCK=SHARED'
    case 'copy':
      return copiesOnline(operations, table, version) ? 'ALGORITHM=COPY, LOCK=NONE' : 'ALGORITHM=COPY, LOCK=SHARED'
  }
}

/** https://mariadb.com/kb/en/innodb-online-ddl-overview/#copy-algorithm: from 11.2 on, but where the server itself changes or numbers rows. */
function copiesOnline(operations: readonly Operation[], { hasCascades }: TableTraits, version: string): boolean {
  const numbers = operations.some((operation) => operation === 'number' || operation === 'addNumbered')
  return isAtLeast(version, '11.2') && !hasCascades && !numbers
}
