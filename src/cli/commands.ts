import type { Command } from './command.ts'
import { adoptCommand } from './commands/adopt.ts'
import { checkCommand } from './commands/check.ts'
import { driftCommand } from './commands/drift.ts'
import { initCommand } from './commands/init.ts'
import { inspectDbCommand } from './commands/inspectdb.ts'
import { makeMigrationsCommand } from './commands/makemigrations.ts'
import { migrateCommand } from './commands/migrate.ts'
import { optimizeMigrationCommand } from './commands/optimizemigration.ts'
import { resetMigrationsCommand } from './commands/resetmigrations.ts'
import { showMigrationsCommand } from './commands/showmigrations.ts'
import { sqlMigrateCommand } from './commands/sqlmigrate.ts'
import { squashMigrationsCommand } from './commands/squashmigrations.ts'
import { verifyCommand } from './commands/verify.ts'

/** Every command, in the order in which a project meets them. Each imports what it works with only when it runs. */
export const commands: readonly Command[] = [
  initCommand,
  inspectDbCommand,
  adoptCommand,
  makeMigrationsCommand,
  migrateCommand,
  showMigrationsCommand,
  driftCommand,
  checkCommand,
  sqlMigrateCommand,
  squashMigrationsCommand,
  optimizeMigrationCommand,
  resetMigrationsCommand,
  verifyCommand,
]
