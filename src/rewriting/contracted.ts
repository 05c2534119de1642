import { buildGraph, type Graph, parentsOf } from '../history/graph.ts'
import {
  keyOfMigration,
  type Migration,
  type MigrationKey,
  type MigrationReference,
  splitMigrationKey,
} from '../history/migration.ts'

/** A migration, and those of the graph in whose place it is to stand. */
export interface Stand {
  readonly migration: Migration
  readonly members: readonly Migration[]
}

/**
 * The graph in force, with some migrations replaced by others as if the files of the former were gone: what a proof replays. Everything that waited for a
 * member waits for what stands in its place. What a migration waits for is taken from the graph and not from its file.
 *
 * @throws migrations.cycle where the migrations cannot be joined so.
 */
export function contracted(graph: Graph, stands: readonly Stand[]): Graph {
  const places = new Map<MigrationKey, MigrationKey>(
    stands.flatMap(({ migration, members }) =>
      members.map((member) => [keyOfMigration(member), keyOfMigration(migration)]),
    ),
  )
  const linked = (migration: Migration, from: readonly Migration[]): Migration => {
    const own = keyOfMigration(migration)
    const parents = from.flatMap((one) => parentsOf(graph, keyOfMigration(one)).map((key) => places.get(key) ?? key))
    const dependencies = [...new Set(parents)].filter((key) => key !== own).map(splitMigrationKey)
    return bare(migration, dependencies)
  }
  const others = [...graph.migrations.values()].filter((migration) => !places.has(keyOfMigration(migration)))
  return buildGraph([
    ...others.map((migration) => linked(migration, [migration])),
    ...stands.map(({ migration, members }) => linked(migration, members)),
  ])
}

function bare({ app, name, definition }: Migration, dependencies: readonly MigrationReference[]): Migration {
  const { replaces: _, runBefore: __, ...rest } = definition
  return { app, name, definition: { ...rest, dependencies } }
}
