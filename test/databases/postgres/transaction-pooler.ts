import { connect, createServer, type Socket } from 'node:net'

/** What a pooler keeps of the server for one client: a process for each transaction, or one for as long as the client stays. */
export type PoolMode = 'transaction' | 'session'

/** A pooler in front of a server that trusts everybody. */
export interface Pooler {
  readonly url: string
  close(): void
}

/**
 * Starts a pooler that speaks enough of the protocol to stand between (https://www.postgresql.org/docs/current/protocol-message-formats.html): it lets
 * every client in with a key of its own, and lends the process that was given back last.
 */
export async function startPooler(url: string, mode: PoolMode): Promise<Pooler> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const idle: Upstream[] = []
  const lend = async (): Promise<Upstream> => idle.pop() ?? connectUpstream(target, sockets)
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => {})
    serve(client, mode, lend, (upstream) => idle.push(upstream))
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const own = new URL(url)
  own.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return {
    url: own.href,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

/** A connection to the server that has been let in. */
interface Upstream {
  readonly socket: Socket
  onMessage: (type: string, message: Buffer) => void
}

function serve(
  client: Socket,
  mode: PoolMode,
  lend: () => Promise<Upstream>,
  giveBack: (upstream: Upstream) => void,
): void {
  let borrowed: Upstream | undefined
  let letIn = false
  let line = Promise.resolve()
  const toServer = async (data: Buffer): Promise<void> => {
    if (!letIn) {
      // An SSLRequest comes before the startup message.
      if (data.readInt32BE(4) === 80877103) return void client.write('N')
      letIn = true
      return void client.write(welcome)
    }
    if (data.toString('latin1', 0, 1) === 'X') return void client.end()
    borrowed ??= await lend()
    const upstream = borrowed
    upstream.onMessage = (type, message) => {
      client.write(message)
      if (mode === 'transaction' && type === 'Z' && message.toString('latin1', 5, 6) === 'I') release()
    }
    upstream.socket.write(data)
  }
  const release = (): void => {
    if (borrowed !== undefined) giveBack(borrowed)
    borrowed = undefined
  }
  client.on('data', (data: Buffer) => {
    line = line.then(() => toServer(data))
  })
  client.on('close', release)
}

function int32(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(number)
  return bytes
}

function message(type: string, ...body: readonly Buffer[]): Buffer {
  const content = Buffer.concat(body)
  return Buffer.concat([Buffer.from(type), int32(content.length + 4), content])
}

/** AuthenticationOk, a BackendKeyData of the pooler's own, ReadyForQuery. */
const welcome = Buffer.concat([
  message('R', int32(0)),
  message('S', Buffer.from('client_encoding\0UTF8\0')),
  message('K', int32(1_234_567), int32(7)),
  message('Z', Buffer.from('I')),
])

async function connectUpstream(target: URL, sockets: Set<Socket>): Promise<Upstream> {
  const socket = connect(Number(target.port || 5432), target.hostname)
  sockets.add(socket)
  socket.on('error', () => {})
  const parameters = ['user', target.username, 'database', target.pathname.slice(1), 'client_encoding', 'UTF8', '']
  const content = Buffer.concat([int32(196_608), Buffer.from(`${parameters.join('\0')}\0`)])
  socket.write(Buffer.concat([int32(content.length + 4), content]))
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const upstream: Upstream = { socket, onMessage: (type) => type === 'Z' && resolve() }
  let rest = Buffer.alloc(0)
  socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data])
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const length = rest.readInt32BE(1) + 1
      const whole = rest.subarray(0, length)
      rest = rest.subarray(length)
      upstream.onMessage(whole.toString('latin1', 0, 1), whole)
    }
  })
  await ready
  return upstream
}
