import { spawnSync } from 'node:child_process'

/** A Node process that came to a good end. */
export interface Finished {
  /** From before it was started until it was gone. */
  readonly milliseconds: number
  readonly stdout: string
}

/** Starts Node, waits, and says how long that took. Throws with what the process said when it fails. */
export function runNode(args: readonly string[], options: { cwd: string; env?: { [name: string]: string } }): Finished {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  const milliseconds = performance.now() - started
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return { milliseconds, stdout }
}
