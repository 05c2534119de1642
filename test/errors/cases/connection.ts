import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { BadInput, Place } from '../bad-input.ts'
import { configOf, second } from '../base-project.ts'

const database = (url: string) => configOf(`{ apps: ['./accounts', './billing'], databases: { default: '${url}' } }`)
const pending = second("addField({ model: 'Invoice', name: 'status', field: f.text({ null: true }) })")

/** Holds a database in a transaction of this kind until the command has ended. */
function held(file: string, begin: string) {
  return ({ dir }: Place): (() => void) => {
    const holder = new DatabaseSync(join(dir, file))
    holder.exec(begin)
    return () => holder.close()
  }
}

/** Files of SQLite that cannot be opened, read or written. */
export const connectionCases: readonly BadInput[] = [
  {
    name: 'the folder of the database does not exist',
    files: database('sqlite:./data/app.db'),
    run: ['migrate'],
    code: 'database.cannotOpen',
    names: 'data/app.db',
  },
  {
    name: 'the database is a folder',
    files: database('sqlite:./data'),
    arrange: ({ dir }) => void mkdirSync(join(dir, 'data')),
    run: ['migrate'],
    code: 'database.cannotOpen',
    names: 'data',
  },
  {
    name: 'the database is a text file',
    files: {
      ...database('sqlite:./notes.txt'),
      'notes.txt': `${'Not a database, and long enough to be one. '.repeat(40)}\n`,
    },
    run: ['migrate'],
    code: 'database.notADatabase',
    names: 'notes.txt',
  },
  {
    name: 'the database is damaged',
    files: database('sqlite:./torn.db'),
    arrange: ({ dir }) => {
      const header = Buffer.alloc(8192, 0xff)
      header.write('SQLite format 3\0')
      writeFileSync(join(dir, 'torn.db'), header)
    },
    run: ['migrate'],
    code: 'database.notADatabase',
    names: 'torn.db',
  },
  {
    name: 'the database cannot be written',
    files: pending,
    // The write version of the file format, which SQLite keeps for files of its future: it holds for the superuser as well, unlike permissions.
    arrange: ({ dir }) => {
      const file = openSync(join(dir, 'app.db'), 'r+')
      writeSync(file, Uint8Array.of(3), 0, 1, 18)
      closeSync(file)
    },
    run: ['migrate'],
    code: 'execution.stepFailed',
    names: 'app.db',
  },
  {
    name: 'another process is migrating',
    files: pending,
    arrange: held('app.db-godwit', 'BEGIN EXCLUSIVE'),
    run: ['migrate', '--wait', '0.2'],
    code: 'database.lockTimeout',
    names: 'app.db',
  },
  {
    name: 'another process holds the database',
    files: pending,
    arrange: held('app.db', 'BEGIN EXCLUSIVE'),
    run: ['migrate'],
    code: 'database.locked',
    names: 'app.db',
  },
  {
    name: "a Kysely dialect of one's own is of an unknown kind",
    files: configOf(
      "{ apps: ['./accounts', './billing'], databases: { default: { kind: 'oracle', dialect: { createDriver() {} } } } }",
    ),
    run: ['migrate'],
    code: 'database.unknownUrl',
    names: 'oracle',
  },
  {
    name: 'migrations are to be verified where the config has a dialect of the user',
    files: configOf(
      "{ apps: ['./accounts', './billing'], databases: { default: { kind: 'sqlite', dialect: { createDriver() {}, createAdapter() {} } } } }",
    ),
    run: ['verify'],
    code: 'database.noScratch',
  },
]
