import type { Sentence } from '../sentence.ts'

/** Every sentence about taking over a database that exists. */
export const adoptingSentences = {
  'adopting.initialDiffers': (d: {
    migrations: readonly string[]
    database: string
    discrepancies: readonly { readonly text: string }[]
    /** Their apps have later migrations: the database may be at the end of those. */
    isBeginning?: boolean
  }): Sentence => {
    const [first = ''] = d.migrations
    const apps = [...new Set(d.migrations.map((migration) => asArguments(migration).split(' ')[0]))].join(' ')
    const lost = `Where the database has been through all migrations and lost the rows of its record, \`godwit resetmigrations ${apps} --from-files\` compares it with the last one. Else make`
    const isOne = d.migrations.length === 1
    return {
      summary: `${d.database} has tables of ${d.migrations.join(', ')}, and they are not what ${isOne ? 'it makes' : 'they make'}:${itemised(d.discrepancies)}\nNothing was recorded and nothing was changed.`,
      why: 'An initial migration is recorded without being carried out only where the database holds all that it makes: what comes later stands on it.',
      fix: `${d.isBeginning === true ? lost : 'Make'} the migration what the database is: change the models, delete ${isOne ? 'its file' : 'the files'} and run makemigrations again. What no model can say, \`godwit adopt ${asArguments(first).split(' ')[0]}\` takes over as it is. Or, knowing of these differences, record it with \`godwit migrate ${asArguments(first)} --fake\`; then \`godwit drift --repair\` makes the database what it says.`,
    }
  },
  'adopting.notMigrated': (d: { migrations: readonly string[] }): Sentence => ({
    summary: `The database differs from what was migrated, and this is not applied to it yet, or half-way: ${d.migrations.join(', ')}.`,
    why: 'A migration that says what the database has become comes after all that there are, so all of them must be applied to it.',
    fix: 'Run `godwit migrate` first; if it fails over what differs, `godwit drift --repair` mends that.',
  }),
  'adopting.partlyThere': (d: {
    migration: string
    database: string
    discrepancies: readonly { readonly text: string }[]
  }): Sentence => ({
    summary: `${d.database} has a part of what ${d.migration} says that another database has become, and not all of it:${itemised(d.discrepancies)}\nNothing was recorded and nothing was changed.`,
    why: 'It is recorded where all of it is so, and carried out where nothing of it is.',
    fix: 'Run `godwit drift --repair`, which makes this database what was migrated (a column too many goes only where you name it); then `godwit migrate` carries it out.',
  }),
  'adopting.stepsUnseen': (d: {
    unseen: readonly { readonly migration: string; readonly steps: readonly string[] }[]
  }): Sentence => ({
    summary: `The tables of ${d.unseen.map(({ migration }) => migration).join(', ')} are there, but nothing shows whether this was carried out:${d.unseen.flatMap(({ migration, steps }) => steps.map((step) => `\n  ${migration}: ${step}`)).join('')}\nNothing was recorded and nothing was changed.`,
    why: 'Of a migration that is only recorded nothing is carried out, its SQL and its code no more than the rest.',
    fix: `If what they do is in the database, say so: ${d.unseen.map(({ migration }) => `\`--answer ${migration}:steps=done\``).join(' ')}. A runSql that has a \`done\` query is looked at by itself.`,
  }),
  'adopting.appNeeded': (d: { known: readonly string[] }) => ({
    summary: 'There is more than one app, and a database is adopted into one.',
    fix: `Name it: \`godwit adopt ${d.known[0]}\`; the apps are ${d.known.join(', ')}.`,
  }),
  'adopting.livesElsewhere': (d: { app: string; database: string }) => ({
    summary: `The router has no table of ${d.app} in the database "${d.database}".`,
    fix: 'Name the database where the app lives with --database, or change the router first.',
  }),
  'adopting.fileInUse': (d: { file: string }) => ({
    summary: `${d.file} declares no models, but it is not empty either, so it stays as it is.`,
    fix: 'Move what is in it to another file, and run adopt again.',
  }),
  'adopting.migrationsWithoutModels': (d: { app: string }) => ({
    summary: `${d.app} has migrations and no models, so it is not at its beginning.`,
    fix: `Bring the models back; or, if the migrations are nobody's any more, remove them and run adopt again.`,
  }),
  'adopting.noTables': (d: {
    app: string
    database: string
    unread: readonly { readonly table: string; readonly why: string }[]
  }) => ({
    summary: `${d.database} has no table that could be a model of ${d.app}${d.unread.length === 0 ? ', or none that this user may see' : `:${d.unread.map(({ table, why }) => `\n  ${table}: ${why}`).join('')}`}${d.unread.length === 0 ? '.' : ''}`,
    fix: 'Check that it is the database that you mean; a schema besides the default one is named with --schema. Where there are no tables yet, write models, and run makemigrations and migrate.',
  }),
  'adopting.changesOpen': (d: { app: string }) => ({
    summary: `The models of ${d.app} say something else than its migrations.`,
    why: 'What is adopted is what both say.',
    fix: `Put the models back; or, where no database has these migrations yet, remove them: adopt writes the first one anew.`,
  }),
  'adopting.othersFirst': (d: { app: string; apps: readonly string[] }) => ({
    summary: `${d.app} needs models of ${d.apps.join(', ')} that no migration makes.`,
    fix: `Adopt ${d.apps.join(', ')} first: \`godwit adopt ${d.apps[0]}\`; or write their migrations with makemigrations.`,
  }),
  'adopting.waitsFor': (d: { app: string; migrations: readonly string[] }) => ({
    summary: `${d.app} stands on ${d.migrations.join(', ')}, which this database has not recorded.`,
    fix: `Bring the others there first: \`godwit adopt\` for an app whose tables are there, \`godwit migrate\` for one whose are not.`,
  }),
  'adopting.nothingThere': (d: { migrations: readonly string[]; database: string }) => ({
    summary: `Nothing that ${d.migrations.join(', ')} ${d.migrations.length === 1 ? 'makes' : 'make'} is in ${d.database}, so there is nothing to adopt.`,
    fix: 'Run `godwit migrate`, which makes the tables.',
  }),
} satisfies Record<string, (details: never) => Sentence>

/** What differs, a line each; so many of them at most that the rest stays in sight. */
function itemised(discrepancies: readonly { readonly text: string }[]): string {
  const shown = discrepancies.slice(0, 20).map(({ text }) => `\n  ${text}`)
  const rest = discrepancies.length - shown.length
  return [...shown, ...(rest > 0 ? [`\n  and ${rest} more`] : [])].join('')
}

/** A migration as a command line names it. */
function asArguments(migration: string): string {
  return migration.replace('.', ' ')
}
