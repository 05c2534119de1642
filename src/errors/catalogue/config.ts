import type { Sentence } from '../sentence.ts'

/** Every sentence about the config file and the project. */
export const configSentences = {} satisfies Record<string, (details: never) => Sentence>
