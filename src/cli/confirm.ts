import { fail } from '../errors/error.ts'
import type { PromptStreams } from './questioner.ts'

/** Asks a person yes or no; no is what Enter alone means. Ctrl-C ends with `cli.interrupted`. */
export async function confirmOn(streams: PromptStreams, message: string): Promise<boolean> {
  const prompts = await import('@clack/prompts')
  const answer = await prompts.confirm({ message, initialValue: false, ...streams })
  return prompts.isCancel(answer) ? fail('cli.interrupted', {}) : answer
}
