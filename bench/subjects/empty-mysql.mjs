// Takes everything out of a database, between two rounds.
// Usage: node empty-mysql.mjs <url of the database>
import { createConnection } from 'mysql2/promise'

const [, , url = ''] = process.argv
const name = new URL(url).pathname.slice(1)
const connection = await createConnection(url)
await connection.query(`DROP DATABASE \`${name}\``)
await connection.query(`CREATE DATABASE \`${name}\``)
await connection.end()
