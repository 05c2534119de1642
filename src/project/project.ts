import type { Config, DatabaseConfig, IgnoredDrift, IgnoredFinding, Router } from '../config.ts'
import { fail } from '../errors/error.ts'

/** A config, checked, and what it means in paths. */
export interface Project {
  readonly config: Config
  /** The config file. */
  readonly file: string
  /** The folder of the config file: relative paths in it start here. */
  readonly root: string
  /** App label → absolute folder, in the order of the config. */
  readonly apps: ReadonlyMap<string, string>
  readonly databases: ReadonlyMap<string, DatabaseConfig>
  /** Which app or model lives in which of them; absent: everything in each. */
  readonly router?: Router
  /** What may stay, though it is found. */
  readonly ignoredFindings: readonly IgnoredFinding[]
  /** What is no drift, though it differs. */
  readonly ignoredDrift: readonly IgnoredDrift[]
}

/** The named apps, checked to exist; all of them when none is named. */
export function chosenApps(project: Project, labels: readonly string[] = []): readonly string[] {
  const known = [...project.apps.keys()]
  for (const app of labels) {
    if (!project.apps.has(app)) fail('config.unknownApp', { app, known })
  }
  return labels.length === 0 ? known : [...new Set(labels)]
}

/** A database by its name in the config; `default` when none is given. */
export function chosenDatabase(project: Project, name?: string): DatabaseConfig {
  const found = project.databases.get(name ?? 'default')
  if (found !== undefined) return found
  const known = [...project.databases.keys()]
  const file = project.file
  if (name === undefined) fail('config.noDefaultDatabase', { file, known })
  return fail('config.unknownDatabase', { file, database: name, known })
}
