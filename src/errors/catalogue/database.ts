import type { Sentence } from '../sentence.ts'

/** Every sentence about connections and databases. */
export const databaseSentences = {} satisfies Record<string, (details: never) => Sentence>
