import { fail } from '../errors/error.ts'
import { type DatabaseStatusOptions, databaseStatus } from './database-status.ts'

export interface AssertMigratedOptions extends DatabaseStatusOptions {
  /** Migrations that only the database knows are no reason to refuse: while a new version is rolled out, the old one runs beside it. */
  readonly allowNewer?: boolean | undefined
}

/**
 * Refuses a database that does not fit the code, in either direction: migrations that are not applied, applied ones that this code does not have, one that
 * was stopped half-way, one that was edited since. Where the database fits, nothing happens; otherwise it throws one sentence that says what to do. For
 * the start of an application, before it takes requests.
 *
 * The config and the migration files must be there as they are for `godwit migrate`: as TypeScript, or compiled beside each other with the same names. Only the
 * record is read, with two queries, and no models are imported.
 *
 * @example
 * import { assertMigrated } from 'godwit/api'
 * await assertMigrated({ database: 'default' })
 * @example
 * await assertMigrated({ kysely: db, allowNewer: true })
 *
 * @throws checking.databaseDoesNotFit, and what finding the project and opening the database throws
 */
export async function assertMigrated(options: AssertMigratedOptions = {}): Promise<void> {
  const { newer, ...status } = await databaseStatus(options)
  const misfit = { ...status, newer: options.allowNewer === true ? [] : newer }
  const { notApplied, halfWay, history, drift } = misfit
  const problems = [...notApplied, ...halfWay, ...misfit.newer, ...history, ...drift]
  if (problems.length > 0) fail('checking.databaseDoesNotFit', misfit)
}
