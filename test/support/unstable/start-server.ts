import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { freePort } from '../free-port.ts'
import { holdProcess } from '../held-process.ts'
import type { DebianMachine } from './machine.ts'
import type { UnstableServer } from './servers.ts'
import { unpackPackage } from './unpack-package.ts'

/** A server of the run's own. */
export interface RunningServer {
  /** Of a maintenance database: from there tests make their own. */
  readonly url: string
  /** What it is, for people: version and where. */
  readonly label: string
  /** Ends it. Its data go with it. */
  stop(): Promise<void>
}

/** Nobody. Numbers, because the root has no list of users. */
const user = '65534:65534'

/**
 * Runs in mounts and processes of its own, which the kernel takes apart with the last of them: the data are in memory, seen by the server alone, and
 * two servers of one root never meet. The shell stays, as the first of its processes: the kernel ends them all with it, and forgets to end one that
 * has become another user when its parent dies. Names are not looked up, so the user of
 * init.sql may come from anywhere; the server listens here only.
 */
const start = (prepare: string): string => `
set -e
mount -t tmpfs -o mode=0755 tmpfs "$ROOT/srv"
mkdir "$ROOT/srv/data" "$ROOT/srv/tmp"
printf '%s\\n' "CREATE USER root@'%';" "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;" > "$ROOT/srv/init.sql"
chown -R ${user} "$ROOT/srv"
serve() { chroot --userspec=${user} "$ROOT" "$PROGRAM" --no-defaults --datadir=/srv/data --tmpdir=/srv/tmp "$@"; }
${prepare}
serve --socket=/srv/tmp/server.sock --pid-file=/srv/tmp/server.pid --init-file=/srv/init.sql \\
  --skip-name-resolve --bind-address=127.0.0.1 --port="$PORT" "$@"
`

/** Starts the server on a free port of this machine. */
export async function startUnstableServer(server: UnstableServer, machine: DebianMachine): Promise<RunningServer> {
  const root = await unpackPackage(server.package, machine)
  const port = await freePort()
  const alone = ['unshare', '--mount', '--pid', '--fork', '--kill-child']
  const held = holdProcess([...alone, 'sh', '-c', start(server.prepare), 'sh', ...server.settings], {
    folder: root,
    removeFolder: false,
    // The first process ignores a gentler one.
    signal: 'KILL',
    environment: { ROOT: root, PROGRAM: server.program, PORT: String(port) },
  })
  const url = `${server.kind}://root@127.0.0.1:${port}/mysql`
  try {
    let label = ''
    await held.answering(async () => {
      label = `${server.product} ${await versionAt(url)} at 127.0.0.1:${port}`
    })
    return { url, label, stop: held.stop }
  } catch (error) {
    await held.stop()
    throw error
  }
}

async function versionAt(url: string): Promise<string> {
  const connection = await createConnection(url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>('SELECT version() AS version')
    return rows.map(({ version }) => String(version).split('-')[0]).join()
  } finally {
    await connection.end()
  }
}
