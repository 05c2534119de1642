import type { Variant } from '../mysql-family/variant.ts'
import { alter } from './alter.ts'
import { catalogue } from './catalogue.ts'
import { server } from './server.ts'
import { types } from './types.ts'

/** What MariaDB does its own way. */
export const mariadb: Variant = {
  name: 'mariadb',
  product: 'MariaDB',
  newestVersion: '11.8.9',
  types,
  alter,
  catalogue,
  server,
}
