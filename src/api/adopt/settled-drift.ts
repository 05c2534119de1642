import { keyOfMigration } from '../../history/migration.ts'
import type { Project } from '../../project/project.ts'
import type { Discrepancy } from '../../reality/discrepancy.ts'
import type { Session } from '../../schema/dialect.ts'
import { findDrift } from '../find-drift.ts'
import type { Beginning } from './beginning.ts'
import type { Existing } from './existing.ts'
import { canBeRemembered } from './left-alone.ts'
import { rememberFound } from './remember.ts'

/** What `drift` says of the app's tables once what no model can say is remembered, as far as it can be. */
export async function settledDrift(
  { read }: Existing,
  { graph, migrations }: Beginning,
  {
    project,
    database,
    session,
    isLeft,
  }: {
    readonly project: Project
    readonly database: string | undefined
    readonly session: Session
    readonly isLeft: (discrepancy: Discrepancy) => boolean
  },
): Promise<readonly Discrepancy[]> {
  const tables = new Set(read.models.map(({ table }) => table.name))
  const { judged } = await findDrift({ project, database, session, graph })
  const own = judged.discrepancies.filter(({ table }) => table !== undefined && tables.has(table))
  const isFound = (one: Discrepancy): boolean => isLeft(one) && canBeRemembered(one)
  const [first] = migrations
  if (first !== undefined) await rememberFound(own.filter(isFound), keyOfMigration(first), session)
  return own.filter((one) => !isFound(one))
}
