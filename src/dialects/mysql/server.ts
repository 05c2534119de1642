import type { ServerVariant } from '../mysql-family/server-variant.ts'

/** How the server is spoken to, on MySQL. */
export const server: ServerVariant = {
  // Atomic DDL is older (8.0.0), so are checks that are enforced (8.0.16); DROP CONSTRAINT is what needs this one.
  oldestVersion: '8.0.19',
  scheme: 'mysql',
  otherScheme: 'mariadb',
  // That of information_schema is of three bytes a letter, and fails as soon as a statement of anybody's has one of four. (This one came with 8.0.22.)
  threads: 'performance_schema.processlist',
  // max_execution_time stops SELECTs and nothing else.
  statementTimeout: () => undefined,
}
