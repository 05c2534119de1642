import type { UnseenConsent } from '../api/migrate.ts'
import type { Progress } from './progress.ts'
import type { PromptStreams } from './questioner.ts'

/** Answers of `migrate`, told apart by what they are about. */
export interface MigrateAnswers {
  /** The migrations of which somebody knows that steps which nobody can see were carried out: `shop.0001_initial:steps=done`. */
  readonly done: ReadonlySet<string>
  readonly others: readonly string[]
}

export function splitAnswers(answers: readonly string[]): MigrateAnswers {
  const named = (answer: string): string | undefined => /^(\w+\.[^:=]+):steps=done$/.exec(answer)?.[1]
  return {
    done: new Set(answers.flatMap((answer) => named(answer) ?? [])),
    others: answers.filter((answer) => named(answer) === undefined),
  }
}

/** Asks whether what nobody can see was carried out. Where nobody is there, an answer for each migration must have said so. */
export function askingAboutUnseen(
  streams: PromptStreams | undefined,
  done: ReadonlySet<string>,
  { pause }: Pick<Progress, 'pause'>,
): UnseenConsent {
  return async (unseen) => {
    const open = unseen.filter(({ migration }) => !done.has(migration))
    if (open.length === 0) return true
    if (streams === undefined) return false
    pause()
    for (const { migration, steps } of open) {
      for (const step of steps) streams.output.write(`  ${migration}: ${step}\n`)
    }
    const { confirmOn } = await import('./confirm.ts')
    return confirmOn(streams, 'The tables are there, but nothing shows whether this was carried out. Was it?')
  }
}
