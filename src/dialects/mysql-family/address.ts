import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'mysql2'
import { fail } from '../../errors/error.ts'
import { defined } from '../../lib/defined.ts'
import type { ServerVariant } from './server-variant.ts'

/** Where a database is, and how one gets there. */
export interface Address {
  readonly options: Pick<
    ConnectionOptions,
    'host' | 'port' | 'socketPath' | 'user' | 'password' | 'database' | 'ssl'
  > & { readonly database: string }
  /** `mariadb://user@host:port/database`: no password. */
  readonly label: string
}

/** Reads the URL of a database. What it says and nobody understands is refused by its name: it may ask for encryption. */
export function readAddress(url: string, { scheme }: ServerVariant): Address {
  const refuse = (problem: string | undefined): never => fail('database.badMysqlUrl', { scheme, problem })
  const parsed = URL.canParse(url) ? new URL(url) : refuse(undefined)
  const decoded = (text: string): string => {
    try {
      return decodeURIComponent(text)
    } catch {
      return refuse(undefined)
    }
  }
  const parameters = new Map([...parsed.searchParams].map(([name, content]) => [meant(name), { name, content }]))
  const take = (parameter: string): string | undefined => {
    const content = parameters.get(parameter)?.content
    parameters.delete(parameter)
    return content
  }
  const host = decoded(parsed.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost'
  const port = parsed.port === '' ? 3306 : Number(parsed.port)
  const user = parsed.username === '' ? undefined : decoded(parsed.username)
  const password = parsed.password === '' ? undefined : decoded(parsed.password)
  const database = decoded(parsed.pathname.slice(1))
  if (database === '') refuse('names no database')
  const socketPath = take('socket')
  const ssl = encryption(take, refuse)
  const [unknown] = parameters.values()
  if (unknown !== undefined) refuse(`has a parameter that is not understood, ${unknown.name}`)
  const place = socketPath ?? `${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    options: { ...defined({ socketPath, user, password, ssl }), host, port, database },
    label: `${scheme}://${user === undefined ? '' : `${user}@`}${place}/${database}`,
  }
}

/** The names of the parameters, as programs around these servers write them. */
function meant(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[-_]/g, '')
  return aliases[plain] ?? plain
}

const aliases: Readonly<Record<string, string>> = {
  socketpath: 'socket',
  unixsocket: 'socket',
  sslrootcert: 'sslca',
}

function encryption(
  take: (parameter: string) => string | undefined,
  refuse: (problem: string) => never,
): Address['options']['ssl'] {
  const mode = take('sslmode')?.toLowerCase().replaceAll('_', '-') ?? modeOf(take('ssl'), refuse)
  const file = (parameter: string): string | undefined => {
    const path = take(parameter)
    try {
      return path === undefined ? undefined : readFileSync(path, 'utf8')
    } catch {
      return refuse(`names a file that cannot be read, ${path}`)
    }
  }
  const files = defined({ ca: file('sslca'), cert: file('sslcert'), key: file('sslkey') })
  switch (mode ?? (Object.keys(files).length > 0 ? 'verify-full' : 'disable')) {
    case 'disable':
    case 'disabled':
      return undefined
    case 'require':
    case 'required':
    case 'no-verify':
      return { ...files, rejectUnauthorized: false }
    case 'verify-ca':
      return { ...files, verifyIdentity: false }
    case 'verify-full':
    case 'verify-identity':
      return { ...files, verifyIdentity: true }
    default:
      return refuse(`asks for an encryption that is not understood, sslmode=${mode}`)
  }
}

/** `ssl` as this driver reads it: a word, or an object in JSON. */
function modeOf(ssl: string | undefined, refuse: (problem: string) => never): string | undefined {
  switch (ssl?.replaceAll(/\s/g, '')) {
    case undefined:
      return undefined
    case 'false':
      return 'disable'
    case 'true':
    case '{}':
    case '{"rejectUnauthorized":true}':
      return 'verify-ca'
    case '{"rejectUnauthorized":false}':
      return 'require'
    default:
      return refuse('asks for an encryption that is not understood, ssl')
  }
}
