import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server that a run of tests starts for itself. */
export interface HeldProcess {
  /** Waits until it answers. Throws with the end of what it said where it does not come up. */
  answering(ask: () => Promise<void>): Promise<void>
  /** Stops it and removes its folder. */
  stop(): Promise<void>
}

export interface HeldOptions {
  readonly user?: User | undefined
  /** Where it works. Removed when it has ended, if `removeFolder` says so. */
  readonly folder: string
  readonly removeFolder: boolean
  /** What asks the program to end. */
  readonly signal: 'INT' | 'TERM' | 'KILL'
  readonly environment?: Readonly<Record<string, string>>
}

/** Who a program is run as. */
export interface User {
  readonly uid: number
  readonly gid: number
}

/**
 * Runs the server below a shell that stops it and removes its folder when this process closes the pipe or dies, however it dies: the kernel closes
 * the pipe. A shell gives what it starts in the background no input, so the pipe goes by another number.
 */
const hold = `
exec 3<&0
"$@" 3<&- & server=$!
(cat <&3 >/dev/null; kill -$SIGNAL $server 2>/dev/null) & reader=$!
trap 'kill -$SIGNAL $server 2>/dev/null' TERM INT HUP
wait $server
wait $server
kill $reader 2>/dev/null
cd /
if [ -n "$REMOVE" ]; then rm -rf "$REMOVE"; fi
`

/** Starts a server that ends when this process ends. */
export function holdProcess(command: readonly string[], options: HeldOptions): HeldProcess {
  const { user, folder, signal, environment } = options
  const holder = spawn('/bin/sh', ['-c', hold, 'sh', ...command], {
    ...user,
    cwd: folder,
    env: { ...process.env, ...environment, SIGNAL: signal, REMOVE: options.removeFolder ? folder : '' },
    stdio: ['pipe', 'ignore', 'pipe'],
    // Ctrl-C in a terminal goes to the whole group: the server is to outlive the tests that still use it.
    detached: true,
  })
  // What it says while tests end its connections is of no interest; what it says when it does not come up is.
  let log = ''
  holder.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = `${log}${text}`.slice(-2000)
  })
  const ended = once(holder, 'close')
  return {
    answering: (ask) =>
      answers(holder, ask).catch((error: unknown) => {
        throw new Error(`${error instanceof Error ? error.message : String(error)} ${log}`.trim())
      }),
    async stop() {
      holder.stdin.end()
      await ended
    },
  }
}

async function answers(holder: ChildProcess, ask: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 60_000
  while (holder.exitCode === null && holder.signalCode === null) {
    try {
      return await ask()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    await sleep(50)
  }
  throw new Error('The server ended as soon as it was started.')
}
