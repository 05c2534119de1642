import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { after } from 'node:test'
import { type CommandLine, separator } from './command-line.ts'

/** What one run of a command left behind. */
export interface Said {
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Processes that have run a command, and wait for the next one. */
const idle: ChildProcess[] = []
after(() => {
  for (const child of idle) child.kill()
})

/** What a command says to a program and to a person. It is run in a process that ran others before, so no file that it imports may be another by now. */
export async function runTwice(line: CommandLine): Promise<readonly [Said, Said]> {
  const child = idle.pop() ?? start()
  const [outputs, errors, codes] = await Promise.all([
    twoTexts(child, child.stdout),
    twoTexts(child, child.stderr),
    codesOf(child, line),
  ])
  idle.push(child)
  const said = (index: 0 | 1): Said => ({
    code: codes[index],
    stdout: outputs[index] ?? '',
    stderr: errors[index] ?? '',
  })
  return [said(0), said(1)]
}

function start(): ChildProcess {
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, FORCE_COLOR: _color, ...env } = process.env
  return fork(join(import.meta.dirname, 'run-twice.ts'), {
    env: { ...env, NO_COLOR: '1' },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

async function codesOf(child: ChildProcess, line: CommandLine): Promise<readonly number[]> {
  child.send(line)
  const [codes] = await once(child, 'message')
  return codes
}

/** What is written to a stream up to the second separator. */
async function twoTexts(child: ChildProcess, stream: ChildProcess['stdout']): Promise<readonly string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
  let text = ''
  const onData = (more: string): void => {
    text += more
    const texts = text.split(separator)
    if (texts.length > 2) resolve(texts)
  }
  const onExit = (): void => reject(new Error(`The process of the command ended: ${text}`))
  stream?.setEncoding('utf8').on('data', onData)
  child.once('exit', onExit)
  try {
    return await promise
  } finally {
    stream?.off('data', onData)
    child.off('exit', onExit)
  }
}
