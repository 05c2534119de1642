import { inSeries } from '../../lib/in-series.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about migration files, the graph and the record. */
export const migrationsSentences = {
  'migrations.twoFiles': (d: { app: string; name: string; files: readonly string[] }) => ({
    summary: `The migration ${d.app}.${d.name} has several files: ${d.files.join(' and ')}.`,
    fix: 'Keep one of them.',
  }),
  'migrations.noDefinition': (d: { file: string }) => ({
    summary: `${d.file} does not export a migration as its default.`,
    fix: 'Write `export default defineMigration({ operations: [] })`; a file that is no migration gets a name that begins with "_".',
  }),
  'migrations.invalidDefinition': (d: { file: string | undefined; problem: string; fix: string }) => ({
    summary: `${d.file === undefined ? 'A migration' : `The migration in ${d.file}`} ${d.problem}.`,
    fix: d.fix,
  }),
  'migrations.missingDependency': (d: {
    migration: string
    says: 'depends on' | 'runs before'
    missing: string
    nearest: readonly string[]
    /** The app of the missing one, where it has no files at all. */
    lost?: string
  }) => ({
    summary: `${d.migration} ${d.says} ${d.missing}, which does not exist.${meant(d.nearest)}`,
    fix: `Correct \`${d.says === 'depends on' ? 'dependencies' : 'runBefore'}\` of ${d.migration}, or put the missing file back.${d.lost === undefined ? '' : ` Files of ${d.lost} that a database has applied are written again by \`godwit resetmigrations ${d.lost} --from-record\`.`}`,
  }),
  'migrations.emptyDependency': (d: {
    migration: string
    says: 'depends on' | 'runs before'
    app: string
    end: string
  }) => ({
    summary: `${d.migration} ${d.says} the ${d.end === '__first__' ? 'first' : 'last'} migration of ${d.app} (\`${d.end}\`), which has none.`,
    fix: `Make one with \`godwit makemigrations ${d.app}\`, or remove the entry from \`${d.says === 'depends on' ? 'dependencies' : 'runBefore'}\` of ${d.migration}.`,
  }),
  'migrations.cycle': (d: { edges: readonly string[] }) => ({
    summary: `These migrations wait for each other: ${d.edges.join('; ')}.`,
    fix: 'Remove one of these dependencies, if need be by moving the operation that needs it to a migration of its own.',
  }),
  'migrations.severalLeaves': (d: { conflicts: readonly Conflict[] }) => ({
    summary: d.conflicts
      .map(
        ({ app, branches }) =>
          `${app} has ${branches.length} last migrations: ${inSeries(branches.map(branchInWords))}.`,
      )
      .join('\n'),
    why: 'Branches that were written apart each added migrations to the same app, so it is not known which come first.',
    fix: `Run \`godwit makemigrations --merge\`: it shows what each branch does and, where their order makes no difference, writes the migration that joins them. Or take a branch that no database has applied yet and let it come after the other${d.conflicts
      .slice(0, 1)
      .map(({ app, branches: [one, other] }) => `: \`dependencies: [['${app}', '${one?.at(-1)}']]\` in ${other?.[0]}`)
      .join('')}.`,
  }),
  'migrations.appliedBeforeDependency': (d: { migration: string; dependency: string }) => ({
    summary: `${d.migration} is applied, but ${d.dependency}, on which it depends, is not.`,
    why: 'The database was migrated while the files said otherwise, and no order of applying the rest would be right.',
    fix: `If what ${d.dependency} does is in the database already, \`godwit resetmigrations ${d.dependency.slice(0, d.dependency.indexOf('.'))} --from-files\` compares the tables and writes the rows that are missing; otherwise correct the \`dependencies\`.`,
  }),
  'migrations.unknownApp': (d: { app: string; nearest: readonly string[]; known: readonly string[] }) => ({
    summary: `There is no app "${d.app}".${meant(d.nearest)}`,
    fix: d.known.length === 0 ? 'Add the app to the config.' : `Name one of: ${d.known.join(', ')}.`,
  }),
  'migrations.noMigrations': (d: { app: string }) => ({
    summary: `The app "${d.app}" has no migrations.`,
    fix: `Run \`godwit makemigrations ${d.app}\` first.`,
  }),
  'migrations.unknownMigration': (d: { app: string; name: string; nearest: readonly string[] }) => ({
    summary: `${d.app} has no migration whose name is or begins with "${d.name}".${meant(d.nearest)}`,
    fix: `Run \`godwit showmigrations ${d.app}\` for the names; \`zero\` stands for none at all.`,
  }),
  'migrations.ambiguousName': (d: { app: string; name: string; matches: readonly string[] }) => ({
    summary: `"${d.name}" may be any of several migrations of ${d.app}: ${d.matches.join(', ')}.`,
    fix: 'Write more of the name.',
  }),
  'migrations.fileExists': (d: { file: string }) => ({
    summary: `${d.file} exists already, and a migration is never overwritten.`,
    fix: 'Give the new migration another name with `--name` (a squash: `--squashed-name`), or delete the file first.',
  }),
  'migrations.codeNotWritable': (d: { migration: string; kind: string }) => ({
    summary: `${d.migration} holds code (${d.kind}), and code cannot be written as source text from here.`,
    fix: 'Write the migration as a file by hand, or copy the file that holds the code.',
  }),
  'migrations.recordFormat': (d: { migration: string; format: number; known: number }) => ({
    summary: `The record of ${d.migration} has format ${d.format}; this version of Godwit reads up to ${d.known}.`,
    fix: 'Use the version of Godwit that the rest of your team uses.',
  }),
} satisfies Record<string, (details: never) => Sentence>

/** An app with several last migrations: what each branch adds to what they have in common, the last one at the end. */
export interface Conflict {
  readonly app: string
  readonly branches: readonly (readonly string[])[]
}

function branchInWords(branch: readonly string[]): string {
  const before = branch.slice(0, -1)
  return `${branch.at(-1)}${before.length === 0 ? '' : ` (after ${before.join(', ')})`}`
}

function meant(nearest: readonly string[]): string {
  return nearest.length === 0 ? '' : ` Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`
}
