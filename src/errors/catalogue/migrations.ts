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
  'migrations.replacesUnsupported': (d: { migration: string }) => ({
    summary: `${d.migration} says that it replaces other migrations, which this version of Godwit does not act upon.`,
    why: 'Where some of the replaced ones are applied, running it would make their tables again.',
    fix: 'Remove `replaces`, or put the original migrations back.',
  }),
  'migrations.missingDependency': (d: {
    migration: string
    says: 'depends on' | 'runs before'
    missing: string
    nearest: readonly string[]
  }) => ({
    summary: `${d.migration} ${d.says} ${d.missing}, which does not exist.${meant(d.nearest)}`,
    fix: `Correct \`${d.says === 'depends on' ? 'dependencies' : 'runBefore'}\` of ${d.migration}, or put the missing file back.`,
  }),
  'migrations.cycle': (d: { edges: readonly string[] }) => ({
    summary: `These migrations wait for each other: ${d.edges.join('; ')}.`,
    fix: 'Remove one of these dependencies, if need be by moving the operation that needs it to a migration of its own.',
  }),
  'migrations.severalLeaves': (d: { conflicts: readonly { app: string; leaves: readonly string[] }[] }) => ({
    summary: `${d.conflicts.map(({ app, leaves }) => `${app} has ${leaves.length} last migrations (${leaves.join(', ')})`).join('; ')}.`,
    why: 'Two branches each added one to the same app, so it is not known which comes first.',
    fix: `Take the one that no database has applied yet and put the other into its \`dependencies\`: ${d.conflicts
      .slice(0, 1)
      .map(({ app, leaves }) => `\`dependencies: [['${app}', '${leaves[0]}']]\` in ${leaves[1]}`)
      .join('')}, for example.`,
  }),
  'migrations.appliedBeforeDependency': (d: { migration: string; dependency: string }) => ({
    summary: `${d.migration} is applied, but ${d.dependency}, on which it depends, is not.`,
    why: 'The database was migrated while the files said otherwise.',
    fix: `If what ${d.dependency} does is in the database already, record it with \`migrate --fake\`; otherwise correct the dependencies.`,
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
    fix: 'Give the new migration another name with `--name`, or delete the file first.',
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

function meant(nearest: readonly string[]): string {
  return nearest.length === 0 ? '' : ` Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`
}
