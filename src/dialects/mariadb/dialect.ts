import type { Dialect } from '../../schema/dialect.ts'
import { dialectOf } from '../mysql-family/dialect.ts'
import { mariadb as variant } from './mariadb.ts'

/** MariaDB at one version. Without one, as for `sqlmigrate` offline, the newest that is known. */
export function mariadb(version: string = variant.newestVersion): Dialect {
  return dialectOf({ variant, version })
}
