import { fail } from '../errors/error.ts'
import { nearestNames } from '../lib/did-you-mean.ts'
import type { Graph } from './graph.ts'
import type { Migration, MigrationKey } from './migration.ts'
import { keyOfMigration, migrationKey } from './migration.ts'

/** Where `migrate` is to go: every migration of an app, none of them, one of them and what it needs, or back before one of them and what stands on it. */
export type Target =
  | { readonly kind: 'app'; readonly app: string }
  | { readonly kind: 'zero'; readonly app: string }
  | { readonly kind: 'migration'; readonly key: MigrationKey }
  | { readonly kind: 'before'; readonly key: MigrationKey }

/**
 * What a person means by an app and a name. A name that matches exactly wins over those that it begins. One that a squash replaces can be meant as well
 * as the squash.
 *
 * @param name A migration's name, the beginning of one, or `zero`; absent: all of the app.
 * @param apps The labels of the config; an app among them may have no migrations yet.
 * @throws migrations.unknownApp, migrations.noMigrations, migrations.unknownMigration, migrations.ambiguousName, replaces.gone, resets.goneTarget
 */
export function resolveTarget(graph: Graph, app: string, name?: string, apps: Iterable<string> = []): Target {
  const migrations = migrationsOf(graph, app, apps)
  if (name === undefined) return { kind: 'app', app }
  if (name === 'zero') return { kind: 'zero', app }
  return { kind: 'migration', key: keyOfMigration(findByName(migrations, graph, app, name)) }
}

/**
 * The one migration of an app that a name, or the beginning of one, stands for.
 *
 * @throws as `resolveTarget`
 */
export function findMigration(graph: Graph, app: string, name: string, apps: Iterable<string> = []): Migration {
  return findByName(migrationsOf(graph, app, apps), graph, app, name)
}

function migrationsOf(graph: Graph, app: string, apps: Iterable<string>): readonly Migration[] {
  if (graph.apps.has(app)) return graph.loaded.filter((migration) => migration.app === app)
  const known = [...new Set([...apps, ...graph.apps.keys()])].sort()
  if (known.includes(app)) return fail('migrations.noMigrations', { app })
  return fail('migrations.unknownApp', { app, nearest: nearestNames(app, known), known })
}

function findByName(migrations: readonly Migration[], graph: Graph, app: string, name: string): Migration {
  const exact = migrations.find((migration) => migration.name === name)
  if (exact !== undefined) return exact
  const matches = migrations.filter((migration) => migration.name.startsWith(name))
  const [only] = matches
  if (only === undefined) {
    refuseGone(graph, app, name)
    return fail('migrations.unknownMigration', { app, name, nearest: nearestNames(name, namesOf(migrations)) })
  }
  return matches.length === 1 ? only : fail('migrations.ambiguousName', { app, name, matches: namesOf(matches) })
}

/** A name that only a squash or a baseline remembers has no file to go to. */
function refuseGone({ replacements, baselines }: Graph, app: string, name: string): void {
  const baseline = baselines.get(app)
  const begunAnew = baseline?.gone.find((key) => key.startsWith(migrationKey(app, name)))
  if (baseline !== undefined && begunAnew !== undefined) {
    fail('resets.goneTarget', { target: begunAnew, baseline: baseline.members.at(-1) ?? '', commit: baseline.commit })
  }
  const [found, other] = [...replacements.replacedBy].filter(([key]) => key.startsWith(migrationKey(app, name)))
  if (found === undefined || other !== undefined) return
  const [target, squash] = found
  fail('replaces.gone', { squash, gone: [target], applied: [], open: [], target })
}

function namesOf(migrations: readonly Migration[]): readonly string[] {
  return migrations.map((migration) => migration.name)
}
