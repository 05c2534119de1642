import type { Graph } from '../../history/graph.ts'
import { keyOfMigration, type Migration, type MigrationKey } from '../../history/migration.ts'
import { rememberedObjects } from '../../history/remembered-objects.ts'
import { describe } from '../../operations/definitions.ts'
import type { Operation, RunSql } from '../../operations/operation.ts'
import type { Session } from '../../schema/dialect.ts'

/** SQL or code of a history, which no beginning that is written from the models has. */
export interface LostStep {
  readonly migration: MigrationKey
  /** In words. */
  readonly step: string
  /** It is SQL, which `--keep-sql` carries over. */
  readonly isSql: boolean
  /** It says itself that it may be left out. */
  readonly elidable?: true
}

/** What SQL or code of a history made in a database, and a database that is made afresh will lack. */
export interface LostObject {
  readonly kind: string
  readonly name: string
  readonly table?: string
  readonly migration: MigrationKey
}

/** The steps of some apps' histories that are in no model, in the order in which they are applied. */
export function lostSteps(graph: Graph, apps: ReadonlySet<string>): readonly LostStep[] {
  return migrationsOf(graph, apps).flatMap((migration) =>
    stepsIn(migration.definition.operations).map((operation) => ({
      migration: keyOfMigration(migration),
      step: describe(operation),
      isSql: operation.kind === 'runSql',
      ...(operation.kind === 'runSql' && operation.elidable === true && { elidable: true as const }),
    })),
  )
}

/** What is remembered of what such steps made. */
export async function lostObjects(session: Session, apps: ReadonlySet<string>): Promise<readonly LostObject[]> {
  const found = await rememberedObjects(session)
  return found
    .filter(({ migration }) => apps.has(migration.slice(0, migration.indexOf('.'))))
    .map(({ kind, name, table, migration }) => ({ kind, name, ...(table !== undefined && { table }), migration }))
}

/** The SQL of an app's history that is to be kept: what does not say that it may be left out, without what it says of the State. */
export function keptSql(graph: Graph, app: string): readonly RunSql[] {
  return migrationsOf(graph, new Set([app])).flatMap(({ definition }) =>
    stepsIn(definition.operations).flatMap((operation): readonly RunSql[] => {
      if (operation.kind !== 'runSql' || operation.elidable === true) return []
      const { stateOperations: _, ...sql } = operation
      return [sql]
    }),
  )
}

function migrationsOf({ order, migrations }: Graph, apps: ReadonlySet<string>): readonly Migration[] {
  return order.flatMap((key) => migrations.get(key) ?? []).filter(({ app }) => apps.has(app))
}

function stepsIn(operations: readonly Operation[]): readonly Operation[] {
  return operations.flatMap((operation) => {
    switch (operation.kind) {
      case 'runSql':
      case 'runCode':
      case 'batched':
      case 'custom':
        return [operation]
      case 'separateDatabaseAndState':
        return stepsIn(operation.databaseOperations)
      default:
        return []
    }
  })
}
