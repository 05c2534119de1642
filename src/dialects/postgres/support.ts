import type { Feature, Support } from '../../schema/feature.ts'
import type { PostgresCapabilities } from './capabilities.ts'

/** What PostgreSQL makes of everything that not all databases have. */
export function supportOf({
  nullsNotDistinct,
  virtualGenerated,
}: PostgresCapabilities): Readonly<Record<Feature, Support>> {
  return {
    enum: { works: 'text with a CHECK' },
    nativeEnum: { works: true },
    array: { works: true },
    duration: { works: 'interval' },
    ipAddress: { works: 'inet' },
    range: { works: true },
    schema: { works: true },
    comment: { works: true },
    collation: { works: true },
    virtualGenerated: virtualGenerated
      ? { works: true }
      : { refused: 'PostgreSQL computes a column when it is read since version 18; before, it stores all of them' },
    unsigned: { ignored: 'signed, with a CHECK' },
    indexMethod: { works: 'btree, hash, gin, gist, spgist, brin, and those of extensions' },
    include: { works: true },
    operatorClass: { works: true },
    nullsOrder: { works: true },
    nullsNotDistinct: nullsNotDistinct
      ? { works: true }
      : { refused: 'PostgreSQL has `nullsNotDistinct` since version 15' },
    partialIndex: { works: true },
    expressionIndex: { works: true },
    prefixLength: { ignored: 'whole values are in the index' },
    uniqueText: { works: true },
    textKey: { works: true },
    jsonIndex: { works: true },
    numberedCheck: { works: true },
    numberedStored: { works: true },
    numberedVirtual: { works: true },
    checkUnderAction: { works: true },
    storedUnderAction: { works: true },
    storedUnderCascade: { works: true },
    deferrableUnique: { works: true },
    deferrableForeignKey: { works: true },
    setDefaultAction: { works: true },
    exclusion: { works: true },
    extension: { works: true },
    createCollation: { works: true },
    concurrently: { works: true },
    notValid: { works: true },
  }
}
