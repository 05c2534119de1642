import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about reading models out of a database. */
export const inspectingSentences = {
  'inspecting.appNeeded': (d: { known: readonly string[] }) => ({
    summary: 'There is more than one app, and models belong to one.',
    why: 'The label of the app begins the names that tables have by themselves; a table that is called otherwise needs a word in its model.',
    fix: `Say which app the models are for: \`--app ${d.known[0]}\`; the apps are ${d.known.join(', ')}.`,
  }),
  'inspecting.unknownTable': (d: { table: string; database: string; known: readonly string[] }) => ({
    summary: `There is no table "${d.table}" in ${d.database}, or none that this user may see.${didYouMean(d.table, d.known)}`,
    fix: 'Name a table as the database has it, with its schema before it where that is not the default one (`sales.customer`); without a name all are read.',
  }),
  'inspecting.noTables': (d: { database: string; schemas: readonly string[] }) => ({
    summary: `There are no tables in ${d.database}${d.schemas.length === 0 ? '' : ` (nor in its ${d.schemas.join(', ')})`}, or none that this user may see.`,
    why: "Godwit's own tables do not count.",
    fix: 'Check that it is the database that you mean, and that the user may see its tables; a schema besides the default one is named with --schema.',
  }),
  'inspecting.nothingNew': (d: { database: string; app: string; apps: readonly string[] }) => ({
    summary: `Every table of ${d.database} has a model already, in ${d.apps.join(', ')}.`,
    fix: 'Name the tables to read all the same.',
  }),
  'inspecting.noSchemas': (d: { reason: string }) => ({
    summary: `--schema names a part that this database cannot have: ${d.reason}.`,
    fix: 'Leave --schema out.',
  }),
  'inspecting.fileExists': (d: { file: string }) => ({
    summary: `${d.file} exists, and stays as it is.`,
    fix: 'Name another file with --output; or, to lose what is in it, add --overwrite.',
  }),
} satisfies Record<string, (details: never) => Sentence>
