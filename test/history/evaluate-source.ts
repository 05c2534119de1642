import type { MigrationDefinition } from '../../src/history/migration.ts'
import * as migrations from '../../src/migrations.ts'

/**
 * What a written migration exports, without a file: the import becomes a parameter. Thousands of modules would stay in memory for good; only sources
 * without types in them can be read this way.
 */
export function evaluateSource(source: string): MigrationDefinition {
  const body = source
    .replace(/^import \{([^}]*)\} from 'godwit\/migrations'$/m, 'const {$1} = migrations')
    .replace(/^export default /m, 'return ')
  return new Function('migrations', `'use strict'\n${body}`)(migrations)
}
