import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { finished, type Run } from '../support/project.ts'
import type { HistoryName } from './history.ts'
import type { Direction } from './migrate-database.ts'

const script = join(import.meta.dirname, 'migrate-and-die.ts')

/** Starts to migrate in a process of its own, which kills itself at a point (0: never). */
export function start(
  url: string,
  direction: Direction | 'rollback',
  point: number,
  history: HistoryName = 'kill',
): ChildProcess {
  const { NODE_TEST_CONTEXT: _context, ...environment } = process.env
  return spawn(process.execPath, [script, url, direction, String(point), history], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The same, to its end. */
export async function run(...args: Parameters<typeof start>): Promise<Run> {
  return finished(start(...args))
}
