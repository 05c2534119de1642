import { fail } from '../errors/error.ts'

/** Seconds as milliseconds. To a server a timeout of 0 is none at all, which whoever says 0 does not mean. */
export function readSeconds(flag: string, text: string | undefined, bound?: 'above 0'): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  const isTooLittle = bound === 'above 0' ? seconds <= 0 : seconds < 0
  if (text.trim() === '' || !Number.isFinite(seconds) || isTooLittle) {
    fail('cli.invalidFlagValue', { flag, value: text, expected: ['a number of seconds', bound ?? ''].join(' ').trim() })
  }
  return seconds * 1000
}
