import type { AdoptDatabaseResult } from '../../api/adopt-database.ts'
import { fail } from '../../errors/error.ts'
import { counted } from '../../lib/counted.ts'
import { displayPath } from '../../lib/display-path.ts'
import { defineCommand } from '../command.ts'
import { discrepancyLines } from '../discrepancies.ts'
import { readSeconds } from '../read-seconds.ts'
import type { Terminal } from '../terminal.ts'
import { askingAboutUnseen, splitAnswers } from '../unseen-steps.ts'

export const adoptCommand = defineCommand({
  name: 'adopt',
  summary: 'Take over a database that other hands made',
  details:
    'For a database made by Django, Prisma, Drizzle, Rails, TypeORM, Knex or by hand. Reads its tables as models (as `inspectdb` does),\n' +
    'writes models.ts and the first migration, proves that the database holds all that the migration makes, records it, and asks `drift`.\n' +
    'No table is touched. Nothing is written before all of it is proven; models that are there already are kept, and compared instead. What\n' +
    'no model can say is left alone and named; the tables in which other tools remember their migrations get no model. Run again, it goes\n' +
    'on where it was stopped; on another copy of the database (production, a colleague) it compares that one and records it there.\n' +
    'Exit code 2 when something is left that `drift` will name.',
  arguments: [{ name: 'app', help: 'The app that the tables are for; needed where there are several', optional: true }],
  flags: {
    plan: { help: 'Look and compare, and say what would be done; write and record nothing' },
    schema: {
      value: 'SCHEMA',
      repeatable: true,
      help: 'Also the tables of this schema, where the database has such; those of the default one are always read',
    },
    answer: {
      value: 'KEY=VALUE',
      repeatable: true,
      help: 'Agree to what would be asked: shop.0001_initial:steps=done',
    },
    wait: { value: 'SECONDS', help: 'How long to wait for another migrate; 600 if not given' },
  },
  examples: [
    { line: 'godwit init', does: 'first, where there is no config yet: name the database and the app in it' },
    { line: 'godwit adopt --plan', does: 'look first' },
    { line: 'godwit adopt shop', does: 'the tables become models of the app shop' },
    { line: 'godwit adopt shop --database production', does: 'the same models, over another copy of the database' },
  ],
  async run({ arguments: [app], flags, global }, terminal) {
    const { loadProject } = await import('../../project/load-project.ts')
    const { adoptDatabase } = await import('../../api/adopt-database.ts')
    const project = await loadProject({ config: global.config })
    const { done, others } = splitAnswers(flags.answer)
    for (const value of others) {
      const expected = 'a migration of which you know that its steps were carried out: shop.0001_initial:steps=done'
      fail('cli.invalidFlagValue', { flag: '--answer', value, expected })
    }
    const { interactive, input, stderr } = terminal
    const streams = interactive ? { input, output: stderr } : undefined
    const result = await adoptDatabase({
      project,
      app,
      database: global.database,
      schemas: flags.schema,
      plan: flags.plan,
      wait: readSeconds('--wait', flags.wait),
      onUnseenSteps: askingAboutUnseen(streams, done, { pause: () => {} }),
    })
    return {
      data: result,
      lines: linesOf(result, terminal),
      next: nextSteps(result, global.database),
      ...(result.drift.length > 0 ? { exitCode: 2 as const } : {}),
    }
  },
})

function linesOf(result: AdoptDatabaseResult, terminal: Terminal): readonly string[] {
  const { database, isPlan, models, migrations, recorded, drift } = result
  const would = isPlan ? 'Would write' : 'Wrote'
  const made = migrations.map(({ migration }) => migration)
  return [
    `Read ${counted(models.tables.length, 'table')} of ${database}.`,
    ...leftLines(result),
    models.isThere
      ? `Kept ${displayPath(models.file)}: it has models already.`
      : `${would} ${displayPath(models.file)}: ${counted(models.tables.length, 'model')}.`,
    ...migrations.map(({ file, isThere }) => `${isThere ? 'Kept' : would} ${displayPath(file)}.`),
    ...(recorded.length === 0
      ? [`Recorded before: ${made.join(', ')}.`]
      : [
          `Compared: the database holds all that ${recorded.join(', ')} ${recorded.length === 1 ? 'makes' : 'make'}.`,
          `${isPlan ? 'Would record' : 'Recorded'} ${recorded.join(', ')}; no table ${isPlan ? 'would be' : 'was'} touched.`,
        ]),
    ...(drift.length === 0
      ? [isPlan ? 'Drift would be none.' : 'Drift: none.']
      : ['Drift, which no model can say:', ...discrepancyLines(drift, terminal).map((line) => `  ${line}`)]),
  ]
}

/** What is no business of any model, and whose it is. */
function leftLines({ leftAlone, otherTools }: AdoptDatabaseResult): readonly string[] {
  const byTool = Map.groupBy(otherTools, ({ tool }) => tool)
  return [
    ...[...byTool].map(([tool, tables]) => {
      const [first] = tables
      return `  ${tables.map(({ table }) => table).join(', ')}: the bookkeeping of ${tool}. ${first?.advice ?? ''}`
    }),
    ...(leftAlone.length === 0 ? [] : ['  Left alone, as no model says it:']),
    ...leftAlone.map(({ table, text }) => `    ${table === undefined ? '' : `${table}: `}${text}`),
  ]
}

function nextSteps(
  { app, isPlan, models, migrations, drift }: AdoptDatabaseResult,
  database: string | undefined,
): readonly string[] {
  const on = database === undefined ? '' : ` --database ${database}`
  if (isPlan) return ['', `Nothing was written. To do it: godwit adopt ${app}${on}`]
  const isNew = [models, ...migrations].some(({ isThere }) => !isThere)
  const steps = [
    ...(drift.length === 0
      ? []
      : [
          "Say in the config that this may differ: drift: { ignore: [{ object: '…', reason: '…' }] }, with",
          ...drift.map(({ object }) => `     '${object}'`),
        ]),
    ...(isNew
      ? [
          `Read ${displayPath(models.file)}, and commit it with the migration`,
          `On every other copy of this database: godwit adopt ${app}`,
        ]
      : []),
    'Change the models, then: godwit makemigrations, godwit migrate',
  ]
  return ['', 'Next', ...numbered(steps)]
}

function numbered(steps: readonly string[]): readonly string[] {
  let number = 0
  return steps.map((step) => {
    if (step.startsWith(' ')) return step
    number += 1
    return `  ${number}. ${step}`
  })
}
