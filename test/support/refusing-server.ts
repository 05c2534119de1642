import { createServer, type Server, type Socket } from 'node:net'

/** What a server says that lets nobody in. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

/**
 * A server that speaks the beginning of PostgreSQL's protocol, and refuses: wrong passwords and crowded servers cannot be had of a server that others
 * use as well. Returns the port.
 */
export async function refusingServer({ code, message }: Refusal): Promise<RefusingServer> {
  return listening((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      // Whoever asks for encryption first is told that there is none (https://www.postgresql.org/docs/current/protocol-message-formats.html).
      const asksForEncryption = data.length === 8 && data.readInt32BE(4) === 80877103
      if (asksForEncryption) socket.write('N')
      else socket.end(errorResponse([`SFATAL`, `VFATAL`, `C${code}`, `M${message}`]))
    })
  })
}

/** A server that is there to refuse, and where. */
export interface RefusingServer {
  readonly port: number
  readonly server: Server
}

/**
 * The same in the protocol of MariaDB and MySQL, where the server speaks first: an error by its number, or else a welcome that offers no encryption
 * (https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html).
 */
export async function refusingMysqlServer(number?: number, message = ''): Promise<RefusingServer> {
  return listening((socket) => {
    socket.on('error', () => {})
    if (number === undefined) socket.write(packet(welcome))
    else socket.end(packet(Buffer.concat([Buffer.from([0xff, number & 0xff, number >> 8]), Buffer.from(message)])))
  })
}

/** Version 10 of the handshake, with authentication by a challenge of 20 bytes and without CLIENT_SSL. */
const welcome = Buffer.concat([
  Buffer.from([10]),
  Buffer.from('10.11.0-MariaDB\0'),
  Buffer.from([1, 0, 0, 0]),
  Buffer.from('12345678\0'),
  // Protocol 4.1, secure connection and plugins, in two halves around character set and status.
  Buffer.from([0x00, 0x82, 45, 2, 0, 0x08, 0x00, 21]),
  Buffer.alloc(10),
  Buffer.from('123456789012\0mysql_native_password\0'),
])

function packet(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([content.length & 0xff, content.length >> 8, 0, 0]), content])
}

async function listening(serve: (socket: Socket) => void): Promise<RefusingServer> {
  const server = createServer(serve)
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 }
}

function errorResponse(fields: readonly string[]): Buffer {
  const body = Buffer.from(`${fields.map((field) => `${field}\0`).join('')}\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
