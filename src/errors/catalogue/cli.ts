import type { Sentence } from '../sentence.ts'

/** Every sentence about the command line. */
export const cliSentences = {} satisfies Record<string, (details: never) => Sentence>
