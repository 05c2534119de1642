import type { Sentence } from '../sentence.ts'

/** Every sentence about folding changes into the last migration of an app. */
export const updateSentences = {
  'update.noMigration': (d: { app: string }) => ({
    summary: `${d.app} has no migration that its changes could be folded into.`,
    fix: `Run \`godwit makemigrations ${d.app}\` without --update first.`,
  }),
  'update.replacesOthers': (d: { migration: string }) => ({
    summary: `${d.migration} replaces other migrations, so nothing can be folded into it.`,
    why: 'A database that has applied what it replaces counts it as applied and would never get the changes.',
    fix: 'Run makemigrations without --update: the changes get a migration of their own.',
  }),
  'update.applied': (d: { migration: string; database: string }) => ({
    summary: `${d.migration} is applied in the database "${d.database}", so nothing can be folded into it.`,
    why: 'What is applied is never applied again: that database would not get the changes.',
    fix: `Run makemigrations without --update, or unapply ${d.migration} first if nobody else has applied it.`,
  }),
  'update.notLookedAt': (d: { migration: string; database: string; problem: string }) => ({
    summary: `Whether ${d.migration} is applied in the database "${d.database}" cannot be seen: ${d.problem}`,
    why: 'Nothing can be folded into a migration that a database has applied: that database would never get the changes.',
    fix: 'Make the database reachable; name the only one that counts, as in `--database default`; or run makemigrations without --update.',
  }),
  'update.dependedOn': (d: { migration: string; dependents: readonly string[] }) => ({
    summary: `${d.dependents.join(', ')} ${d.dependents.length === 1 ? 'names' : 'name'} ${d.migration}, so nothing can be folded into it.`,
    why: 'The migration gets another name, and what depends on it counts on what it does now.',
    fix: 'Run makemigrations without --update: the changes get a migration of their own.',
  }),
  'update.notRewritable': (d: { migration: string; file: string }) => ({
    summary: `${d.file} cannot be written anew with all that it holds, so nothing can be folded into ${d.migration}.`,
    why: 'What stays is taken over as it is written: each operation from its place in the list of `export default defineMigration({ … })`.',
    fix: 'Write the operations into that list, each by itself; or run makemigrations without --update: the changes get a migration of their own.',
  }),
  'update.needsOwnMigration': (d: { migration: string; because: 'steps' | 'cycle' | 'outcome' }) => ({
    summary: `The changes cannot be folded into ${d.migration}: ${becauseOf[d.because]}.`,
    fix: 'Run makemigrations without --update: the changes get a migration of their own.',
  }),
} satisfies Record<string, (details: never) => Sentence>

const becauseOf = {
  steps: 'they are steps that commit one by one, and it is one transaction',
  cycle: 'migrations of other apps would then wait for it, and it for them',
  outcome: 'the outcome would not be that of the two one after the other',
}
