import { fail } from '../errors/error.ts'
import { nearestNames } from '../lib/did-you-mean.ts'
import type { Graph } from './graph.ts'
import type { Migration, MigrationKey } from './migration.ts'
import { keyOfMigration } from './migration.ts'

/** Where `migrate` is to go: every migration of an app, none of them, or one of them and what it needs. */
export type Target =
  | { readonly kind: 'app'; readonly app: string }
  | { readonly kind: 'zero'; readonly app: string }
  | { readonly kind: 'migration'; readonly key: MigrationKey }

/**
 * What a person means by an app and a name. A name that matches exactly wins over those that it begins.
 *
 * @param name A migration's name, the beginning of one, or `zero`; absent: all of the app.
 * @param apps The labels of the config; an app among them may have no migrations yet.
 * @throws migrations.unknownApp, migrations.noMigrations, migrations.unknownMigration, migrations.ambiguousName
 */
export function resolveTarget(graph: Graph, app: string, name?: string, apps: Iterable<string> = []): Target {
  const migrations = migrationsOf(graph, app, apps)
  if (name === undefined) return { kind: 'app', app }
  if (name === 'zero') return { kind: 'zero', app }
  return { kind: 'migration', key: keyOfMigration(findByName(migrations, app, name)) }
}

/**
 * The one migration of an app that a name, or the beginning of one, stands for.
 *
 * @throws as `resolveTarget`
 */
export function findMigration(graph: Graph, app: string, name: string, apps: Iterable<string> = []): Migration {
  return findByName(migrationsOf(graph, app, apps), app, name)
}

function migrationsOf(graph: Graph, app: string, apps: Iterable<string>): readonly Migration[] {
  const own = graph.apps.get(app)
  if (own !== undefined) return own.flatMap((key) => graph.migrations.get(key) ?? [])
  const known = [...new Set([...apps, ...graph.apps.keys()])].sort()
  if (known.includes(app)) return fail('migrations.noMigrations', { app })
  return fail('migrations.unknownApp', { app, nearest: nearestNames(app, known), known })
}

function findByName(migrations: readonly Migration[], app: string, name: string): Migration {
  const exact = migrations.find((migration) => migration.name === name)
  if (exact !== undefined) return exact
  const matches = migrations.filter((migration) => migration.name.startsWith(name))
  const [only] = matches
  const names = (found: readonly Migration[]) => found.map((migration) => migration.name)
  if (only === undefined) {
    return fail('migrations.unknownMigration', { app, name, nearest: nearestNames(name, names(migrations)) })
  }
  return matches.length === 1 ? only : fail('migrations.ambiguousName', { app, name, matches: names(matches) })
}
