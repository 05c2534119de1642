import type { Sentence } from '../sentence.ts'

/** Every sentence about mending a database that is not what it should be. */
export const repairSentences = {
  'repair.wouldHarmRows': (d: { subject: string }): Sentence => ({
    summary: `The repair was rolled back: it would have harmed ${d.subject}.`,
    why: 'What other tables hold is compared before and after a table is rebuilt, and it was not the same.',
    fix: 'Look for triggers that change rows when this table is rebuilt, take them away while it is repaired, and make them again.',
  }),
} satisfies Record<string, (details: never) => Sentence>
