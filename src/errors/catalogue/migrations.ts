import type { Sentence } from '../sentence.ts'

/** Every sentence about migration files, the graph and the record. */
export const migrationsSentences = {} satisfies Record<string, (details: never) => Sentence>
