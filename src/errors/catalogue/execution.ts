import { type ProblemKind, problemInWords } from '../data-problems.ts'
import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about applying migrations. */
export const executionSentences = {
  'execution.irreversible': (d: { steps: readonly IrreversibleStep[] }): Sentence => ({
    summary: `${noWayBack(d.steps)}. Nothing was changed.`,
    fix: `Give ${d.steps.length === 1 ? `the ${d.steps[0]?.operation}` : 'each of them'} a \`backwards\` (it may be added to an applied migration), or stay at ${d.steps[0]?.migration} or after it. Where the tables are as they should be already, \`--fake\` records it as unapplied and runs nothing.`,
  }),
  'execution.sqlMissing': (d: { migration: string; database: string }): Sentence => ({
    summary: `A runSql of migration ${d.migration} has no SQL for ${d.database}.`,
    fix: `Add a \`${d.database}\` key to it; an empty list does nothing on ${d.database}.`,
  }),
  'execution.dataStandsInTheWay': (d: {
    migration: string
    direction: 'forwards' | 'backwards'
    table: string
    columns: readonly string[]
    problem: ProblemKind
    rule: string
    rows: number
    example: string | undefined
  }): Sentence => ({
    summary:
      `Migration ${d.migration} cannot be ${d.direction === 'forwards' ? 'applied' : 'unapplied'} with the data that ${d.table} holds: ` +
      `${d.rows} ${problemInWords(d.problem, d.rows)} (${d.columns.join(', ')}${d.example === undefined ? '' : `, for example ${d.example}`}).`,
    why: `${d.direction === 'forwards' ? 'The migration' : 'The way back'} asks that ${d.rule}${d.problem === 'checkViolated' ? ' holds' : ''}. This was looked up before anything was changed.`,
    fix: wayOut(d),
  }),
  'execution.tableExists': (d: { app: string; migration: string; table: string }): Sentence => ({
    summary: `Migration ${d.app}.${d.migration} cannot be applied: there is a table ${d.table} already.`,
    why: 'It was made by other hands, or by a migration of another model with the same table.',
    fix: `If other hands made all that the migration makes, \`godwit migrate --fake-initial\` proves it and records an initial migration; any other is recorded unseen by \`godwit migrate ${d.app} ${d.migration} --fake\`. Otherwise rename or drop the table, or give the model a \`table\` of its own.`,
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
    /** Where in the files of the project code threw: `blog/migrations/0002_slugs.ts:12:9`. */
    at?: string
    reason: string
    fix: string
  }): Sentence => ({
    summary: `${d.direction === 'forwards' ? 'Applying' : 'Unapplying'} ${d.migration} failed at "${d.step}"${d.at === undefined ? '' : ` (${d.at})`}: ${ended(d.reason)}`,
    fix: d.fix,
  }),
  'execution.codeStepLockedOut': (d: { migration: string; reason: string }): Sentence => ({
    summary: `The code of migration ${d.migration} was locked out of the database: ${ended(d.reason)}`,
    why: "The migration's own transaction holds the database, and the code went there by a connection of its own.",
    fix: 'Use the `db` that the step is handed; do not import the connection of the application.',
  }),
  'execution.codeStepHangs': (d: { migration: string; seconds: number }): Sentence => ({
    summary: `The code of migration ${d.migration} sent nothing to the database for ${d.seconds} seconds and was given up; what it had done was rolled back.`,
    why: "A step that goes to the database by the application's own connection waits for the very transaction that it runs in.",
    fix: 'Use the `db` that the step is handed, and inside `db.transaction().execute(async (trx) => …)` the `trx`. A step that really needs longer gets it by --code-timeout SECONDS.',
  }),
  'execution.halfWay': (d: { migration: string; direction: string; wanted: string; step: string }): Sentence => ({
    summary: `Migration ${d.migration} is in the middle of "${d.step}", so it cannot go ${d.wanted} now.`,
    why: 'What undoes it undoes all of it: of a half nobody knows what is to be undone.',
    fix: `Finish it first: run migrate ${d.direction === 'forwards' ? '' : 'with the same target as before '}and then go ${d.wanted}. If it cannot be finished, undo by hand what it did, and let --fake record where the database stands.`,
  }),
  'execution.halfWayMissing': (d: { migrations: readonly string[] }): Sentence => ({
    summary: `${d.migrations.join(', ')} ${d.migrations.length === 1 ? 'is' : 'are'} half-way in this database, and there is no file of ${d.migrations.length === 1 ? 'it' : 'them'} here.`,
    why: 'A run of another branch was stopped in the middle. Nothing can be built on tables that are in between.',
    fix: 'Switch to the branch that has the file and run `godwit migrate` there, which finishes it, or `godwit migrate --rollback`, which undoes it.',
  }),
  'execution.editedHalfWay': (d: {
    migration: string
    direction: string
    done?: number
    total?: number
  }): Sentence => ({
    summary: `Migration ${d.migration} is half-way${d.done === undefined ? '' : ` (${d.done} of ${d.total} steps are done)`}, and what was done of it is not what its file says now.`,
    why: 'Going on, or back, from a step that is another by now would leave tables that no history describes.',
    fix: 'Put the file back as it was when the run was stopped. Then run migrate, which finishes it, or migrate --rollback, which undoes it; after that it can be edited and applied. Steps that were not begun may be edited at any time.',
  }),
  'execution.alteredMeanwhile': (d: { migration: string; statement: string; sql: string }): Sentence => ({
    summary: `Migration ${d.migration} was interrupted while it was to ${ended(d.statement)} The table is neither as it was before that nor as it is after it, so somebody else has altered it since.`,
    why: 'Godwit looks at the table to find out whether the interrupted statement took effect, and what it sees fits neither answer.',
    fix: 'Look at the table, then run migrate with --interrupted done (the statement took effect) or --interrupted again (it did not, and is to be sent again).',
  }),
  'execution.stoppedHalfWay': (d: {
    migration: string
    direction: 'forwards' | 'backwards'
    done: number
    total: number
    /** What is done and what is not, in words. */
    finished: readonly string[]
    left: readonly string[]
    /** The statement that failed, where it was one. */
    statement?: string
    reason: string
    fix?: string
  }): Sentence => ({
    summary:
      `${d.direction === 'forwards' ? 'Applying' : 'Unapplying'} ${d.migration} stopped half-way, ${d.done} of ${d.total} steps done: ${ended(d.reason)}` +
      `\n  done:${itemised(d.finished)}\n  not done:${itemised(d.left)}${d.statement === undefined ? '' : `\n  failed: ${d.statement}`}`,
    why: 'What is done is committed, step by step, and stays so.',
    fix: `${d.fix ?? 'Mend what the message says.'} ${wayOn(d.direction)}`,
  }),
  'execution.interrupted': (d: {
    migration: string
    direction: 'forwards' | 'backwards'
    done: number
    total: number
    /** What is done and what is not, in words. */
    finished: readonly string[]
    left: readonly string[]
    /** What was under way and may have taken effect. */
    underWay?: string
  }): Sentence => ({
    summary:
      `Interrupted: ${d.direction === 'forwards' ? 'applying' : 'unapplying'} ${d.migration} stopped half-way, ${d.done} of ${d.total} steps done.` +
      `\n  done:${itemised(d.finished)}\n  not done:${itemised(d.left)}`,
    why:
      d.underWay === undefined
        ? 'What is done is committed, step by step, and stays so; what was under way was undone.'
        : `What is done is committed, step by step, and stays so. Whether "${d.underWay}" took effect the next run finds out.`,
    fix: wayOn(d.direction),
  }),
  'execution.tableCopy': (d: { migration: string; statement: string; reason: string }): Sentence => ({
    summary: `Migration ${d.migration}: the server cannot carry out "${d.statement}" in the way that was planned, and was not allowed to copy the table instead: ${ended(d.reason)}`,
    why: 'Every statement asks for the cheapest way that it should need, so that the server refuses rather than keep writers waiting for as long as it takes to copy all rows.',
    fix: 'Run `godwit migrate --allow-table-copy`, best when the table is quiet; it goes on exactly there.',
  }),
  'execution.unknownOutcome': (d: { migration: string; step: string }): Sentence => ({
    summary: `Migration ${d.migration} was interrupted while "${d.step}" ran, and whether it took effect cannot be seen.`,
    why: 'The statement ran outside a transaction and its runSql has no `done` query that tells.',
    fix: 'Look at the database, then run migrate with --interrupted done (it took effect) or --interrupted again (it did not).',
  }),
  'execution.needsNonAtomic': (d: { migration: string; operation: string }): Sentence => ({
    summary: `Migration ${d.migration} cannot be one transaction: "${d.operation}" can be part of none.`,
    why: 'Nobody has to wait for it because it commits in between.',
    fix: 'Add `atomic: false` to the defineMigration, and put what should happen together into another migration.',
  }),
  'execution.batchesPaused': (d: {
    migration: string
    direction: 'forwards' | 'backwards'
    rows: number
  }): Sentence => ({
    summary: `Stopped ${d.direction === 'forwards' ? 'applying' : 'unapplying'} ${d.migration} after ${rowsInWords(d.rows)}; every batch that was begun is committed.`,
    fix:
      d.direction === 'forwards'
        ? 'Run `godwit migrate` again: it goes on exactly there.'
        : 'Run migrate again with the same target: it goes on exactly there.',
  }),
  'execution.indexInvalid': (d: { migration: string; step: string; indexes: readonly string[] }): Sentence => ({
    summary: `"${d.step}" of ${d.migration} left an index behind that the database does not use: ${d.indexes.join(', ')}.`,
    why: 'Something disturbed it while it was built beside the writers.',
    fix: 'Run migrate again: it drops what the build left behind, and begins it anew.',
  }),
  'execution.wouldTakeAlong': (d: { dependents: readonly TakenAlong[]; inTransaction: boolean }): Sentence => ({
    summary: `What no migration made would go or break without a word:\n  ${d.dependents.map(inWords).join(';\n  ')}.${
      d.inTransaction ? '\nIts migration was rolled back.' : '\nNothing was changed.'
    }`,
    why: 'It depends on what the migration drops or changes, and Godwit cannot make it again.',
    fix: 'Run migrate with --take-along to let all of this go. To keep something, drop it in a runSql before the change and create it again after it.',
  }),
  'execution.blockedBy': (d: { dependents: readonly TakenAlong[] }): Sentence => ({
    summary: `The database would refuse a change because of what no migration made:\n  ${d.dependents.map(inWords).join(';\n  ')}.`,
    why: 'It depends on what the migration drops or changes.',
    fix: 'Drop it in a runSql before the change, and create it again after the change where it is still wanted.',
  }),
} satisfies Record<string, (details: never) => Sentence>

