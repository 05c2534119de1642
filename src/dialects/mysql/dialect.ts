import type { Dialect } from '../../schema/dialect.ts'
import { dialectOf } from '../mysql-family/dialect.ts'
import { mysql as variant } from './mysql.ts'

/** MySQL at one version. Without one, as for `sqlmigrate` offline, the newest that is known. */
export function mysql(version: string = variant.newestVersion): Dialect {
  return dialectOf({ variant, version })
}
