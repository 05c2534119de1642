import type { Capabilities } from '../../schema/dialect.ts'

/** What holds for MariaDB and MySQL alike. What a version can do is asked of its variant, where it matters. */
export const capabilities: Capabilities = {
  // https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/, https://dev.mysql.com/doc/refman/9.7/en/implicit-commit.html
  transactionalDdl: false,
  comments: true,
  enumTypes: false,
  // https://mariadb.com/kb/en/information-schema-triggers-table/: only what the user has the TRIGGER right on; routines and events likewise.
  catalogueHides: true,
  // In characters, of which some have several bytes: shorter than need be for those, and never too long.
  identifierLimit: 64,
}