/** Both ways out of the middle of a migration. */
function wayOn(direction: 'forwards' | 'backwards'): string {
  const next = direction === 'forwards' ? 'The next `godwit migrate`' : 'The next migrate with the same target'
  return `${next} goes on exactly there; \`godwit migrate --rollback\` undoes what is done instead.`
}

/** Each on a line of its own; so many of them at most that the reason stays in sight. */
function itemised(texts: readonly string[]): string {
  const shown = texts.length > 12 ? [...texts.slice(0, 11), `and ${texts.length - 11} more`] : texts
  return texts.length === 0 ? ' nothing' : shown.map((text) => `\n    ${text}`).join('')
}

export interface IrreversibleStep {
  readonly migration: string
  readonly operation: string
  readonly description: string
}

function noWayBack(steps: readonly IrreversibleStep[]): string {
  const [first] = steps
  if (steps.length === 1) {
    return `Migration ${first?.migration} cannot be unapplied: its ${first?.operation} ("${first?.description}") has no way back`
  }
  const each = steps.map(({ migration, operation, description }) => `${migration}: ${operation} ("${description}")`)
  return `These steps have no way back:\n  ${each.join(';\n  ')}`
}

/** An object of other hands, and what a migration would do to it. */
export interface TakenAlong {
  readonly migration: string
  readonly direction: 'forwards' | 'backwards'
  readonly kind: string
  readonly name: string
  readonly on: string
  readonly fate: 'dropped' | 'narrowed' | 'broken' | 'blocks'
}

