import { hasCode } from '../errors/error.ts'
import { livesIn } from '../execution/lives-in.ts'
import { type Direction, type PlannedMigration, planMigration } from '../execution/plan-migration.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../history/migration.ts'
import { describe, isReversible } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { project } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import type { Bench } from './bench.ts'
import type { Manner } from './candidates.ts'
import { compareRows } from './compare-rows.ts'
import { failureInWords } from './failure-in-words.ts'
import { fillTables } from './fill-tables.ts'
import type { Finding } from './finding.ts'
import { type Judged, judge, newDifferences, notAsBefore } from './judge-schema.ts'
import { type Between, lossesForwards, lossesThereAndBack } from './losses.ts'
import type { Making } from './make-rows.ts'
import { type AllRows, readAllRows } from './read-rows.ts'

export interface MigrationSite {
  readonly bench: Bench
  /** As the probed graph has it. */
  readonly migration: Migration
  /** What is applied already, in this order. */
  readonly applied: readonly MigrationKey[]
  readonly before: ProjectState
  readonly placement: Placement | undefined
  readonly making: Pick<Making, 'seed' | 'rows'>
  /** Runs the steps of this plan a second time from now on, and says what they did, once `stop` is called. */
  readonly arm: (planned: PlannedMigration) => { readonly stop: () => readonly Finding[] }
  readonly signal: AbortSignal | undefined
}

export interface VerifiedMigration {
  readonly findings: readonly Finding[]
  /** It is applied to the bench, so that the next one can be looked at. */
  readonly isApplied: boolean
}

/** Applies a migration over rows, takes it back, and applies it again with every step of SQL and code twice. It stays applied. */
export async function verifyMigration(site: MigrationSite): Promise<VerifiedMigration> {
  const { bench, migration, before, placement, arm } = site
  const key = keyOfMigration(migration)
  const { dialect } = bench.session
  const planned = planMigration({ migration, before, direction: 'forwards', dialect, placement })
  const between: Between = {
    migration,
    before: project(stateIn(before, placement), dialect),
    after: project(stateIn(planned.after, placement), dialect),
  }
  const hasOwnWork = planned.units.some(({ kind }) => kind !== 'schema')
  const findings: Finding[] = []
  const differs = (texts: readonly string[], direction: Direction, when: string): void => {
    for (const text of texts) {
      findings.push({ kind: 'schemaDiffers', severity: 'error', migration: key, direction, text: `${text} (${when})` })
    }
  }

  const begun = await judge(bench.session, before, placement)
  const wayBack = irreversibleOperations(site)
  const isIrreversible = wayBack.length > 0
  for (const operation of wayBack) {
    findings.push({
      kind: 'irreversible',
      severity: 'warning',
      migration: key,
      operation: describe(operation),
      direction: 'backwards',
      text: `${describe(operation)} has no way back`,
    })
  }

  const first = await goForwards(site, begun, isIrreversible && hasOwnWork ? arm : undefined, planned)
  findings.push(...first.findings)
  if (first.rows === undefined) return { findings, isApplied: false }
  const applied = await judge(bench.session, planned.after, placement)
  differs(newDifferences(begun, applied, hasOwnWork), 'forwards', 'after it was applied')
  if (isIrreversible) {
    const left = compareRows(first.rows, await readAllRows(bench.session, applied.schema))
    return { findings: [...findings, ...lossesForwards(left, between)], isApplied: true }
  }

  const failure = await attempt(site, () => bench.backwards(key))
  if (failure !== undefined) {
    findings.push(failedBackwards(site, failure))
    if (!(await goOn(site))) return { findings: [...findings, stuck(key)], isApplied: false }
    return { findings, isApplied: true }
  }
  const back = await judge(bench.session, before, placement)
  differs(notAsBefore(begun, back), 'backwards', 'after it was unapplied')
  const left = await readAllRows(bench.session, back.schema)
  findings.push(...lossesThereAndBack(compareRows(first.rows, left), between))

  if (first.manner !== undefined) {
    const making = { ...site.making, manner: first.manner }
    await fillTables(bench.session, stateIn(before, placement), making, isEmptyIn(left))
  }
  const again = await goAgain(site, hasOwnWork ? planned : undefined)
  findings.push(...again.findings)
  if (!again.isApplied) return { findings, isApplied: false }
  differs(
    notAsBefore(applied, await judge(bench.session, planned.after, placement)),
    'forwards',
    'after it was applied again',
  )
  return { findings, isApplied: true }
}

interface FirstRun {
  readonly findings: readonly Finding[]
  /** What the tables held before; absent where it could not be applied at all. */
  readonly rows: AllRows | undefined
  /** What the rows are like; absent where it can be applied over none alone. */
  readonly manner: Manner | undefined
}

