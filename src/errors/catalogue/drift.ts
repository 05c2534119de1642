import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about comparing a database with what it should be. */
export const driftSentences = {
  'drift.nothingMatches': (d: { pattern: string; known: readonly string[] }) => ({
    summary: `Nothing in the database or in what was applied to it is called "${d.pattern}".${didYouMean(d.pattern, d.known)}`,
    why: 'A pattern that is about nothing would find no difference, whatever the database is.',
    fix: 'Name a table (`blog_post`) or a thing as `godwit drift` calls it (`index blog_* on blog_post`), where `*` stands for any letters.',
  }),
} satisfies Record<string, (details: never) => Sentence>
