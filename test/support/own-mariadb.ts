import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { freePort } from './free-port.ts'
import { holdProcess } from './held-process.ts'
import { unprivilegedUser } from './unprivileged-user.ts'

/** Nothing that a crash would need: what is in this server is worth nothing when the tests are done. */
const settings = ['--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0']

/**
 * Starts the MariaDB that is installed on a free port, in a temporary folder. It stops when this process ends, however it ends.
 *
 * Throws where none is installed, or the server does not come up.
 */
export async function startOwnMariadb(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  // Where servers are installed is not always on the path of people.
  const path = [process.env['PATH'], '/usr/sbin', '/usr/local/sbin'].join(delimiter)
  const environment = { ...process.env, PATH: path }
  if (spawnSync('mariadbd', ['--version'], { env: environment }).status !== 0)
    throw new Error('no mariadbd is installed')
  const folder = mkdtempSync(join(tmpdir(), 'godwit-mariadb-'))
  try {
    const user = unprivilegedUser(['mysql', 'nobody'])
    chmodSync(folder, 0o755)
    if (user !== undefined) chownSync(folder, user.uid, user.gid)
    const data = join(folder, 'data')
    const install = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve']
    execFileSync('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, ...install], {
      ...user,
      env: environment,
      cwd: folder,
      stdio: 'pipe',
    })
    const port = await freePort()
    const place = [
      `--datadir=${data}`,
      `--socket=${join(folder, 'sock')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
    ]
    const held = holdProcess(['mariadbd', '--no-defaults', ...place, ...settings], {
      folder,
      removeFolder: true,
      user,
      signal: 'KILL',
      environment: { PATH: path },
    })
    const url = `mariadb://root@127.0.0.1:${port}/mysql`
    await held.answering(async () => (await createConnection(url)).end())
    return { url, stop: held.stop }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}
