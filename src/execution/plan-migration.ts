import { fail } from '../errors/error.ts'
import { keyOfMigration, type Migration } from '../history/migration.ts'
import { describe } from '../operations/definitions.ts'
import type { Operation, SqlSource } from '../operations/operation.ts'
import { statementsFor } from '../operations/run-sql.ts'
import { type Run, type SchemaRun, splitIntoRuns } from '../operations/runs.ts'
import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { projectChanged } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { SchemaUnit, Unit } from './unit.ts'
import { withEnumsMadeAnew } from './with-enums-made-anew.ts'

export type Direction = 'forwards' | 'backwards'

/** What one migration will do to a database. */
export interface PlannedMigration {
  readonly migration: Migration
  readonly direction: Direction
  readonly units: readonly Unit[]
  /** The State with the migration applied, whichever the direction. */
  readonly after: ProjectState
  /** The State that the database is in when the work begins. */
  readonly from: ProjectState
}

/**
 * Decides what a migration does in one direction. Pure: it sends nothing and needs no database. `before` is the State that the migration builds on,
 * for both directions.
 */
export function planMigration(options: {
  readonly migration: Migration
  readonly before: ProjectState
  readonly direction: Direction
  readonly dialect: Dialect
}): PlannedMigration {
  const { migration, before, direction, dialect } = options
  const context = { app: migration.app, migration: migration.name }
  const { operations, atomic } = migration.definition
  const runs = splitIntoRuns(operations, before, context)
  const units = inDirection(runs, direction).flatMap((run) =>
    unitsOf(run, direction, dialect, keyOfMigration(migration)),
  )
  const inOneTransaction = atomic !== false
  if (inOneTransaction) refuseUnitsOutside(units, keyOfMigration(migration))
  const after = runs.at(-1)?.after ?? before
  return {
    migration,
    direction,
    units: withEnumsMadeAnew(units, { inOneTransaction }),
    after,
    from: direction === 'forwards' ? before : after,
  }
}

/** What can be part of no transaction can be no part of an atomic migration. */
function refuseUnitsOutside(units: readonly Unit[], migration: string): void {
  const outside = units.find((unit) => unit.kind === 'schema' && unit.outsideTransaction)
  if (outside?.kind !== 'schema') return
  fail('execution.needsNonAtomic', { migration, operation: outside.operations.map(describe).join('; ') })
}

function inDirection(runs: readonly Run[], direction: Direction): readonly Run[] {
  return direction === 'forwards' ? runs : runs.toReversed()
}

function unitsOf(run: Run, direction: Direction, dialect: Dialect, migration: string): readonly Unit[] {
  switch (run.kind) {
    case 'schema':
      return schemaUnits(run, direction, dialect)
    case 'separate':
      return inDirection(run.runs, direction).flatMap((inner) => unitsOf(inner, direction, dialect, migration))
    case 'sql': {
      const source = direction === 'forwards' ? run.operation.forwards : run.operation.backwards
      if (source === undefined) return irreversible(migration, run.operation)
      const statements = sqlStatements(source, dialect, migration)
      if (statements.length === 0) return []
      const done = direction === 'forwards' ? textFor(run.operation.done, dialect.name) : undefined
      return [{ kind: 'sql', operation: run.operation, statements, ...(done === undefined ? {} : { done }) }]
    }
    case 'code': {
      const step = direction === 'forwards' ? run.operation.forwards : run.operation.backwards
      if (step === undefined) return irreversible(migration, run.operation)
      return [
        {
          kind: 'code',
          operation: run.operation,
          step,
          outsideTransaction: run.operation.atomic === false,
          ...(run.operation.template === undefined ? {} : { template: run.operation.template }),
        },
      ]
    }
    case 'custom': {
      const { forwards, backwards } = run.operation.definition
      const step = direction === 'forwards' ? forwards : backwards
      if (forwards === undefined) return []
      if (step === undefined) return irreversible(migration, run.operation)
      return [{ kind: 'code', operation: run.operation, step, outsideTransaction: false }]
    }
  }
}

function schemaUnits(run: SchemaRun, direction: Direction, dialect: Dialect): readonly SchemaUnit[] {
  const forwards = direction === 'forwards'
  const { before, after } = projectChanged(
    forwards ? run.before : run.after,
    forwards ? run.after : run.before,
    dialect,
  )
  const changes = diff(before, after, {
    match: 'lineage',
    comparison: dialect.comparison,
    intents: forwards ? run.forwards : run.backwards,
  })
  if (changes.length === 0) return []
  const outsideTransaction = 'works' in dialect.support.concurrently && changes.some(isConcurrent)
  return [{ kind: 'schema', operations: run.operations, before, after, changes, outsideTransaction }]
}

function isConcurrent(change: Change): boolean {
  return (change.kind === 'addIndex' || change.kind === 'dropIndex') && change.concurrently === true
}

function sqlStatements(source: SqlSource, dialect: Dialect, migration: string) {
  const statements = statementsFor(source, dialect.name)
  return statements === 'missing' ? fail('execution.sqlMissing', { migration, database: dialect.name }) : statements
}

function textFor(
  text: string | { readonly [database: string]: string } | undefined,
  database: string,
): string | undefined {
  return typeof text === 'object' ? text[database] : text
}

function irreversible(migration: string, operation: Operation): never {
  return fail('execution.irreversible', { migration, operation: operation.kind })
}
