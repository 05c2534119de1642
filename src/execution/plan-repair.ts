import { hash } from 'node:crypto'
import { canonicalJson } from '../lib/canonical-json.ts'
import type { Repair } from '../reality/repair-changes.ts'
import type { Dependent, Session } from '../schema/dialect.ts'
import type { Step } from '../schema/step.ts'
import { type DataInTheWay, dataInTheWay } from './check-data.ts'
import { stepsOf } from './execute-unit.ts'
import { foreignKeysDuring } from './foreign-keys.ts'
import { type Loss, lossesIn } from './unapply-missing.ts'
import type { SchemaUnit } from './unit.ts'
import { withEnumsMadeAnew } from './with-enums-made-anew.ts'

/** A statement of a repair, and what of it one should know. */
export interface RepairStatement {
  readonly sql: string
  readonly note?: string
  /** Every row is written again. */
  readonly rewrites?: true
  /** Every row is read while the table is locked. */
  readonly scans?: true
}

/** What a repair would do, and what would go with it. Nothing is done yet. */
export interface PlannedRepair {
  /** Names exactly these statements, so that who agrees agrees to what he saw. */
  readonly key: string
  readonly unit: SchemaUnit
  readonly foreignKeys: 'suspended' | 'enforced'
  readonly steps: readonly Step[]
  readonly statements: readonly RepairStatement[]
  /** What is in the columns that go. */
  readonly losses: readonly Loss[]
  /** What of other hands would go along, break, or be in the way. */
  readonly dependents: readonly Dependent[]
  /** Rows that the statements would fail over. */
  readonly inTheWay: readonly DataInTheWay[]
}

/** Plans a repair over the database as it is. Reads only. */
export async function planRepair(repair: Repair, session: Session): Promise<PlannedRepair> {
  const { dialect } = session
  const { before, after, remakes } = repair
  const own: SchemaUnit = {
    kind: 'schema',
    operations: [],
    before,
    after,
    changes: repair.changes,
    intents: [],
    outsideTransaction: false,
  }
  const unit = withEnumsMadeAnew([own], { inOneTransaction: true }).find((one) => one.kind === 'schema') ?? own
  const { changes } = unit
  const foreignKeys = foreignKeysDuring([unit], session)
  const planned = changes.length === 0 ? [] : await stepsOf(unit, session, foreignKeys)
  const steps: readonly Step[] = [...planned, ...remakes.map((sql): Step => ({ kind: 'statement', sql, makes: [] }))]
  const statements = steps.flatMap((step): readonly RepairStatement[] => {
    if (step.kind !== 'statement') return []
    const { note, rewrites, scans } = step
    return [
      {
        sql: dialect.toText(step.sql),
        ...(note !== undefined && { note }),
        ...(rewrites !== undefined && { rewrites }),
        ...(scans !== undefined && { scans }),
      },
    ]
  })
  return {
    key: hash('sha256', canonicalJson(statements), 'hex').slice(0, 8),
    unit,
    foreignKeys,
    steps,
    statements,
    losses: await lossesIn(changes, session),
    dependents: changes.length === 0 ? [] : await session.dependents(changes, before),
    inTheWay: await dataInTheWay(unit, session),
  }
}
