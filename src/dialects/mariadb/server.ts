import type { ServerVariant } from '../mysql-family/server-variant.ts'

/** How the server is spoken to, on MariaDB. */
export const server: ServerVariant = {
  // Since 10.6 a server that dies in the middle of one statement of DDL leaves all of it or nothing (https://mariadb.com/kb/en/atomic-ddl/); the type uuid
  // came with 10.7, random_bytes with 10.10, and 10.11 is the first of these to be kept up for long.
  oldestVersion: '10.11',
  scheme: 'mariadb',
  otherScheme: 'mysql',
  threads: 'information_schema.processlist',
  statementTimeout: (milliseconds) => ['max_statement_time', ((milliseconds ?? 0) / 1000).toFixed(6)],
}
