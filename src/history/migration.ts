import type { Operation } from '../operations/operation.ts'

/** `app.0001_initial`: how graph, record and messages name a migration. */
export type MigrationKey = string & { readonly __brand: 'MigrationKey' }

/** Another migration, as files name it: `['billing', '0001_initial']`. */
export type MigrationReference = readonly [app: string, name: string]

/** A history that was given up for a fresh one. */
export interface ResetHistory {
  /** The migrations of its app that are gone, by name, in their order. */
  readonly migrations: readonly string[]
  /** Those of them that are squashes, with what each stands for: a database has one or the other. */
  readonly squashes?: Readonly<Record<string, readonly string[]>>
  /** The last commit that holds their files, where there is one. */
  readonly commit?: string
}

/** What a migration file default-exports, made by `defineMigration`. */
export interface MigrationDefinition {
  readonly dependencies?: readonly MigrationReference[]
  readonly runBefore?: readonly MigrationReference[]
  /** The migrations of its app for which this one, a squash, stands; a squash among them is named, and not what it replaces. */
  readonly replaces?: readonly MigrationReference[]
  /** The history of its app that this one, written by `resetmigrations`, begins anew: those migrations are gone, and what they did is in its operations. */
  readonly resets?: ResetHistory
  /** The first migration of an app. Absent: it is, when it depends on nothing in its own app. */
  readonly initial?: boolean
  /**
   * Written by `drift --adopt`: says what a database has become by other hands. A database that is so already only records it; every other is made so.
   */
  readonly adopts?: true
  /** `false`: no transaction around the whole; each step commits by itself and is journalled. */
  readonly atomic?: false
  readonly operations: readonly Operation[]
}

/** A migration: its definition, and where it stands. */
export interface Migration {
  readonly app: string
  readonly name: string
  readonly definition: MigrationDefinition
  /** The file it was read from; absent for one that was not written yet. */
  readonly file?: string
  /** What the file exports by name, besides its definition. */
  readonly exports?: Readonly<Record<string, unknown>>
}

export function migrationKey(app: string, name: string): MigrationKey {
  return `${app}.${name}` as MigrationKey
}

export function keyOfMigration(migration: Migration): MigrationKey {
  return migrationKey(migration.app, migration.name)
}

/** The key as files name a migration. An app's label has no dot, so the first one ends it. */
export function splitMigrationKey(key: MigrationKey): MigrationReference {
  const dot = key.indexOf('.')
  return [key.slice(0, dot), key.slice(dot + 1)]
}
