import { databaseKind, dialectFor } from '../../dialects/index.ts'
import { livesIn } from '../../execution/lives-in.ts'
import { scriptOf } from '../../execution/script.ts'
import type { Migration } from '../../history/migration.ts'
import { inSeries } from '../../lib/in-series.ts'
import type { RunSql } from '../../operations/operation.ts'
import { statementsFor } from '../../operations/run-sql.ts'
import { placementIn } from '../../project/placement-in.ts'
import type { Project } from '../../project/project.ts'
import type { Dialect } from '../../schema/dialect.ts'
import type { Placement } from '../../state/placement.ts'
import type { Found } from './finding.ts'
import { databaseOperationsOf } from './operations-of.ts'

/** A database that a migration may be applied to. */
export interface Target {
  readonly dialect: Dialect
  readonly placement: Placement
}

/** The databases of the config as far as they are known without being opened, or only the named one. */
export async function targetsOf(project: Project, database: string | undefined): Promise<readonly Target[]> {
  const wanted = [...project.databases].filter(([name]) => database === undefined || name === database)
  return Promise.all(
    wanted.map(async ([name, address]) => ({
      dialect: await dialectFor(databaseKind(address)),
      placement: placementIn(project, name),
    })),
  )
}

/** SQL of which nobody can tell, after a crash in the middle of it, whether it took effect: a person has to be asked then. */
export function outcomeUnknown(migration: Migration, targets: readonly Target[]): readonly Found[] {
  const { app, name, definition } = migration
  return databaseOperationsOf(migration).flatMap(({ operation, position }): readonly Found[] => {
    if (operation.kind !== 'runSql' || operation.done !== undefined) return []
    const here = targets.filter(({ placement }) => livesIn(operation, { app, migration: name }, placement))
    const kinds = here.flatMap(({ dialect }) =>
      isInDoubt(operation, definition.atomic === false, dialect) ? [dialect.name] : [],
    )
    if (kinds.length === 0) return []
    return [
      {
        id: 'migrations.outcomeUnknown',
        severity: 'warning',
        app,
        migration: name,
        source: migration,
        operation: position,
        message: `The runSql of ${app}.${name} commits by itself on ${inSeries(new Set(kinds))}, and after a crash in the middle of it nothing tells whether it took effect.`,
        fix: 'Give it a `done`, a query that answers with a row once the SQL has taken effect.',
      },
    ]
  })
}

function isInDoubt({ forwards }: RunSql, isStepwise: boolean, dialect: Dialect): boolean {
  const statements = statementsFor(forwards, dialect.name)
  if (statements === 'missing' || statements.length === 0) return false
  const script = scriptOf({ statements }, dialect)
  // Where the schema is part of transactions, SQL outside of one is noted as a whole.
  if (script === undefined) return isStepwise
  return script.some(({ commitsItself, isSeen }) => commitsItself && !isSeen)
}
