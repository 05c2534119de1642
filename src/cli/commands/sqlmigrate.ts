import type { SqlMigrateResult } from '../../api/sql-migrate.ts'
import { defineCommand } from '../command.ts'

export const sqlMigrateCommand = defineCommand({
  name: 'sqlmigrate',
  summary: 'Print the SQL of a migration',
  details: 'Needs no database: the dialect comes from the config, or from --dialect.',
  arguments: [
    { name: 'app', help: 'The app' },
    { name: 'migration', help: 'The name of the migration, or the beginning of it' },
  ],
  flags: {
    backwards: { help: 'The SQL that unapplies it' },
    dialect: { value: 'KIND', help: 'For this kind of database; else that of --database' },
  },
  examples: [
    { line: 'godwit sqlmigrate billing 0002', does: 'what migrate would send' },
    { line: 'godwit sqlmigrate billing 0002 --backwards', does: 'and the way back' },
  ],
  async run({ arguments: [app = '', migration = ''], flags, global }) {
    const { loadProject } = await import('../../project/load-project.ts')
    const { sqlMigrate } = await import('../../api/sql-migrate.ts')
    const project = await loadProject({ config: global.config })
    const result = await sqlMigrate({
      project,
      app,
      migration,
      backwards: flags.backwards,
      database: global.database,
      dialect: flags.dialect,
    })
    return { data: result, lines: linesOf(result) }
  },
})

function linesOf({ sections, transaction }: SqlMigrateResult): readonly string[] {
  return [
    ...(transaction ? ['BEGIN;'] : []),
    ...sections.flatMap(({ title, statements, note }) => [
      '--',
      `-- ${title}`,
      '--',
      ...(note === undefined ? [] : [`-- (${note})`]),
      ...statements.map((statement) => `${statement};`),
    ]),
    ...(transaction ? ['COMMIT;'] : []),
  ]
}
