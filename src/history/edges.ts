import { fail } from '../errors/error.ts'
import { nearestNames } from '../lib/did-you-mean.ts'
import type { Migration, MigrationKey, MigrationReference } from './migration.ts'
import { keyOfMigration, migrationKey } from './migration.ts'

/** What waits for what, in both directions; neighbours are sorted, and keys without any are absent. */
export interface Edges {
  readonly parents: ReadonlyMap<MigrationKey, readonly MigrationKey[]>
  readonly children: ReadonlyMap<MigrationKey, readonly MigrationKey[]>
}

type Migrations = ReadonlyMap<MigrationKey, Migration>
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

/**
 * The edges that the migrations' `dependencies` and `runBefore` make. `__first__` and `__latest__` stand for the first and last migrations of
 * another app, as the names in that app order them; of the own app they say nothing.
 */
export function resolveEdges(migrations: Migrations, apps: Apps): Edges {
  const statements = [...migrations.values()].flatMap(statementsOf)
  const [symbolic, exact] = partition(statements, ({ of: [, name] }) => name === '__first__' || name === '__latest__')
  const named = exact.map((statement) => edgeTo(statement, migrationKey(...statement.of), migrations, apps))
  if (symbolic.length === 0) return collect(named)
  const known = collect(named)
  const implied = symbolic
    .filter(({ by, of: [app] }) => by.app !== app)
    .flatMap((statement) => {
      const targets = endsOf(statement, apps, known, migrations)
      return targets.map((key) => edgeTo(statement, key, migrations, apps))
    })
  return collect([...named, ...implied])
}

function statementsOf(by: Migration): readonly Statement[] {
  const { dependencies = [], runBefore = [] } = by.definition
  return [
    ...dependencies.map((of): Statement => ({ by, says: 'depends on', of })),
    ...runBefore.map((of): Statement => ({ by, says: 'runs before', of })),
  ]
}

function edgeTo(statement: Statement, other: MigrationKey, migrations: Migrations, apps: Apps): Edge {
  if (!migrations.has(other)) failMissing(statement, apps)
  const own = keyOfMigration(statement.by)
  return statement.says === 'depends on' ? { parent: other, child: own } : { parent: own, child: other }
}

function endsOf(statement: Statement, apps: Apps, edges: Edges, migrations: Migrations): readonly MigrationKey[] {
  const [app, name] = statement.of
  const keys = apps.get(app) ?? failMissing(statement, apps)
  const neighbours = name === '__first__' ? edges.parents : edges.children
  return keys.filter((key) => !neighbours.get(key)?.some((other) => migrations.get(other)?.app === app))
}

function failMissing({ by, says, of: [app, name] }: Statement, apps: Apps): never {
  const key = migrationKey(app, name)
  const candidates = apps.get(app)
  const nearest =
    candidates === undefined
      ? nearestNames(app, apps.keys()).map((other) => migrationKey(other, name))
      : nearestNames(key, candidates)
  return fail('migrations.missingDependency', { migration: keyOfMigration(by), says, missing: key, nearest })
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
