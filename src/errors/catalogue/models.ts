import type { Sentence } from '../sentence.ts'

/** Every sentence about models and fields. */
export const modelsSentences = {} satisfies Record<string, (details: never) => Sentence>
