/** A server that a package of Debian's unstable suite holds. */
export interface UnstableServer {
  /** As `--only` calls it, and configs: it begins its URLs. */
  readonly kind: 'mysql' | 'mariadb'
  /** As people write it. */
  readonly product: 'MySQL' | 'MariaDB'
  readonly package: string
  /** In the root of the package. */
  readonly program: string
  /** What makes the system tables, as shell: `serve` is the program with the folders it is to use, `$ROOT` the root that it changes into. */
  readonly prepare: string
  /** What is asked of the server itself. */
  readonly settings: readonly string[]
}

/** Nothing that a crash would need: what is in such a server is worth nothing when the tests are done. */
const careless = ['--skip-log-bin', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0']

export const mysqlServer: UnstableServer = {
  kind: 'mysql',
  product: 'MySQL',
  package: 'mysql-server-core',
  program: '/usr/sbin/mysqld',
  prepare: 'serve --initialize-insecure --secure-file-priv=NULL',
  settings: [...careless, '--secure-file-priv=NULL', '--mysqlx=OFF'],
}

export const mariadbServer: UnstableServer = {
  kind: 'mariadb',
  product: 'MariaDB',
  package: 'mariadb-server-core',
  program: '/usr/sbin/mariadbd',
  // As mariadb-install-db puts them together, which needs the tools of a whole system around it. One statement to a line.
  prepare: `(
  printf '%s\\n' 'CREATE DATABASE mysql;' 'USE mysql;' 'SET @auth_root_socket=NULL;'
  cd "$ROOT/usr/share/mariadb"
  cat mariadb_system_tables.sql mariadb_performance_tables.sql mariadb_system_tables_data.sql \\
    fill_help_tables.sql maria_add_gis_sp_bootstrap.sql mariadb_sys_schema.sql
) | serve --bootstrap`,
  settings: careless,
}
