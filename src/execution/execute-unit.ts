import { fail } from '../errors/error.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { SqlStatement } from '../operations/operation.ts'
import type { Session } from '../schema/dialect.ts'
import { type Sql, type SqlPart, verbatim } from '../schema/sql.ts'
import type { Step } from '../schema/step.ts'
import type { BatchProgress } from './batch-progress.ts'
import { runCodeStep } from './run-code-step.ts'
import type { SchemaUnit, Unit } from './unit.ts'

export interface ExecutionContext {
  readonly session: Session
  /** `app.0001_initial`, for messages. */
  readonly migration: string
  readonly log: (message: string) => void
  /** Takes note of how far a step has come. */
  readonly onBatch: (progress: BatchProgress) => void
  /** How long a code step may neither send anything nor wait for an answer, in milliseconds. */
  readonly codeTimeout: number
  /** A request to stop. */
  readonly signal?: AbortSignal
}

/** Does one unit's work, inside whatever transaction the caller has opened. */
export async function executeUnit(
  unit: Unit,
  context: ExecutionContext,
  foreignKeys: 'suspended' | 'enforced',
): Promise<void> {
  switch (unit.kind) {
    case 'schema':
      return executeSteps(await stepsOf(unit, context.session, foreignKeys), context)
    case 'sql':
      for (const statement of unit.statements) await sendStatement(statement, context.session)
      return
    case 'batched':
      throw new Error('Batches are transactions of their own, and no part of another one.')
    case 'code':
      return runCodeStep(unit.step, context, unit)
  }
}

/** The steps of a unit, planned over the database as it is now. */
export async function stepsOf(
  unit: SchemaUnit,
  session: Session,
  foreignKeys: 'suspended' | 'enforced',
): Promise<readonly Step[]> {
  const { dialect } = session
  const { before, after, changes } = unit
  const facts = dialect.needsFacts(changes) ? await session.facts(changes, foreignKeys) : undefined
  return dialect.plan({ before, after, changes, foreignKeys, ...(facts === undefined ? {} : { facts }) })
}

async function executeSteps(steps: readonly Step[], { session, migration }: ExecutionContext): Promise<void> {
  const remembered = new Map<string, string>()
  for (const step of steps) {
    switch (step.kind) {
      case 'statement':
        await session.query(step.sql)
        break
      case 'remember':
        remembered.set(step.key, canonicalJson(await session.query(step.query)))
        break
      case 'compare':
        if (remembered.get(step.key) !== canonicalJson(await session.query(step.query))) {
          fail('execution.wouldHarmRows', { migration, subject: step.subject })
        }
        break
    }
  }
}

/** Sends a piece of a user's SQL. */
export async function sendStatement(statement: SqlStatement, session: Session): Promise<void> {
  const { sql, parameters = [] } = statement
  // What has parameters is one statement; any other text may be several, of which a query would run the first alone.
  if (parameters.length === 0) await session.script(sql)
  else await session.query(withParameters(sql, parameters))
}

/** A user's statement with `?` where its parameters go, as a statement whose values are bound. */
function withParameters(text: string, parameters: NonNullable<SqlStatement['parameters']>): Sql {
  const texts = text.split('?')
  if (texts.length !== parameters.length + 1) return verbatim(text)
  return {
    parts: texts.flatMap((part, index): readonly SqlPart[] => {
      const parameter = parameters[index]
      return parameter === undefined ? [part] : [part, { value: parameter }]
    }),
  }
}
