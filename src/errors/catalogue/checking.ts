import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

/** What a database and the code that is to run over it do not agree about. */
export interface Misfit {
  /** On file, and not applied. */
  readonly notApplied: readonly string[]
  /** Applied, and not on file: the database is newer than the code. */
  readonly newer: readonly string[]
  readonly halfWay: readonly string[]
  /** What else is wrong with the history, a sentence each. */
  readonly history: readonly string[]
  /** What is not as the migrations left it, in words. */
  readonly drift: readonly string[]
}

/** Every sentence about checking a project. */
export const checkingSentences = {
  'checking.unknownRef': (d: { ref: string }): Sentence => ({
    summary: `git knows no commit or branch "${d.ref}" that this branch has a commit in common with.`,
    why: 'What came since then is what counts as new.',
    fix: 'Name a branch or commit that is fetched (`--since origin/main`), with its history: a shallow clone has none.',
  }),
  'checking.databaseDoesNotFit': (d: { database: string } & Misfit): Sentence => {
    const problems = problemsOf(d)
    return {
      summary: `${capital(d.database)} does not fit this code: ${problems.map(({ what }) => what).join('; ')}.`,
      fix: [...new Set(problems.map(({ fix }) => fix))].join(' '),
    }
  },
  'checking.driftNeedsConnection': (_: object): Sentence => ({
    summary: "A whole database cannot be compared over the application's own Kysely.",
    why: 'That takes a connection whose settings are known, and the application has set its own.',
    fix: 'Leave `kysely` out, so that Godwit opens the database of the config, or name it by `database`; or leave `drift` out.',
  }),
  'checking.recordNotReadable': (d: { reason: string }): Sentence => ({
    summary: `What is applied to the database cannot be read: ${ended(d.reason)}`,
    fix: 'Give the user of this connection the right to read godwit_migrations and godwit_journal, and let its search path lead to them.',
  }),
} satisfies Record<string, (details: never) => Sentence>

interface Problem {
  readonly what: string
  readonly fix: string
}

function problemsOf({ notApplied, newer, halfWay, history, drift }: Misfit): readonly Problem[] {
  const some = (names: readonly string[], what: (count: string) => string, fix: string): readonly Problem[] =>
    names.length === 0 ? [] : [{ what: what(listed(names)), fix }]
  return [
    ...some(
      notApplied,
      (names) => `not applied to it: ${names}`,
      'Run `godwit migrate` before the application starts.',
    ),
    ...some(
      halfWay,
      (names) => `half-way in it: ${names}`,
      'Run `godwit migrate`, which finishes what is half-way, or `godwit migrate --rollback`.',
    ),
    ...some(
      newer,
      (names) => `applied to it and unknown to this code: ${names}`,
      'Deploy the code that the database was migrated with; where old code may run beside new one, say `allowNewer: true`.',
    ),
    ...some(history, (sentences) => sentences, 'Run `godwit check --database NAME`, which says what to do about it.'),
    ...some(drift, (differences) => `not as the migrations left it: ${differences}`, 'Run `godwit drift`.'),
  ]
}

/** A few of them, and how many more there are. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => name.replace(/\.$/, ''))
  return `${shown.join(', ')}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ''}`
}

function capital(text: string): string {
  return /^the /.test(text) ? `T${text.slice(1)}` : text
}
