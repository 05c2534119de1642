// Takes everything out of a database, between two rounds.
// Usage: node empty-postgres.mjs <url of the database>
import pg from 'pg'

const client = new pg.Client({ connectionString: process.argv[2] })
await client.connect()
await client.query('DROP SCHEMA public CASCADE')
await client.query('CREATE SCHEMA public')
await client.end()
