import type { Operation } from '../operations/operation.ts'
import { optimize } from '../optimizer/optimize.ts'
import type { OpenQuestions } from './ask.ts'
import { type DetectOptions, detect } from './detect.ts'
import type { Notice } from './detection.ts'
import { nextFreeNumber, numberedName, suggestName } from './name-migration.ts'
import { type Batch, splitMigrations } from './split-migrations.ts'

/** A migration that was detected and is yet to be written: what `history/` calls a Migration, without a file. */
export interface DetectedMigration {
  readonly app: string
  readonly name: string
  readonly definition: {
    readonly dependencies: readonly (readonly [app: string, name: string])[]
    readonly initial?: true
    readonly atomic?: false
    readonly operations: readonly Operation[]
  }
}

export interface DetectMigrationsOptions extends DetectOptions {
  /** The last migration of each app that has any. */
  readonly leaves: ReadonlyMap<string, string>
  /** The names of migrations that are gone, by app: those that come are numbered behind them, as a database may still have them recorded. */
  readonly taken?: ReadonlyMap<string, readonly string[]>
  /** What the migrations are called behind their numbers. Absent: after what they do. */
  readonly name?: string
  /** For the names of migrations that nothing else can be said of. */
  readonly now: Date
}

/** The outcome: migrations in an order in which they can run, or the questions that are open. */
export type MigrationDetection =
  | {
      readonly kind: 'migrations'
      readonly migrations: readonly DetectedMigration[]
      readonly notices: readonly Notice[]
      readonly used: ReadonlySet<string>
    }
  | OpenQuestions

/** The migrations that lead from one State to the other: operations as `detect` finds them, divided over apps and files, with their dependencies. */
export function detectMigrations(options: DetectMigrationsOptions): MigrationDetection {
  const detection = detect(options)
  if (detection.kind === 'questions') return detection
  const all = named(splitMigrations(detection.operations), options)
  const migrations = options.apps === undefined ? all : onlyFor([...options.apps], all)
  return { kind: 'migrations', migrations, notices: detection.notices, used: detection.used }
}

function named(
  batches: readonly Batch[],
  { from, leaves, taken, name, now }: DetectMigrationsOptions,
): readonly DetectedMigration[] {
  const latest = new Map(leaves)
  const holders = new Map<number, { readonly batch: number; readonly app: string; readonly name: string }>()
  return batches.map(({ app, stage, operations }, batch): DetectedMigration => {
    const previous = latest.get(app)
    const isInitial = !from.apps.has(app)
    const newName = numberedName(
      nextFreeNumber(previous, taken?.get(app)),
      name ?? (isInitial ? 'initial' : suggestName(operations, now)),
    )
    const others = new Map<string, { readonly batch: number; readonly name: string }>()
    for (const { waitsFor, requires } of operations) {
      for (const other of requires) {
        const leaf = leaves.get(other)
        if (leaf !== undefined && !others.has(other)) others.set(other, { batch: -1, name: leaf })
      }
      for (const holder of waitsFor.flatMap((position) => holders.get(position) ?? [])) {
        if (holder.batch > (others.get(holder.app)?.batch ?? -1)) others.set(holder.app, holder)
      }
    }
    for (const { position } of operations) holders.set(position, { batch, app, name: newName })
    latest.set(app, newName)
    return {
      app,
      name: newName,
      definition: {
        dependencies: [
          ...(previous === undefined ? [] : [[app, previous] as const]),
          ...[...others].map(([other, holder]) => [other, holder.name] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
        ],
        ...(isInitial && previous !== undefined ? { initial: true } : {}),
        ...(stage === 'backfill' ? { atomic: false } : {}),
        operations: optimize(
          operations.map(({ operation }) => operation),
          app,
        ),
      },
    }
  })
}

/** The migrations of some apps, and of all apps that these need, and so on. */
function onlyFor(apps: readonly string[], migrations: readonly DetectedMigration[]): readonly DetectedMigration[] {
  const byApp = Map.groupBy(migrations, ({ app }) => app)
  const kept = new Set<string>()
  const pending = [...apps]
  for (let app = pending.pop(); app !== undefined; app = pending.pop()) {
    if (kept.has(app)) continue
    kept.add(app)
    for (const { definition } of byApp.get(app) ?? []) pending.push(...definition.dependencies.map(([other]) => other))
  }
  return migrations.filter(({ app }) => kept.has(app))
}
