import type { Sentence } from '../sentence.ts'

const problems = {
  nulls: 'hold NULL',
  duplicates: 'are there more than once',
  orphans: 'point at a row that does not exist',
  tooLong: 'are too long',
  checkViolated: 'break the rule',
  notConvertible: 'cannot be converted',
  rowsWithoutValue: 'would have no value',
}

/** Every sentence about applying migrations. */
export const executionSentences = {
  'execution.irreversible': (d: { migration: string; operation: string }): Sentence => ({
    summary: `Migration ${d.migration} cannot be unapplied: its ${d.operation} has no way back. Nothing was changed.`,
    fix: `Give the ${d.operation} a \`backwards\`, or unapply to a migration after it.`,
  }),
  'execution.sqlMissing': (d: { migration: string; database: string }): Sentence => ({
    summary: `A runSql of migration ${d.migration} has no SQL for ${d.database}.`,
    fix: `Add a \`${d.database}\` key to it; an empty list does nothing on ${d.database}.`,
  }),
  'execution.dataStandsInTheWay': (d: {
    migration: string
    table: string
    columns: readonly string[]
    problem: keyof typeof problems
    rule: string
    rows: number
    example: string | undefined
  }): Sentence => ({
    summary:
      `Migration ${d.migration} cannot be applied to the data in ${d.table}: ` +
      `${d.rows} ${d.rows === 1 ? 'row' : 'rows'} ${problems[d.problem]} (${d.columns.join(', ')}${d.example === undefined ? '' : `, for example ${d.example}`}).`,
    why: `The migration asks for ${d.rule}. This was looked up before anything was changed.`,
    fix: 'Mend these rows (a data migration before this one is the way that reaches every database) and run migrate again.',
  }),
  'execution.wouldHarmRows': (d: { migration: string; subject: string }): Sentence => ({
    summary: `Migration ${d.migration} was rolled back: it would have harmed ${d.subject}.`,
    why: 'What other tables hold is compared before and after a table is rebuilt, and it was not the same.',
    fix: 'Look for triggers or foreign keys that change rows when this table is rebuilt; split the migration so that code and schema changes stand in migrations of their own.',
  }),
  'execution.stepFailed': (d: {
    migration: string
    direction: string
    step: string
    reason: string
    fix: string
  }): Sentence => ({
    summary: `${d.direction === 'forwards' ? 'Applying' : 'Unapplying'} ${d.migration} failed at "${d.step}": ${d.reason}`,
    fix: d.fix,
  }),
  'execution.codeStepLockedOut': (d: { migration: string; reason: string }): Sentence => ({
    summary: `The code of migration ${d.migration} was locked out of the database: ${d.reason}`,
    why: "The migration's own transaction holds the database, and the code went there by a connection of its own.",
    fix: 'Use the `db` that the step is handed; do not import the connection of the application.',
  }),
  'execution.codeStepHangs': (d: { migration: string; seconds: number }): Sentence => ({
    summary: `The code of migration ${d.migration} sent nothing to the database for ${d.seconds} seconds and was given up; the migration was rolled back.`,
    why: "A step that goes to the database by the application's own connection waits for the very transaction that it runs in.",
    fix: 'Use the `db` that the step is handed. A step that really needs longer gets it by --code-timeout SECONDS.',
  }),
  'execution.halfWay': (d: { migration: string; direction: string; wanted: string; position: number }): Sentence => ({
    summary: `Migration ${d.migration} is half-way ${d.direction} (${d.position} of its steps are done), so it cannot go ${d.wanted} now.`,
    fix: `Finish it first: run migrate ${d.direction === 'forwards' ? '' : 'with the same target as before '}and then go ${d.wanted}.`,
  }),
  'execution.unknownOutcome': (d: { migration: string; step: string }): Sentence => ({
    summary: `Migration ${d.migration} was interrupted while "${d.step}" ran, and whether it took effect cannot be seen.`,
    why: 'The statement ran outside a transaction and its runSql has no `done` query that tells.',
    fix: 'Look at the database, then run migrate with --interrupted done (it took effect) or --interrupted again (it did not).',
  }),
  'execution.edited': (d: {
    migrations: readonly { migration: string; differences: readonly string[] }[]
  }): Sentence => ({
    summary: `${d.migrations.map(({ migration, differences }) => `Migration ${migration} was edited after it was applied: ${differences.join('; ')}`).join('. ')}.`,
    fix: 'Put the file back as it was and write the change as a new migration with makemigrations.',
  }),
  'execution.conflict': (d: { apps: readonly { app: string; leaves: readonly string[] }[] }): Sentence => ({
    summary: `There are several last migrations: ${d.apps.map(({ app, leaves }) => `${app} (${leaves.join(', ')})`).join('; ')}.`,
    why: 'Two branches each added a migration to the same app, so there is no single order.',
    fix: 'Let one of them depend on the other: edit the `dependencies` of the one that no database has applied yet.',
  }),
} satisfies Record<string, (details: never) => Sentence>
