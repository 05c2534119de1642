import type { AdoptDriftResult, ModelEdit } from '../api/adopt-drift.ts'
import { displayPath } from '../lib/display-path.ts'
import type { GlobalValues, Outcome } from './command.ts'
import { promptingQuestioner } from './questioner.ts'
import { readAnswers } from './read-answers.ts'
import type { Terminal } from './terminal.ts'

export interface AdoptCall {
  readonly flags: { readonly only: readonly string[]; readonly answer: readonly string[] }
  readonly global: GlobalValues
}

/** `drift --adopt`: writes what the database has become as a migration, and shows the edit of the models that goes with it. */
export async function runAdopt({ flags, global }: AdoptCall, terminal: Terminal): Promise<Outcome> {
  const { loadProject } = await import('../project/load-project.ts')
  const { adoptDrift } = await import('../api/adopt-drift.ts')
  const { interactive, input, stderr } = terminal
  const result = await adoptDrift({
    project: await loadProject({ config: global.config }),
    database: global.database,
    only: flags.only,
    answers: await readAnswers(flags.answer, undefined),
    questioner: interactive ? promptingQuestioner({ input, output: stderr }) : undefined,
  })
  return {
    data: result,
    lines: linesOf(result, global, terminal),
    ...(result.unsaid.length > 0 && { exitCode: 2 as const }),
  }
}

function linesOf(
  { migrations, edits, unsaid }: AdoptDriftResult,
  { database }: GlobalValues,
  terminal: Terminal,
): readonly string[] {
  const on = database === undefined ? '' : ` --database ${database}`
  return [
    ...migrations.flatMap(({ file, operations }) => [
      terminal.answerStyle('bold', `Wrote ${displayPath(file)}`),
      ...operations.map(({ symbol, description }) => `  ${symbol} ${description}`),
    ]),
    ...edits.flatMap((edit) => editLines(edit, terminal)),
    ...(unsaid.length === 0
      ? []
      : [
          terminal.answerStyle(
            'bold',
            'No model can say this; repair it (godwit drift --repair), or ignore it in the config:',
          ),
          ...unsaid.map((text) => `  ${text}`),
        ]),
    ...(migrations.length === 0
      ? unsaid.length === 0
        ? ['Nothing to adopt.']
        : []
      : [
          'Next',
          '  1. Edit the models so; godwit makemigrations --check then finds nothing',
          `  2. godwit migrate${on}: this database is so already, and only records it; every other is made so`,
        ]),
  ]
}

function editLines({ file, parts }: ModelEdit, { answerStyle }: Terminal): readonly string[] {
  return parts.flatMap(({ model, line, before, after }, index) => [
    ...(parts[index - 1]?.model === model && (line === undefined || parts[index - 1]?.line === line)
      ? []
      : [answerStyle('bold', `${displayPath(file)}${line === undefined ? '' : `:${line}`}  ${model}`)]),
    ...signed('-', before).map((text) => answerStyle('red', text)),
    ...signed('+', after).map((text) => answerStyle('green', text)),
  ])
}

function signed(sign: string, text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const lines = text.split('\n')
  return lines.map((line, index) => `${sign} ${index === 0 ? '  ' : ''}${line}${index === lines.length - 1 ? ',' : ''}`)
}
