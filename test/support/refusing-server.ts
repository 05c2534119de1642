import { createServer, type Server } from 'node:net'

/** What a server says that lets nobody in. */
export interface Refusal {
  readonly code: string
  readonly message: string
}

/**
 * A server that speaks the beginning of PostgreSQL's protocol, and refuses: wrong passwords and crowded servers cannot be had of a server that others
 * use as well. Returns the port.
 */
export async function refusingServer({
  code,
  message,
}: Refusal): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      // Whoever asks for encryption first is told that there is none (https://www.postgresql.org/docs/current/protocol-message-formats.html).
      const asksForEncryption = data.length === 8 && data.readInt32BE(4) === 80877103
      if (asksForEncryption) socket.write('N')
      else socket.end(errorResponse([`SFATAL`, `VFATAL`, `C${code}`, `M${message}`]))
    })
  })
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
