import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { mariadb } from '../mariadb/mariadb.ts'
import { readAddress } from './address.ts'

const authority = join(tmpdir(), `godwit-authority-${process.pid}.pem`)
writeFileSync(authority, 'a certificate')
after(() => rmSync(authority))

const read = (url: string) => readAddress(url, mariadb.server)

test('a URL says where the database is, and its name has no password', () => {
  assert.deepEqual(read('mariadb://shop:p%40ss@db.example.org:3307/sh%20op'), {
    options: { host: 'db.example.org', port: 3307, user: 'shop', password: 'p@ss', database: 'sh op' },
    label: 'mariadb://shop@db.example.org:3307/sh op',
  })
  assert.deepEqual(read('mariadb:///shop?socket=/run/server.sock').options, {
    host: 'localhost',
    port: 3306,
    socketPath: '/run/server.sock',
    database: 'shop',
  })
  assert.deepEqual(read('mariadb://[::1]/shop'), {
    options: { host: '::1', port: 3306, database: 'shop' },
    label: 'mariadb://[::1]:3306/shop',
  })
})

test('encryption is what the URL asks for, by any of its usual names', () => {
  const ssl = (parameters: string) => read(`mariadb://host/shop?${parameters}`).options.ssl
  assert.deepEqual(ssl('sslmode=disable'), undefined)
  for (const parameters of [
    'sslmode=require',
    'ssl-mode=REQUIRED',
    'sslmode=no-verify',
    'ssl={"rejectUnauthorized": false}',
  ]) {
    assert.deepEqual(ssl(parameters), { rejectUnauthorized: false })
  }
  for (const parameters of ['sslmode=verify-ca', 'ssl_mode=VERIFY_CA', 'ssl=true', 'ssl={"rejectUnauthorized":true}']) {
    assert.deepEqual(ssl(parameters), { verifyIdentity: false })
  }
  assert.deepEqual(ssl('sslmode=verify-full'), { verifyIdentity: true })
  for (const name of ['sslca', 'ssl-ca', 'sslrootcert']) {
    assert.deepEqual(ssl(`${name}=${authority}`), { ca: 'a certificate', verifyIdentity: true })
  }
})

test('what a URL says and nobody understands is refused by its name, and nothing else of it repeated', () => {
  const refused = (url: string, problem: string | undefined): void =>
    assert.throws(() => read(url), { code: 'database.badMysqlUrl', details: { scheme: 'mariadb', problem } })
  refused('mariadb://me:secret@host', 'names no database')
  refused('mariadb://me:secret@host/db?tls=secret', 'has a parameter that is not understood, tls')
  refused(
    'mariadb://me:secret@host/db?sslmode=preferred',
    'asks for an encryption that is not understood, sslmode=preferred',
  )
  refused('mariadb://me:secret@host/db?ssl=Amazon%20RDS', 'asks for an encryption that is not understood, ssl')
  refused('mariadb://me:secret@host/db?sslkey=/nowhere/key.pem', 'names a file that cannot be read, /nowhere/key.pem')
  refused('mariadb://me:sec%ret@host/db', undefined)
  refused('mariadb://me:sec/ret@host:port/db', undefined)
})
