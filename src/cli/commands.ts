import type { Command } from './command.ts'
import { initCommand } from './commands/init.ts'
import { inspectDbCommand } from './commands/inspectdb.ts'
import { makeMigrationsCommand } from './commands/makemigrations.ts'
import { migrateCommand } from './commands/migrate.ts'
import { optimizeMigrationCommand } from './commands/optimizemigration.ts'
import { showMigrationsCommand } from './commands/showmigrations.ts'
import { sqlMigrateCommand } from './commands/sqlmigrate.ts'
import { squashMigrationsCommand } from './commands/squashmigrations.ts'

/** Every command, in the order in which a project meets them. Each imports what it works with only when it runs. */
export const commands: readonly Command[] = [
  initCommand,
  inspectDbCommand,
  makeMigrationsCommand,
  migrateCommand,
  showMigrationsCommand,
  sqlMigrateCommand,
  squashMigrationsCommand,
  optimizeMigrationCommand,
]
