import type { Sentence } from '../sentence.ts'

/** Every sentence about applying migrations. */
export const executionSentences = {} satisfies Record<string, (details: never) => Sentence>
