import { connect, createServer, type Socket } from 'node:net'

/**
 * How a connection goes. `terminated`: the server ends it, as an administrator would. `unsent`: the network is gone before the next statement arrives.
 * `unanswered`: the statement arrives and is carried out, and its answer is lost.
 */
export type Loss = 'terminated' | 'unsent' | 'unanswered'

/** Stands between a client and a server, and cuts them off on demand. */
export interface Proxy {
  /** The URL of the database by way of the proxy. */
  readonly url: string
  /** What happens to the next thing that the client sends. */
  lose(how: Loss): void
  close(): Promise<void>
}

const usualPorts: Readonly<Record<string, number>> = { 'postgres:': 5432, 'mariadb:': 3306, 'mysql:': 3306 }

/** Starts a proxy to the server of a URL. `terminate` has the server end all connections to the database. */
export async function startProxy(url: string, terminate: () => Promise<void>): Promise<Proxy> {
  const target = new URL(url)
  let loss: Loss | undefined
  let terminated: Promise<void> | undefined
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || usualPorts[target.protocol]), target.hostname)
    const cut = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true)
      sockets.add(socket)
      socket.on('error', cut)
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (data) => {
      if (loss === 'unsent') cut()
      else if (loss === 'terminated') terminated ??= terminate()
      else upstream.write(data)
    })
    upstream.on('data', (data) => {
      if (loss === 'unanswered') cut()
      else client.write(data)
    })
    client.on('end', () => upstream.end())
    upstream.on('end', () => client.end())
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const proxied = new URL(url)
  proxied.hostname = '127.0.0.1'
  proxied.port = String(typeof address === 'object' ? address?.port : undefined)
  return {
    url: proxied.href,
    lose(how) {
      loss = how
    },
    async close() {
      await terminated
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
