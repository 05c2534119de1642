import { fileURLToPath } from 'node:url'
import { displayPath } from './display-path.ts'

const ownFolder = new URL('..', import.meta.url).href

/** `src/billing/models.ts:12:3`, the place in the project's own files where an exception with this stack came from. */
export function firstUserFrame(stack: string): string | undefined {
  for (const [, href = '', position] of stack.matchAll(/(file:\/\/[^\s()]*?)(:\d+:\d+)\)?$/gm)) {
    if (!href.includes('/node_modules/') && !href.startsWith(ownFolder)) {
      return `${displayPath(fileURLToPath(href))}${position}`
    }
  }
  return undefined
}
