import { fail } from '../errors/error.ts'
import { nearestNames } from '../lib/did-you-mean.ts'
import type { InForce } from './in-force.ts'
import type { Migration, MigrationKey, MigrationReference } from './migration.ts'
import { keyOfMigration, migrationKey } from './migration.ts'

/** What waits for what, in both directions; neighbours are sorted, and keys without any are absent. */
export interface Edges {
  readonly parents: ReadonlyMap<MigrationKey, readonly MigrationKey[]>
  readonly children: ReadonlyMap<MigrationKey, readonly MigrationKey[]>
}

type Apps = ReadonlyMap<string, readonly MigrationKey[]>

/** One thing that a migration says of another. */
interface Statement {
  readonly by: Migration
  readonly says: 'depends on' | 'runs before'
  readonly of: MigrationReference
}

interface Edge {
  readonly parent: MigrationKey
  readonly child: MigrationKey
}

/** What statements are resolved against: what is in force, by app, and the apps of the config. */
interface Named extends InForce {
  readonly apps: Apps
  readonly labels: readonly string[]
}

/**
 * The edges that `dependencies` and `runBefore` of the migrations in force make. What they say of one that is not in force they say of what stands for
 * it. `__first__` and `__latest__` stand for the first and last migrations of another app, as the names in that app order them; of the own app
 * they say nothing.
 *
 * @throws migrations.missingDependency, migrations.emptyDependency
 */
export function resolveEdges(known: Named): Edges {
  const statements = [...known.migrations.values()].flatMap(statementsOf)
  const [symbolic, exact] = partition(statements, ({ of: [, name] }) => name === '__first__' || name === '__latest__')
  const named = exact.flatMap((statement) => edgesTo(statement, placesOf(statement, known)))
  if (symbolic.length === 0) return collect(named)
  const edges = collect(named)
  const implied = symbolic
    .filter(({ by, of: [app] }) => by.app !== app)
    .flatMap((statement) => edgesTo(statement, endsOf(statement, known, edges)))
  return collect([...named, ...implied])
}

function statementsOf(by: Migration): readonly Statement[] {
  const { dependencies = [], runBefore = [] } = by.definition
  return [
    ...dependencies.map((of): Statement => ({ by, says: 'depends on', of })),
    ...runBefore.map((of): Statement => ({ by, says: 'runs before', of })),
  ]
}

/** A squash may name what it replaces itself; that says nothing. */
function edgesTo({ by, says }: Statement, others: readonly MigrationKey[]): readonly Edge[] {
  const own = keyOfMigration(by)
  const isSquash = by.definition.replaces !== undefined
  return others
    .filter((other) => !(isSquash && other === own))
    .map((other) => (says === 'depends on' ? { parent: other, child: own } : { parent: own, child: other }))
}

function placesOf(statement: Statement, known: Named): readonly MigrationKey[] {
  const key = migrationKey(...statement.of)
  if (known.migrations.has(key)) return [key]
  const standIns = statement.says === 'depends on' ? known.standIns : known.beginnings
  return standIns.get(key) ?? failMissing(statement, known)
}

function endsOf(statement: Statement, known: Named, edges: Edges): readonly MigrationKey[] {
  const {
    by,
    says,
    of: [app, name],
  } = statement
  const keys = known.apps.get(app)
  if (keys === undefined) {
    if (!known.labels.includes(app)) return failMissing(statement, known)
    return fail('migrations.emptyDependency', { migration: keyOfMigration(by), says, app, end: name })
  }
  const neighbours = name === '__first__' ? edges.parents : edges.children
  return keys.filter((key) => !neighbours.get(key)?.some((other) => known.migrations.get(other)?.app === app))
}

function failMissing({ by, says, of: [app, name] }: Statement, { apps, labels }: Named): never {
  const key = migrationKey(app, name)
  const candidates = apps.get(app)
  const isWithoutFiles = candidates === undefined && labels.includes(app)
  const nearest =
    candidates === undefined
      ? nearestNames(app, new Set([...apps.keys(), ...labels].filter((other) => other !== app))).map((other) =>
          migrationKey(other, name),
        )
      : nearestNames(
          key,
          candidates.filter((other) => other !== keyOfMigration(by)),
        )
  return fail('migrations.missingDependency', {
    migration: keyOfMigration(by),
    says,
    missing: key,
    nearest,
    ...(isWithoutFiles && { lost: app }),
  })
}

function collect(edges: readonly Edge[]): Edges {
  const parents = new Map<MigrationKey, Set<MigrationKey>>()
  const children = new Map<MigrationKey, Set<MigrationKey>>()
  for (const { parent, child } of edges) {
    add(parents, child, parent)
    add(children, parent, child)
  }
  return { parents: sorted(parents), children: sorted(children) }
}

function add(edges: Map<MigrationKey, Set<MigrationKey>>, from: MigrationKey, to: MigrationKey): void {
  const known = edges.get(from)
  if (known === undefined) edges.set(from, new Set([to]))
  else known.add(to)
}

function sorted(edges: ReadonlyMap<MigrationKey, ReadonlySet<MigrationKey>>): Edges['parents'] {
  return new Map([...edges].map(([key, neighbours]) => [key, [...neighbours].sort()]))
}

function partition<T>(elements: readonly T[], belongs: (element: T) => boolean): readonly [readonly T[], readonly T[]] {
  const { yes = [], no = [] } = Object.groupBy(elements, (element) => (belongs(element) ? 'yes' : 'no'))
  return [yes, no]
}
