import type { InspectDatabaseResult } from '../../api/inspect-database.ts'
import { counted } from '../../lib/counted.ts'
import { displayPath } from '../../lib/display-path.ts'
import { type Call, defineCommand, type FlagTable } from '../command.ts'
import { say } from '../terminal.ts'

const flagTable = {
  app: {
    value: 'APP',
    help: 'The app that the models are for, by its label in the config; needed where there are several',
  },
  schema: {
    value: 'SCHEMA',
    repeatable: true,
    help: 'Also the tables of this schema, where the database has such; those of the default one are always read',
  },
  output: {
    value: 'FILE',
    short: 'o',
    help: 'Write the models to this file instead of printing them; it must not exist',
  },
  overwrite: { help: 'With --output: the file may exist, and what is in it is lost' },
} as const satisfies FlagTable

export const inspectDbCommand = defineCommand({
  name: 'inspectdb',
  summary: 'Write the models of a database that exists',
  details:
    'Reads the tables of a database and prints a models.ts that says what they are: types, keys, relations, defaults, indexes, constraints.\n' +
    'Names become camelCase, with the real ones beside them where they are others. Nothing is written to the database, and nobody needs more\n' +
    'than to read its catalogue. What no model can say (views, triggers, foreign keys over several columns) stands in comments at its table or\n' +
    'at the end, and Godwit leaves it alone. A table without a primary key has no model. Tables that other apps have models of are left out\n' +
    'unless they are named; relations to them are made.\n' +
    'The first migration of such models is not to be run, as the tables are there: `godwit migrate --fake-initial` compares and records it, and\n' +
    'from then on the database is what the models say. `godwit adopt` does all of that in one.',
  arguments: [
    { name: 'table', help: 'Only these tables, as the database calls them', optional: true, repeatable: true },
  ],
  flags: flagTable,
  examples: [
    { line: 'godwit inspectdb', does: 'look at all of it first' },
    { line: 'godwit inspectdb --app shop -o src/shop/models.ts', does: 'write the models of the app shop' },
    { line: 'godwit inspectdb --app shop orders order_lines', does: 'two tables only' },
    {
      line: 'godwit inspectdb --database legacy --schema sales',
      does: 'another database of the config, and one more of its schemas',
    },
  ],
  async run(call, terminal) {
    const { arguments: tables, flags, global } = call
    const { loadProject } = await import('../../project/load-project.ts')
    const { inspectDatabase } = await import('../../api/inspect-database.ts')
    const project = await loadProject({ config: global.config })
    const { app, output, overwrite, schema: schemas } = flags
    const result = await inspectDatabase({
      project,
      tables,
      app,
      schemas,
      output,
      overwrite,
      database: global.database,
    })
    for (const line of remarks(result, project.apps.get(result.app) ?? '', call)) say(terminal, `${line}\n`)
    const lines = result.written === undefined ? [result.source.trimEnd()] : [`Wrote ${displayPath(result.written)}`]
    return { data: result, lines }
  },
})

/** What was read and what was not, and what to do with it. */
function remarks(
  { app, database, tables, withoutModel, others, written, livesElsewhere }: InspectDatabaseResult,
  folder: string,
  { flags, global, arguments: named }: Call<typeof flagTable>,
): readonly string[] {
  const models = displayPath(`${folder}/models.ts`)
  const left = tables.flatMap(({ leftAlone }) => leftAlone).length + withoutModel.length + others.length
  const on = global.database === undefined ? '' : ` --database ${global.database}`
  const save = named.length > 0 ? `Add them to ${models}` : `Save them as ${models}: the same with --output ${models}`
  return [
    '',
    `Read ${counted(tables.length, 'table')} of ${database}.`,
    ...(left === 0 ? [] : [`${counted(left, 'thing')} no model says, and Godwit leaves alone: see the comments.`]),
    ...(livesElsewhere
      ? [`The router has no table of ${app} in this database: change it before the next command.`]
      : []),
    'Next',
    `  1. ${written === undefined || flags.output === undefined ? save : `Read ${displayPath(written)}, and give it better names where you know them`}`,
    `  2. godwit makemigrations ${app}`,
    tables.every(({ leftAlone }) => leftAlone.length === 0)
      ? `  3. godwit migrate ${app} --fake-initial${on}: recorded where the tables are there and the same, carried out where they are not`
      : `  3. godwit adopt ${app}${on}: recorded where the tables are there and the same, but for what the comments tell`,
  ]
}
