import assert from 'node:assert/strict'
import type { ErrorCode } from '../../src/errors/error.ts'
import { GodwitError } from '../../src/errors/error.ts'
import type { Migration, MigrationDefinition, MigrationKey, MigrationReference } from '../../src/history/migration.ts'
import { migrationKey } from '../../src/history/migration.ts'

/** A migration for tests, from `app.name` and the keys that it depends on. */
export function migration(
  text: string,
  dependencies: readonly string[] = [],
  more: Partial<MigrationDefinition> = {},
): Migration {
  const [app, name] = reference(text)
  return { app, name, definition: { dependencies: dependencies.map(reference), operations: [], ...more } }
}

/** `app.name` as a reference. */
export function reference(text: string): MigrationReference {
  const [app = '', name = ''] = text.split('.')
  return [app, name]
}

/** `app.name` as a key. */
export function key(text: string): MigrationKey {
  return migrationKey(...reference(text))
}

/** Asserts that an error has a code and, where given, these details. */
export function failsWith(code: ErrorCode, details?: object): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof GodwitError, String(error))
    assert.equal(error.code, code)
    if (details !== undefined) assert.deepEqual(error.details, details)
    return true
  }
}
