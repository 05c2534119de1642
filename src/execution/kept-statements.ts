import type { KeptStatement } from '../history/kept-plan.ts'
import { defined } from '../lib/defined.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import type { Step } from '../schema/step.ts'
import { stepsOf } from './execute-unit.ts'
import type { SchemaUnit } from './unit.ts'

/** Plans a unit over the database as it is now, as texts that a journal can keep. */
export async function keptPlan(unit: SchemaUnit, session: Session): Promise<readonly KeptStatement[]> {
  return (await stepsOf(unit, session, 'enforced')).map((step) => keptStatement(step, session.dialect))
}

function keptStatement(step: Step, dialect: Dialect): KeptStatement {
  // What is looked at twice belongs into one transaction, and a server that commits DDL by itself has none around both.
  if (step.kind !== 'statement')
    throw new Error(`A plan whose statements commit by themselves holds no step "${step.kind}".`)
  const { sql, relaxed, makes, note } = step
  return {
    sql: dialect.toText(sql),
    ...defined({ relaxed: relaxed === undefined ? undefined : dialect.toText(relaxed), makes, note }),
  }
}
