import type { Project } from '../project/project.ts'
import type { Outcome } from './command.ts'
import { say, type Terminal } from './terminal.ts'

/** Removes the rows of an app that no file answers for, or says which they are, and names each. */
export async function prune(
  project: Project,
  options: {
    readonly app: string
    readonly database: string | undefined
    readonly plan: boolean
    readonly wait: number | undefined
  },
  terminal: Terminal,
): Promise<Outcome> {
  const { pruneMigrations } = await import('../api/prune-migrations.ts')
  const result = await pruneMigrations({ project, ...options })
  const names = result.pruned.map(({ app, name }) => `${app}.${name}`)
  if (options.plan) {
    const title = terminal.answerStyle('bold', 'Rows to be pruned:')
    return { data: result, lines: [title, ...(names.length === 0 ? ['  None.'] : names.map((name) => `  ${name}`))] }
  }
  say(terminal, `${terminal.progressStyle('bold', `Pruning the record of ${options.app}:`)}\n`)
  const done = terminal.progressStyle('green', 'done')
  for (const name of names) say(terminal, `  Pruning ${name}… ${done}\n`)
  if (names.length === 0) say(terminal, '  Nothing to prune: every row has its file.\n')
  return { data: result, lines: [] }
}
