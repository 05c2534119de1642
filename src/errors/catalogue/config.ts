import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about the config file and the project. */
export const configSentences = {
  'config.notFound': (d: { folder: string }) => ({
    summary: `There is no godwit.config.ts in ${d.folder}, nor in a folder above it.`,
    fix: 'Run `godwit init` to begin a project here, or name the file: `--config FILE`, in code the option `config`.',
  }),
  'config.fileMissing': (d: { file: string }) => ({
    summary: `The config file ${d.file} does not exist.`,
    fix: 'Correct the path given to --config.',
  }),
  'config.severalFiles': (d: { folder: string; files: readonly string[] }) => ({
    summary: `${d.folder} holds more than one config: ${listed(d.files)}.`,
    fix: 'Keep one of them, or name the one to use with --config.',
  }),
  'config.noDefaultExport': (d: { file: string }) => ({
    summary: `${d.file} has no default export.`,
    fix: 'Write `export default defineConfig({ apps: …, databases: … })`.',
  }),
  'config.notAnObject': (d: { file: string; found: string }) => ({
    summary: `The default export of ${d.file} is ${d.found}, not an object.`,
    fix: 'Write `export default defineConfig({ apps: …, databases: … })`.',
  }),
  'config.unknownKey': (d: { file: string; key: string; known: readonly string[] }) => ({
    summary: `${d.file} has a key that Godwit does not know: "${d.key}".${didYouMean(d.key, d.known)}`,
    fix: `Remove or correct it; the keys are ${listed(d.known)}.`,
  }),
  'config.missingKey': (d: { file: string; key: string; example: string }) => ({
    summary: `${d.file} does not say which ${d.key} there are.`,
    fix: `Add \`${d.key}\`, for example \`${d.example}\`.`,
  }),
  'config.routerNotUsable': (d: { file: string; found: string }) => ({
    summary: `\`router\` in ${d.file} is ${d.found}.`,
    fix: "Write an object of apps and databases, `{ events: 'analytics' }`, or a function, `({ app, model }) => …`.",
  }),
  'config.routerUnknownKey': (d: { file: string; key: string; known: readonly string[] }) => ({
    summary: `\`router\` in ${d.file} names "${d.key}", which is no app and no model of one.${didYouMean(d.key, d.known)}`,
    fix: `Name an app, a model as \`app.Model\`, or * for all the rest; the apps are ${listed(d.known.filter((app) => app !== '*'))}.`,
  }),
  'config.routeNotUsable': (d: { file: string; of: string; found: string }) => ({
    summary: `\`router\` in ${d.file} says of ${d.of} that it lives in ${d.found}.`,
    fix: "Name a database of the config, `'analytics'`, or several, `['default', 'analytics']`.",
  }),
  'config.routeUnknown': (d: { file: string; of: string; database: string; known: readonly string[] }) => ({
    summary: `\`router\` in ${d.file} says that ${d.of} lives in "${d.database}", and there is no such database.${didYouMean(d.database, d.known)}`,
    fix: `Name one of ${listed(d.known)}, or add it to \`databases\`.`,
  }),
  'config.routerNeedsDefault': (d: { file: string }) => ({
    summary: `\`router\` in ${d.file} does not say where everything lives, and there is no database called default.`,
    why: 'What the router does not name lives in `default`.',
    fix: "Add `'*': …` to the router with the database in which the rest lives, or call a database `default`.",
  }),
  'config.checkNotUsable': (d: { file: string; key: string; found: string }) => ({
    summary: `\`${d.key}\` in ${d.file} is ${d.found}.`,
    fix: "Write what may stay, and why: `check: { ignore: [{ id: 'migrations.destructive', migration: 'blog.0007_drop_body', reason: '…' }] }`.",
  }),
  'config.unknownCheckKey': (d: { file: string; of: string; key: string; known: readonly string[] }) => ({
    summary: `\`${d.of}\` in ${d.file} has a key that Godwit does not know: "${d.key}".${didYouMean(d.key, d.known)}`,
    fix: `Remove or correct it; the keys are ${listed(d.known)}.`,
  }),
  'config.unknownFinding': (d: { file: string; id: string; known: readonly string[] }) => ({
    summary: `\`check.ignore\` in ${d.file} names "${d.id}", which no check finds.${didYouMean(d.id, d.known)}`,
    fix: '`godwit check --help` lists all ids; `*` stands for any letters.',
  }),
  'config.driftNotUsable': (d: { file: string; key: string; found: string }) => ({
    summary: `\`${d.key}\` in ${d.file} is ${d.found}.`,
    fix: "Write what may differ, and why: `drift: { ignore: [{ object: 'index blog_*', reason: '…' }] }`.",
  }),
  'config.unknownDriftKey': (d: { file: string; of: string; key: string; known: readonly string[] }) => ({
    summary: `\`${d.of}\` in ${d.file} has a key that Godwit does not know: "${d.key}".${didYouMean(d.key, d.known)}`,
    fix: `Remove or correct it; the keys are ${listed(d.known)}.`,
  }),
  'config.appsNotUsable': (d: { file: string; found: string }) => ({
    summary: `\`apps\` in ${d.file} is ${d.found}.`,
    fix: "Write an object of label and folder, `{ billing: './src/billing' }`, or an array of folders, `['./src/billing']`.",
  }),
  'config.noApps': (d: { file: string }) => ({
    summary: `\`apps\` in ${d.file} is empty.`,
    fix: "Add an app: `apps: { billing: './src/billing' }`.",
  }),
  'config.appFolderNotUsable': (d: { file: string; app: string; found: string }) => ({
    summary: `The folder of the app ${d.app} in ${d.file} is ${d.found}.`,
    fix: `Write the path of the folder with its models, relative to ${d.file}: \`'./src/billing'\`.`,
  }),
  'config.labelNotUsable': (d: { file: string; label: string }) => ({
    summary: `An app cannot be called "${d.label}" (in ${d.file}).`,
    why: 'The label begins the names of the tables, and stands before the dot in names such as billing.Invoice.',
    fix: `Use lower-case letters, digits and underscores, beginning with a letter; the object form sets a label of its own: \`{ ${suggestedLabel(d.label)}: './folder' }\`.`,
  }),
  'config.labelTwice': (d: { file: string; label: string; folders: readonly string[] }) => ({
    summary: `Two folders in ${d.file} would both be the app "${d.label}": ${listed(d.folders)}.`,
    fix: "Use the object form of `apps` to give each a label of its own: `{ first: './a/app', second: './b/app' }`.",
  }),
  'config.folderTwice': (d: { file: string; folder: string; labels: readonly string[] }) => ({
    summary: `The folder ${d.folder} is given to two apps in ${d.file}: ${listed(d.labels)}.`,
    why: 'Its models would be made twice, under two names.',
    fix: 'Keep one of the two labels.',
  }),
  'config.appFolderMissing': (d: {
    file: string
    app: string
    folder: string
    name: string
    known: readonly string[]
  }) => ({
    summary: `The folder of the app ${d.app} does not exist: ${d.folder}.${didYouMean(d.name, d.known)}`,
    fix: `Create the folder, or correct the path in ${d.file} (it is relative to that file).`,
  }),
  'config.appFolderIsFile': (d: { file: string; app: string; folder: string }) => ({
    summary: `The folder of the app ${d.app} is a file: ${d.folder}.`,
    fix: `Name the folder that holds models.ts and migrations/ in ${d.file}.`,
  }),
  'config.databasesNotUsable': (d: { file: string; found: string }) => ({
    summary: `\`databases\` in ${d.file} is ${d.found}.`,
    fix: 'Write an object of name and database: `{ default: … }`.',
  }),
  'config.noDatabases': (d: { file: string }) => ({
    summary: `\`databases\` in ${d.file} is empty.`,
    fix: 'Add the database that is used when none is named: `databases: { default: … }`.',
  }),
  'config.databaseNotUsable': (d: { file: string; database: string; found: string }) => ({
    summary: `The database ${d.database} in ${d.file} is ${d.found}.`,
    fix: 'Give it a URL, or `{ dialect, kind }` with a Kysely dialect and the kind of database that it speaks to.',
  }),
  'config.unknownDatabaseKey': (d: { file: string; database: string; key: string; known: readonly string[] }) => ({
    summary: `The database ${d.database} in ${d.file} has a key that Godwit does not know: "${d.key}".${didYouMean(d.key, d.known)}`,
    fix: `Remove or correct it; the keys are ${listed(d.known)}.`,
  }),
  'config.databaseSettingNotUsable': (d: {
    file: string
    database: string
    key: string
    found: string
    wanted: string
  }) => ({
    summary: `\`${d.key}\` of the database ${d.database} in ${d.file} is ${d.found}.`,
    fix: `Write ${d.wanted}, or leave it out.`,
  }),
  'config.noDefaultDatabase': (d: { file: string; known: readonly string[] }) => ({
    summary: `${d.file} has no database called "default", and none was named.`,
    fix: `Name one with --database (${listed(d.known)}), or call one of them default.`,
  }),
  'config.unknownDatabase': (d: { file: string; database: string; known: readonly string[] }) => ({
    summary: `${d.file} has no database called "${d.database}".${didYouMean(d.database, d.known)}`,
    fix: `Name one of: ${listed(d.known)}.`,
  }),
  'config.unknownApp': (d: { app: string; known: readonly string[] }) => ({
    summary: `There is no app called "${d.app}".${didYouMean(d.app, d.known)}`,
    fix: `Name one of the apps in the config: ${listed(d.known)}.`,
  }),
  'config.modelsMissing': (d: { app: string; folder: string }) => ({
    summary: `The app ${d.app} has no models: ${d.folder} holds neither models.ts nor models/index.ts.`,
    why: 'A file that is merely in the wrong place would otherwise read as the wish to drop every table of the app.',
    fix: 'Create models.ts there; for an app without models it may say `export {}`.',
  }),
  'config.severalModelsFiles': (d: { app: string; files: readonly string[] }) => ({
    summary: `The app ${d.app} has its models in more than one place: ${listed(d.files)}.`,
    fix: 'Keep one of them.',
  }),
} satisfies Record<string, (details: never) => Sentence>

function listed(names: readonly string[]): string {
  return names.join(', ')
}

function suggestedLabel(label: string): string {
  const cleaned = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
  return cleaned === '' ? 'app' : cleaned
}
