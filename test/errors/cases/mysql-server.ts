import { maintainMysql, mariadbProduct } from '../../support/mysql-database.ts'
import { openSession } from '../../support/open-session.ts'
import { refusingMysqlServer } from '../../support/refusing-server.ts'
import type { BadInput, Place } from '../bad-input.ts'
import { configOf, second } from '../base-project.ts'

const database = (url: string) => configOf(`{ apps: ['./accounts', './billing'], databases: { default: '${url}' } }`)
const pending = second("addField({ model: 'Invoice', name: 'status', field: f.text({ null: true }) })")
const run = ['migrate']

/** A user of this process's own that may read and write, and nothing else. It goes with the run. */
export const visitor = `godwit_test_visitor_${process.pid}`

/** The config names the same database, entered as the visitor, by this password. */
function asVisitor(password = 'hunter2') {
  return async ({ database, configure }: Place): Promise<undefined> => {
    const url = new URL(database.url)
    await maintainMysql(
      mariadbProduct,
      `CREATE USER IF NOT EXISTS ${visitor} IDENTIFIED BY 'hunter2';
       GRANT SELECT, INSERT, UPDATE, DELETE ON ${url.pathname.slice(1)}.* TO ${visitor}`,
    )
    url.username = visitor
    url.password = password
    configure(url.href)
  }
}

/** Takes the visitor away. */
export async function removeVisitor(): Promise<void> {
  await maintainMysql(mariadbProduct, `DROP USER IF EXISTS ${visitor}`)
}

/** A connection that has run this text and stays open until the command has ended. */
function whileOpen(text: string) {
  return async ({ database }: Place): Promise<() => Promise<void>> => {
    const client = await database.connect()
    await client.exec(text)
    return () => client.close()
  }
}

async function whileMigrating({ database }: Place): Promise<() => Promise<void>> {
  const session = await openSession(database.url)
  await session.lock({ timeout: 1000 })
  return () => session.close()
}

/** Servers of MariaDB that cannot be reached, do not let one in, or do not do as they are asked. */
export const mysqlServerCases: readonly BadInput[] = [
  {
    name: 'the host of the MariaDB server does not exist',
    files: database('mariadb://shop:hunter2@db.example.invalid:3306/shop'),
    run,
    code: 'database.noConnection',
    names: 'db.example.invalid',
    hides: 'hunter2',
  },
  {
    name: 'nothing listens at the port of the MariaDB server',
    files: database('mariadb://shop:hunter2@127.0.0.1:1/shop'),
    run,
    code: 'database.noConnection',
    names: '127.0.0.1:1',
    hides: 'hunter2',
  },
  {
    name: 'the MariaDB server has no such database',
    arrange: ({ database, configure }) => {
      const url = new URL(database.url)
      url.pathname = '/shpo'
      configure(url.href)
      return undefined
    },
    run,
    code: 'database.noSuchDatabase',
    names: 'shpo',
  },
  {
    name: 'the password of MariaDB is wrong',
    arrange: asVisitor('hunter3'),
    run,
    code: 'database.loginRefused',
    names: '<visitor>',
    hides: 'hunter3',
  },
  {
    name: 'the MariaDB server has no connection left',
    arrange: async ({ configure }) => {
      const { server, port } = await refusingMysqlServer(1040, 'Too many connections')
      configure(`mariadb://shop:hunter2@127.0.0.1:${port}/shop`)
      return () => void server.close()
    },
    run,
    code: 'database.noConnection',
    names: 'Too many connections',
    hides: 'hunter2',
  },
  {
    name: 'the password in the URL of MariaDB is not encoded',
    files: database('mariadb://shop:hunter2/#@127.0.0.1:port/shop'),
    run,
    code: 'database.badMysqlUrl',
    hides: 'hunter2',
  },
  {
    name: 'the config says MySQL, and the server is one of MariaDB',
    arrange: ({ database, configure }) => void configure(database.url.replace(/^mariadb/, 'mysql')),
    run,
    code: 'database.otherProduct',
    names: 'MariaDB',
  },
  {
    name: 'the MariaDB server does not offer the encryption that the URL asks for',
    arrange: async ({ configure }) => {
      const { server, port } = await refusingMysqlServer()
      configure(`mariadb://shop:hunter2@127.0.0.1:${port}/shop?sslmode=require`)
      return () => void server.close()
    },
    run,
    code: 'database.noConnection',
    names: '<server>',
    hides: 'hunter2',
  },
  {
    name: 'the user may not change tables',
    files: pending,
    arrange: asVisitor(),
    run,
    code: 'execution.stepFailed',
    names: 'billing_invoice',
    hides: 'hunter2',
  },
  {
    name: 'the user may not create tables',
    files: second("createModel({ name: 'Payment', fields: { id: f.bigAuto({ primaryKey: true }) } })"),
    arrange: asVisitor(),
    run,
    code: 'execution.stepFailed',
    names: 'billing_payment',
    hides: 'hunter2',
  },
  {
    name: 'another process is migrating the database of the MariaDB server',
    files: pending,
    arrange: whileMigrating,
    run: ['migrate', '--wait', '0.2'],
    code: 'database.lockTimeout',
    names: 'connection',
  },
  {
    name: 'another transaction holds the table in MariaDB',
    files: pending,
    arrange: whileOpen('BEGIN; SELECT count(*) FROM billing_invoice'),
    run: ['migrate', '--lock-timeout', '0.2', '--lock-retries', '0'],
    code: 'execution.stepFailed',
    names: 'The lock is held by connection',
  },
  {
    name: 'a statement takes longer than it may in MariaDB',
    files: second("runSql({ forwards: 'SELECT SLEEP(10)' })"),
    run: ['migrate', '--statement-timeout', '0.2'],
    code: 'execution.stepFailed',
    names: '0.2 seconds',
  },
  {
    name: 'the MariaDB server ends the connection in the middle of a migration',
    files: second("runSql({ forwards: ['UPDATE billing_invoice SET total = 0', 'KILL CONNECTION_ID()'] })"),
    run,
    code: 'execution.stepFailed',
    names: 'was lost',
  },
  {
    name: 'the SQL of a migration has a DELIMITER',
    files: second("runSql({ forwards: 'DELIMITER ;;\\nSELECT 1;;' })"),
    run,
    code: 'database.delimiter',
    names: 'DELIMITER',
  },
  {
    name: 'code changes the schema inside the transaction of its migration',
    files: second(
      "runCode({ async forwards({ db }) { await db.schema.alterTable('billing_invoice').addColumn('paid', 'integer').execute() } })",
    ),
    run,
    code: 'execution.stepFailed',
    names: 'alter table',
  },
]