const fates = {
  dropped: 'would drop',
  narrowed: 'would take a column from',
  broken: 'would break',
  blocks: 'is blocked by',
} as const

function inWords({ migration, direction, kind, name, on, fate }: TakenAlong): string {
  const subject = direction === 'forwards' ? migration : `unapplying ${migration}`
  return `${subject} ${fates[fate]} ${kind} ${name}, which depends on ${on}`
}

function rowsInWords(rows: number): string {
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en-US')} rows`
}

function wayOut({ direction, problem }: { readonly direction: string; readonly problem: ProblemKind }): string {
  if (direction === 'forwards') {
    if (problem === 'rowsWithoutValue') {
      return 'Give the addField a `fillExisting`, the value that these rows get, or the field a default or `null: true`.'
    }
    if (problem === 'notOneValue') {
      return 'Let each of these rows have one pair, no more and no less (a data migration before this one is the way that reaches every database) and run migrate again; or add the new field under another name, fill it in a runCode, and remove the old one after that.'
    }
    const mend =
      'Mend these rows (a data migration before this one is the way that reaches every database) and run migrate again'
    return problem === 'nulls'
      ? `${mend}, or give the alterField a \`fillExisting\`, which replaces the NULLs.`
      : `${mend}.`
  }
  return problem === 'nulls' || problem === 'rowsWithoutValue'
    ? 'Give the operation of the migration a `fillRestored`, the value that these rows get on the way back (it may be added to an applied migration), and unapply again.'
    : 'Mend these rows and unapply again.'
}
