import { fail } from '../errors/error.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { modelOf } from '../operations/batched.ts'
import { describe, isReversible } from '../operations/definitions.ts'
import type { Operation, RunCode, SqlSource } from '../operations/operation.ts'
import type { OperationContext } from '../operations/operation-definition.ts'
import { statementsFor } from '../operations/run-sql.ts'
import { type Run, type SchemaRun, type SeparateRun, splitIntoRuns } from '../operations/runs.ts'
import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { projectChanged } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import { qualifiedKey } from '../state/state-field.ts'
import { intentsHere } from './intents-here.ts'
import { livesIn, refuseRenameApart } from './lives-in.ts'
import type { SchemaUnit, Unit } from './unit.ts'
import { withEnumsMadeAnew } from './with-enums-made-anew.ts'

export type Direction = 'forwards' | 'backwards'

/** What one migration will do to a database. */
export interface PlannedMigration {
  readonly migration: Migration
  readonly direction: Direction
  readonly units: readonly Unit[]
  /** Which piece of the file each unit is, counted from the top: the same piece has the same number in both directions. */
  readonly places: readonly number[]
  /** The State that the migration builds on, whichever the direction. */
  readonly before: ProjectState
  /** The State with the migration applied, whichever the direction. */
  readonly after: ProjectState
  /** The State, as the database has it, when the work begins. */
  readonly from: ProjectState
  /** The State, as the database has it, when the work is done. */
  readonly to: ProjectState
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
  /** What lives in the database; absent: everything. */
  readonly placement?: Placement | undefined
  /** What has no way back is left out: somebody else has made sure that it is not to be undone. */
  readonly onlyWaysBack?: boolean
}): PlannedMigration {
  const { migration, before, direction, dialect, placement, onlyWaysBack = false } = options
  const context = { app: migration.app, migration: migration.name }
  const { operations, atomic } = migration.definition
  const runs = splitIntoRuns(operations, before, context)
  const site = { direction, dialect, placement, context, onlyWaysBack, migration: keyOfMigration(migration) }
  const placed = inDirection([...piecesOf(runs, context, placement).entries()], direction).flatMap(([place, run]) =>
    unitsOf(run, site).map((unit) => ({ place, unit })),
  )
  const units = placed.map(({ unit }) => unit)
  const inOneTransaction = atomic !== false
  if (inOneTransaction) refuseUnitsOutside(units, keyOfMigration(migration))
  const after = runs.at(-1)?.after ?? before
  const [start, end] = direction === 'forwards' ? [before, after] : [after, before]
  return {
    migration,
    direction,
    units: withEnumsMadeAnew(units, { inOneTransaction }),
    places: placed.map(({ place }) => place),
    before,
    after,
    from: stateIn(start, placement),
    to: stateIn(end, placement),
  }
}

/** What can be part of no transaction can be no part of an atomic migration. */
function refuseUnitsOutside(units: readonly Unit[], migration: string): void {
  for (const unit of units) {
    if (unit.kind === 'batched') fail('execution.needsNonAtomic', { migration, operation: describe(unit.operation) })
    if (unit.kind !== 'schema' || !unit.outsideTransaction) continue
    fail('execution.needsNonAtomic', { migration, operation: unit.operations.map(describe).join('; ') })
  }
}

/** A run that brings steps, with the operations of a `separateDatabaseAndState` in its place. */
type Piece = Exclude<Run, SeparateRun>

function piecesOf(runs: readonly Run[], context: OperationContext, placement: Placement | undefined): readonly Piece[] {
  return runs.flatMap((run) => {
    if (run.kind !== 'separate') return [run]
    return livesIn(run.operation, context, placement) ? piecesOf(run.runs, context, placement) : []
  })
}

function inDirection<Part>(parts: readonly Part[], direction: Direction): readonly Part[] {
  return direction === 'forwards' ? parts : parts.toReversed()
}

/** Where a run stands, and which way it goes. */
interface Site {
  readonly direction: Direction
  readonly dialect: Dialect
  readonly placement: Placement | undefined
  readonly context: OperationContext
  readonly migration: MigrationKey
  readonly onlyWaysBack: boolean
}

function unitsOf(run: Piece, site: Site): readonly Unit[] {
  const { direction, dialect, placement, context, migration } = site
  if ('operation' in run && !livesIn(run.operation, context, placement)) return []
  if (site.onlyWaysBack && direction === 'backwards' && 'operation' in run && !isReversible(run.operation)) return []
  switch (run.kind) {
    case 'schema':
      return schemaUnits(run, site)
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
          models: qualifiedModels(run.operation.models, context.app),
          state: run.before,
          outsideTransaction: run.operation.atomic === false,
        },
      ]
    }
    case 'batched': {
      const { operation, before: state } = run
      const work = direction === 'forwards' ? operation.run : operation.backwards
      if (work === undefined) return irreversible(migration, operation)
      if (work === 'nothing' || (typeof work === 'object' && Object.keys(work.set).length === 0)) return []
      const models = qualifiedModels(operation.models, context.app)
      return [{ kind: 'batched', operation, work, model: modelOf(operation, context), models, state }]
    }
    case 'custom': {
      const { forwards, backwards } = run.operation.definition
      const step = direction === 'forwards' ? forwards : backwards
      if (forwards === undefined) return []
      if (step === undefined) return irreversible(migration, run.operation)
      return [
        { kind: 'code', operation: run.operation, step, models: {}, state: run.before, outsideTransaction: false },
      ]
    }
  }
}

function schemaUnits(run: SchemaRun, { direction, dialect, placement, context }: Site): readonly SchemaUnit[] {
  for (const operation of run.operations) refuseRenameApart(operation, context, placement)
  const forwards = direction === 'forwards'
  const [start, end] = forwards ? [run.before, run.after] : [run.after, run.before]
  const { before, after } = projectChanged(stateIn(start, placement), stateIn(end, placement), dialect)
  const intents = intentsHere(forwards ? run.forwards : run.backwards, after, context, placement)
  const changes = diff(before, after, { match: 'lineage', comparison: dialect.comparison, intents })
  if (changes.length === 0) return []
  const outsideTransaction = 'works' in dialect.support.concurrently && changes.some(isConcurrent)
  return [{ kind: 'schema', operations: run.operations, before, after, changes, intents, outsideTransaction }]
}

/** The models that a step declares, each by its whole key. */
function qualifiedModels(models: RunCode['models'] = {}, app: string): { readonly [local: string]: string } {
  return Object.fromEntries(Object.entries(models).map(([local, key]) => [local, qualifiedKey(key, app, '')]))
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
  return fail('execution.irreversible', {
    steps: [{ migration, operation: operation.kind, description: describe(operation) }],
  })
}
