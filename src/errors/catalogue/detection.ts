import type { Sentence } from '../sentence.ts'

/** Every sentence about detecting changes. */
export const detectionSentences = {} satisfies Record<string, (details: never) => Sentence>
