import type { Variant } from '../mysql-family/variant.ts'
import { alter } from './alter.ts'
import { catalogue } from './catalogue.ts'
import { server } from './server.ts'
import { types } from './types.ts'

/** What MySQL does its own way. */
export const mysql: Variant = {
  name: 'mysql',
  product: 'MySQL',
  newestVersion: '9.7.4',
  types,
  alter,
  catalogue,
  server,
}
