import { fail } from '../../errors/error.ts'
import { defineCommand } from '../command.ts'
import { say } from '../terminal.ts'

export const driftCommand = defineCommand({
  name: 'drift',
  summary: 'Compare a database with what was migrated, and with the models',
  details:
    'Inspects the database and compares it with what the applied migrations made of it: columns, types, defaults, keys, indexes,\n' +
    'constraints, comments, and what their SQL made. One sentence for each difference, by table. Names that were generated are no\n' +
    'difference; what no model speaks of is listed apart and left alone; migrations that are half-way are named, and their tables not judged.\n' +
    'Changes nothing, and works for a user who may only read. Exits with 2 when anything differs.\n' +
    'What may differ stands in the config, with the reason: drift: { ignore: [{ object: "index blog_*", reason: "…" }] }; -v 2 shows it.\n' +
    'A database to which nothing was ever applied is said to be so, and is a find only if tables of the models are there.',
  arguments: [],
  flags: {
    models: { help: 'Compare with the models too; what is still to be migrated is then a difference' },
    only: {
      value: 'PATTERN',
      repeatable: true,
      help: 'Only this: a table, or a thing as drift calls it; * stands for any letters',
    },
    repair: {
      help: 'Show the statements that make the database what was migrated, ask, and carry them out',
    },
    adopt: {
      help: 'Write a migration that makes what was migrated what the database is, and show the edit of models.ts that goes with it',
    },
    answer: {
      value: 'KEY=VALUE',
      repeatable: true,
      help: 'With --repair, agree to what would be asked: plan:1f0c2a9b=repair, or blog_post.note:extra=drop',
    },
    takeAlong: {
      help: 'With --repair, let go what no migration made and the database drops, or leaves broken, along with a change',
    },
    allowTableCopy: {
      help: 'With --repair, let the server copy a table where it refuses the way that was planned, and writers wait meanwhile',
    },
  },
  examples: [
    { line: 'godwit drift', does: 'is the database what was migrated?' },
    { line: 'godwit drift --models', does: 'and what the models say?' },
    { line: "godwit drift --only blog_post --only 'index shop_*'", does: 'a table, and the indexes of an app' },
    { line: 'godwit drift --repair', does: 'mend the database: look at the statements first' },
    { line: 'godwit drift --adopt', does: 'or keep what it is, in a migration' },
    { line: 'godwit drift --database legacy --json', does: 'another database of the config, for a program' },
  ],
  async run(call, terminal) {
    const { flags, global } = call
    if (flags.repair && flags.adopt) {
      const why = 'One mends the database, the other what is remembered of it.'
      fail('cli.conflictingFlags', { flags: ['--repair', '--adopt'], why })
    }
    if (flags.repair) return (await import('../repair.ts')).runRepair(call, terminal)
    if (flags.adopt) return (await import('../adopt.ts')).runAdopt(call, terminal)
    const { loadProject } = await import('../../project/load-project.ts')
    const { drift, isDrifting } = await import('../../api/drift.ts')
    const { driftLines } = await import('../drift-lines.ts')
    const project = await loadProject({ config: global.config })
    const result = await drift({ project, database: global.database, models: flags.models, only: flags.only })
    for (const pattern of result.unusedPatterns) {
      say(terminal, `drift.ignore in the config: nothing that differs in this database is called "${pattern}".\n`)
    }
    return {
      data: result,
      lines: driftLines(result, terminal, global.database),
      ...(isDrifting(result) && { exitCode: 2 as const }),
    }
  },
})
