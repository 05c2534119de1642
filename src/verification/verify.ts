import type { PlannedMigration } from '../execution/plan-migration.ts'
import { forwardsPlan, type Graph, leavesOf } from '../history/graph.ts'
import type { MigrationKey } from '../history/migration.ts'
import { applyMigration } from '../history/replay.ts'
import type { Session } from '../schema/dialect.ts'
import type { Placement } from '../state/placement.ts'
import { emptyState, type ProjectState } from '../state/project-state.ts'
import { openBench } from './bench.ts'
import type { Finding } from './finding.ts'
import { secondRun } from './second-run.ts'
import { verifyMigration } from './verify-migration.ts'
import { withoutCode, withProbes } from './with-probes.ts'

/** What happens while migrations are verified, for progress. */
export type VerifyEvent =
  /** The scratch database is open. */
  | { readonly kind: 'open'; readonly database: string; readonly migrations: number }
  | { readonly kind: 'start'; readonly migration: MigrationKey }
  | {
      readonly kind: 'done'
      readonly migration: MigrationKey
      readonly findings: readonly Finding[]
      readonly milliseconds: number
    }

export interface VerifyOptions {
  readonly graph: Graph
  /** Opens an empty database, which is gone when it is closed. */
  readonly open: () => Promise<Session>
  readonly placement?: Placement | undefined
  /** Only the migrations of this app are looked at; what they need is applied. */
  readonly app?: string | undefined
  /** Which rows are made, and how many in each table. */
  readonly seed: number
  readonly rows: number
  /** Code steps do nothing. */
  readonly skipCode?: boolean | undefined
  readonly codeTimeout: number
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: VerifyEvent) => void) | undefined
}

export interface VerifyResult {
  /** The scratch database in words. */
  readonly database: string
  readonly migrations: readonly { readonly key: MigrationKey; readonly milliseconds: number }[]
  readonly findings: readonly Finding[]
  /** The State after all of them. */
  readonly state: ProjectState
}

/** Tries every migration in force on a scratch database: forwards over rows, backwards, and forwards again, one by one in the order of the plan. */
export async function verify(options: VerifyOptions): Promise<VerifyResult> {
  const { app, placement, codeTimeout, signal, onEvent } = options
  const findings: Finding[] = []
  let armed: { readonly planned: PlannedMigration; readonly key: MigrationKey; readonly found: Finding[] } | undefined
  const base = options.skipCode === true ? withoutCode(options.graph) : options.graph
  const graph = withProbes(base, async (key, operation) => {
    if (armed?.key !== key) return
    armed.found.push(
      ...(await secondRun(operation, armed.planned, { session: bench.session, migration: key, codeTimeout, signal })),
    )
  })
  const order = app === undefined ? graph.order : forwardsPlan(graph, leavesOf(graph, app))
  const bench = await openBench({ open: options.open, graph, placement, codeTimeout, signal })
  const verified: VerifyResult['migrations'][number][] = []
  let state = emptyState
  try {
    const wanted = order.filter((key) => app === undefined || graph.migrations.get(key)?.app === app)
    const database = bench.session.label
    onEvent?.({ kind: 'open', database, migrations: wanted.length })
    const applied: MigrationKey[] = []
    for (const key of order) {
      signal?.throwIfAborted()
      const migration = graph.migrations.get(key)
      if (migration === undefined) continue
      if (!wanted.includes(key)) {
        await bench.forwards(key)
      } else {
        onEvent?.({ kind: 'start', migration: key })
        const started = performance.now()
        const found = await verifyMigration({
          bench,
          migration,
          applied,
          before: state,
          placement,
          making: options,
          signal,
          arm: (planned) => {
            const own: Finding[] = []
            armed = { planned, key, found: own }
            return {
              stop: () => {
                armed = undefined
                return own
              },
            }
          },
        })
        // Where it began anew, a request to stop looks like a failure.
        signal?.throwIfAborted()
        const milliseconds = performance.now() - started
        const news = found.findings.filter((finding) => !isKnown(finding, findings))
        findings.push(...news)
        verified.push({ key, milliseconds })
        onEvent?.({ kind: 'done', migration: key, findings: news, milliseconds })
        if (!found.isApplied) {
          const left = order.length - order.indexOf(key) - 1
          if (left > 0) findings.push(notVerified(left, key))
          break
        }
      }
      applied.push(key)
      state = applyMigration(state, migration)
    }
    return { database, migrations: verified, findings, state }
  } catch (error) {
    // The reason comes back wrapped in what it interrupted.
    signal?.throwIfAborted()
    throw error
  } finally {
    await bench.close()
  }
}

function notVerified(left: number, key: MigrationKey): Finding {
  const which = left === 1 ? '1 migration' : `${left} migrations`
  return { kind: 'notVerified', severity: 'error', text: `${which} behind ${key} were not looked at` }
}

/** A table for which no rows can be made has none for the next migration either. */
function isKnown({ kind, table }: Finding, findings: readonly Finding[]): boolean {
  return kind === 'noRows' && findings.some((known) => known.kind === kind && known.table === table)
}
