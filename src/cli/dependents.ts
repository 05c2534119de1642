import type { Consent, TakenAlong } from '../api/migrate.ts'
import { fail } from '../errors/error.ts'
import type { Progress } from './progress.ts'
import type { PromptStreams } from './questioner.ts'

/** Asks the person at the terminal whether what is listed may go. Where nobody is there, or locks are held meanwhile, it may not. */
export function askingOn(streams: PromptStreams | undefined, progress: Pick<Progress, 'pause'>): Consent {
  return async (dependents, { inTransaction }) => {
    if (streams === undefined || inTransaction) return false
    progress.pause()
    for (const dependent of dependents) {
      streams.output.write(`  ${dependent.migration}: ${dependentInWords(dependent)}\n`)
    }
    const prompts = await import('@clack/prompts')
    const answer = await prompts.confirm({
      message: 'No migration made this, and Godwit cannot make it again. Let it go?',
      initialValue: false,
      ...streams,
    })
    return prompts.isCancel(answer) ? fail('cli.interrupted', {}) : answer
  }
}

/** `takes along: index by_hand (on blog_post.title)`. */
export function dependentInWords({ kind, name, on, fate }: Pick<TakenAlong, 'kind' | 'name' | 'on' | 'fate'>): string {
  const fates = { dropped: 'takes along', narrowed: 'takes a column from', broken: 'breaks', blocks: 'is blocked by' }
  return `${fates[fate]}: ${kind} ${name} (on ${on})`
}
