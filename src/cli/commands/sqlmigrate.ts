import type { SqlMigrateResult } from '../../api/sql-migrate.ts'
import { defineCommand } from '../command.ts'
import { layOutSql } from '../lay-out-sql.ts'

type SqlSection = SqlMigrateResult['blocks'][number]['sections'][number]
type SqlStep = SqlSection['steps'][number]

export const sqlMigrateCommand = defineCommand({
  name: 'sqlmigrate',
  summary: 'Print the SQL of a migration',
  details:
    'Needs no database, only its kind: that of --database in the config, or --dialect. So names that Godwit made up are taken for the real ones;\n' +
    'migrate looks them up, and asks the rows first whether anything stands in the way. What a squash replaces has its SQL too, as long as its\n' +
    'file is there. Whoever sends the SQL by other means records it with\n' +
    '`godwit migrate <app> <migration> --fake`.',
  arguments: [
    { name: 'app', help: 'The app, by its label in the config' },
    { name: 'migration', help: 'The name of the migration, or the beginning of it' },
  ],
  flags: {
    backwards: { help: 'The SQL that unapplies it' },
    dialect: {
      value: 'KIND',
      help: 'For this kind of database (sqlite, postgres, mariadb, mysql) instead of the one in the config',
    },
  },
  examples: [
    { line: 'godwit sqlmigrate billing 0002', does: 'what migrate would send for billing.0002_…' },
    { line: 'godwit sqlmigrate billing 0002 --backwards', does: 'what unapplying it would send' },
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

function linesOf({ blocks, withoutTransaction, dialect, version }: SqlMigrateResult): readonly string[] {
  const statements = blocks.flatMap(({ begin, sections, end }) => [
    ...begin.map(terminated),
    ...sections.flatMap(sectionLines),
    ...end.map(terminated),
  ])
  if (statements.length === 0) return []
  return [
    ...(version === undefined ? [] : versionLines(dialect, version)),
    ...(withoutTransaction === true ? noTransaction : []),
    ...statements,
  ]
}

const products: Readonly<Record<string, string>> = { mariadb: 'MariaDB', mysql: 'MySQL' }

function versionLines(dialect: string, version: string): readonly string[] {
  const [release = version] = /^\d+\.\d+/.exec(version) ?? []
  return [
    `-- For ${products[dialect] ?? dialect} ${release}: an older server may refuse an ALGORITHM or a LOCK, which can be left out there.`,
    '-- migrate asks the server for its version.',
  ]
}

const noTransaction = [
  '-- No transaction: this database commits every statement that changes a table by itself.',
  '-- migrate keeps a journal and goes on where it was stopped; whoever pastes this has to do that by hand.',
]

function sectionLines({ operations, steps, note }: SqlSection): readonly string[] {
  return [
    '--',
    ...operations.map((operation) => `-- ${operation}`),
    '--',
    ...(note === undefined ? [] : [`-- (${note})`]),
    ...steps.flatMap(stepLines),
  ]
}

function stepLines(step: SqlStep): readonly string[] {
  if ('unchanged' in step) return [`-- checked: ${step.unchanged} are unchanged`]
  return [
    ...(step.note === undefined ? [] : [`-- ${step.note}`]),
    terminated(step.asWritten === true ? step.sql : layOutSql(step.sql)),
  ]
}

function terminated(statement: string): string {
  return `${statement};`
}
