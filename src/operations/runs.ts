import type { Intent } from '../schema/intent.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { Batched } from './batch-work.ts'
import { applyOperation, intentsOf } from './definitions.ts'
import type { CustomOperation, Operation, RunCode, RunSql, SeparateDatabaseAndState } from './operation.ts'
import type { OperationContext } from './operation-definition.ts'
import { type AppliedOperation, mayJoin, noLimits, note, standsAlone } from './run-limits.ts'

/** Operations whose database work is one difference of two States, so that a table is rebuilt once and not once for each of them. */
export interface SchemaRun {
  readonly kind: 'schema'
  readonly operations: readonly Operation[]
  readonly before: ProjectState
  readonly after: ProjectState
  readonly forwards: readonly Intent[]
  readonly backwards: readonly Intent[]
}

interface Own<Kind extends string, Op> {
  readonly kind: Kind
  readonly operation: Op
  readonly before: ProjectState
  readonly after: ProjectState
}

/** Operations that bring steps of their own. */
export type SqlRun = Own<'sql', RunSql>
export type CodeRun = Own<'code', RunCode>
export type BatchedRun = Own<'batched', Batched>
export type CustomRun = Own<'custom', CustomOperation>

/** `runs` are the database's operations, over States of their own; `before` and `after` are the project's. */
export interface SeparateRun extends Own<'separate', SeparateDatabaseAndState> {
  readonly runs: readonly Run[]
}

/** A part of a migration that is planned as one. */
export type Run = SchemaRun | SqlRun | CodeRun | BatchedRun | CustomRun | SeparateRun

/**
 * Splits a migration into what is planned as one. Planned so or one by one, the operations give the same Schema and the same rows. The first run
 * begins with `state`, each begins where the one before ends, and the last ends with the State after the migration.
 */
export function splitIntoRuns(
  operations: readonly Operation[],
  state: ProjectState,
  context: OperationContext,
): readonly Run[] {
  const runs: Run[] = []
  let current = state
  let open: AppliedOperation[] = []
  let limits = noLimits()
  const close = (): void => {
    if (open.length > 0) runs.push(schemaRun(open, context))
    open = []
    limits = noLimits()
  }
  for (const operation of operations) {
    const applied = { operation, before: current, after: applyOperation(operation, current, context) }
    current = applied.after
    const own = ownRun(applied, context)
    if (own !== undefined) {
      close()
      runs.push(own)
      continue
    }
    const alone = standsAlone(applied, context)
    if (alone || !mayJoin(applied, limits, context)) close()
    open.push(applied)
    note(applied, limits, context)
    if (alone) close()
  }
  close()
  return runs
}

function schemaRun(applied: readonly AppliedOperation[], context: OperationContext): SchemaRun {
  const intents = applied.map((one) => intentsOf(one.operation, one, context))
  const [first, last] = [applied[0], applied.at(-1)]
  if (first === undefined || last === undefined) throw new Error('A run holds at least one operation.')
  return {
    kind: 'schema',
    operations: applied.map(({ operation }) => operation),
    before: first.before,
    after: last.after,
    forwards: intents.flatMap(({ forwards }) => forwards),
    backwards: intents.flatMap(({ backwards }) => backwards),
  }
}

function ownRun({ operation, before, after }: AppliedOperation, context: OperationContext): Run | undefined {
  switch (operation.kind) {
    case 'runSql':
      return { kind: 'sql', operation, before, after }
    case 'runCode':
      return { kind: 'code', operation, before, after }
    case 'batched':
      return { kind: 'batched', operation, before, after }
    case 'custom':
      return { kind: 'custom', operation, before, after }
    case 'separateDatabaseAndState': {
      const runs = splitIntoRuns(operation.databaseOperations, before, context)
      return { kind: 'separate', operation, before, after, runs }
    }
    default:
      return undefined
  }
}
