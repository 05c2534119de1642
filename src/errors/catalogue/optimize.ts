import type { Sentence } from '../sentence.ts'

/** Every sentence about writing a migration with fewer operations. */
export const optimizeSentences = {
  'optimize.applied': (d: { migration: string; database: string; start: string }) => ({
    summary: `${d.migration} is applied in the database "${d.database}", or begun, so it stays as it is.`,
    why: 'What was applied is recorded: with other operations in its file, migrate would take it for edited and refuse to go on.',
    fix: `Unapply it first if nobody else has applied it (\`godwit migrate\` to the one before it); or leave it, and shorten it together with its neighbours: \`godwit squashmigrations ${d.start}\`.`,
  }),
  'optimize.replaced': (d: { migration: string; squash: string; arguments: string }) => ({
    summary: `${d.migration} is replaced by ${d.squash}, and stays as it is until it goes.`,
    why: 'Only databases that have begun with the originals still run it, and those have it recorded as it is.',
    fix: `Shorten what stands in its place: \`godwit optimizemigration ${d.arguments}\`.`,
  }),
  'optimize.notRewritable': (d: { file: string }) => ({
    summary: `${d.file} can be shortened, but not by itself: it is no file that ends in \`export default defineMigration({ … })\`.`,
    fix: 'Write the definition where it is exported, with its operations in a list there, and run the command again.',
  }),
  'optimize.notReadable': (d: { migration: string; file: string; problem: string }) => ({
    summary: `${d.file} would not hold ${d.migration} as it was proved: ${d.problem}`,
    why: 'What is written is loaded first. Nothing was changed.',
    fix: "Let nothing that the file declares itself be called like a function of 'godwit/migrations', and run the command again.",
  }),
  'optimize.differs': (d: { migration: string; differences: readonly string[] }) => ({
    summary: `Shortened, ${d.migration} would not lead to the same tables: ${d.differences.join('; ')}.`,
    why: 'This is a bug of Godwit: the outcome is proved before anything is written. Nothing was written.',
    fix: 'Please report it, with the migration; it can stay as it is.',
  }),
} satisfies Record<string, (details: never) => Sentence>