/** Applies it over rows of any kind; where that fails, over plain ones; where that fails, over none. */
async function goForwards(
  site: MigrationSite,
  begun: Judged,
  arm: MigrationSite['arm'] | undefined,
  planned: PlannedMigration,
): Promise<FirstRun> {
  const { bench, migration, before, placement, making, applied } = site
  const key = keyOfMigration(migration)
  const findings: Finding[] = []
  const state = stateIn(before, placement)
  const failures: Failure[] = []
  for (const manner of ['varied', 'plain', undefined] as const) {
    if (failures.length > 0) await bench.restart(applied)
    const held = await readAllRows(bench.session, begun.schema)
    if (manner !== undefined) {
      const unfilled = await fillTables(bench.session, state, { ...making, manner }, isEmptyIn(held))
      for (const { table, reason } of failures.length === 0 ? unfilled : []) {
        findings.push({
          kind: 'noRows',
          severity: 'note',
          migration: key,
          table,
          text: `no rows could be made for ${table}: ${reason}`,
        })
      }
    }
    const rows = await readAllRows(bench.session, begun.schema)
    const second = failures.length === 0 ? arm?.(planned) : undefined
    const failure = await attempt(site, () => bench.forwards(key))
    findings.push(...(second?.stop() ?? []))
    if (failure === undefined) {
      const [reason] = failures
      if (reason !== undefined) findings.push(failsOnRows(key, reason, manner))
      return { findings, rows, manner }
    }
    failures.push(failure)
  }
  const text = `fails, over empty tables too: ${failures.at(-1)?.text}`
  findings.push({ kind: 'fails', severity: 'error', migration: key, direction: 'forwards', text })
  return { findings, rows: undefined, manner: undefined }
}

/** What failed over rows and was done with others, or none. What is refused before anything is touched, because of the values, may never happen. */
function failsOnRows(migration: MigrationKey, { error, text }: Failure, then: Manner | undefined): Finding {
  const wasRefused = hasCode(error, 'execution.dataStandsInTheWay') && error.details.problem !== 'rowsWithoutValue'
  const condition = then === 'plain' ? 'can fail over rows' : 'fails where there are rows'
  return {
    kind: 'failsOnRows',
    severity: wasRefused && then === 'plain' ? 'warning' : 'error',
    migration,
    direction: 'forwards',
    ...(hasCode(error, 'execution.dataStandsInTheWay') && { table: error.details.table }),
    text: `${condition}: ${text}`,
  }
}

function failedBackwards({ migration }: MigrationSite, { text }: Failure): Finding {
  return {
    kind: 'failsOnRows',
    severity: 'error',
    migration: keyOfMigration(migration),
    direction: 'backwards',
    text: `fails on the way back: ${text}`,
  }
}

/** Applies it once more, its steps twice where it has any; where that fails, once. */
async function goAgain(
  site: MigrationSite,
  planned: PlannedMigration | undefined,
): Promise<{ readonly findings: readonly Finding[]; readonly isApplied: boolean }> {
  const { bench, migration } = site
  const key = keyOfMigration(migration)
  const second = planned === undefined ? undefined : site.arm(planned)
  const failure = await attempt(site, () => bench.forwards(key))
  const findings = second?.stop() ?? []
  if (failure === undefined) return { findings, isApplied: true }
  const text = `fails when it is applied again: ${failure.text}`
  const failed: Finding = { kind: 'fails', severity: 'error', migration: key, direction: 'forwards', text }
  const isApplied = await goOn(site)
  return { findings: [...findings, failed, ...(isApplied ? [] : [stuck(key)])], isApplied }
}

/** Begins anew with it applied, so that the next ones can be looked at. */
async function goOn({ bench, migration, applied }: MigrationSite): Promise<boolean> {
  return bench.restart([...applied, keyOfMigration(migration)]).then(
    () => true,
    () => false,
  )
}

function stuck(migration: MigrationKey): Finding {
  const text = 'fails on an empty database, so that nothing behind it was looked at'
  return { kind: 'notVerified', severity: 'error', migration, text }
}

/** What stopped some work. */
interface Failure {
  readonly error: unknown
  readonly text: string
}

/** What stopped the work; undefined where nothing did. A request to stop is no finding. */
async function attempt({ signal, bench }: MigrationSite, work: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    signal?.throwIfAborted()
    return { error, text: failureInWords(error, bench.session) }
  }
}

function irreversibleOperations({ migration, placement }: MigrationSite): readonly Operation[] {
  const context = { app: migration.app, migration: migration.name }
  return migration.definition.operations.filter(
    (operation) => !isReversible(operation) && livesIn(operation, context, placement),
  )
}

function isEmptyIn(rows: AllRows): (table: string) => boolean {
  return (table) => (rows.get(table)?.size ?? 0) === 0
}
