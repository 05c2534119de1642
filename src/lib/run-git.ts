import { spawn } from 'node:child_process'

/** What git answered: its output, or why there is none. `absent`: there is no git here. */
export type GitAnswer = { readonly text: string } | { readonly problem: 'absent' | 'refused'; readonly message: string }

/** Asks git something in a folder; `input` is what it reads. Takes no lock, asks for no password, and never fails. */
export async function runGit(folder: string, args: readonly string[], input = ''): Promise<GitAnswer> {
  const { promise, resolve } = Promise.withResolvers<GitAnswer>()
  // In English, so that its sentences can be told apart.
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
  const child = spawn('git', ['-c', 'core.quotePath=false', ...args], { cwd: folder, env, stdio: 'pipe' })
  let text = ''
  let message = ''
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    message += piece
  })
  child.on('error', (error) => resolve({ problem: 'absent', message: error.message }))
  child.on('close', (code) => resolve(code === 0 ? { text } : { problem: 'refused', message: message.trim() }))
  // A git that ends before it has read everything closes the pipe.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return promise
}
