import { codeFingerprint } from '../operations/canonical.ts'
import type { Operation } from '../operations/operation.ts'
import { checksumOf } from './edited.ts'
import type { MigrationReference } from './migration.ts'
import type { Recorded } from './recorder.ts'

/**
 * Whether the data of operations says what they do. Of code it says only that it is there, and of no operations nothing, so that another migration may
 * look the same.
 */
export function isTelling(operations: readonly Operation[]): boolean {
  return operations.some(({ kind }) => kind !== 'runCode' && kind !== 'custom')
}

/** Whether two lists of operations do the same, as far as their data can tell, with the same code. */
export function doSame(one: readonly Operation[], other: readonly Operation[]): boolean {
  return checksumOf(one) === checksumOf(other) && (isTelling(one) || codeFingerprint(one) === codeFingerprint(other))
}

/** Whether operations do what was recorded; where only the name of a migration is known, nobody can tell. */
export function doAsRecorded(
  operations: readonly Operation[],
  recorded: Pick<Recorded, 'checksum' | 'codeFingerprint'>,
): boolean {
  if (recorded.checksum !== checksumOf(operations)) return false
  return isTelling(operations) || codeFingerprint(operations) === recorded.codeFingerprint
}

/** Whether two lists of dependencies name the same migrations. */
export function dependOnSame(one: readonly MigrationReference[], other: readonly MigrationReference[]): boolean {
  const names = (references: readonly MigrationReference[]): ReadonlySet<string> =>
    new Set(references.map((reference) => reference.join('.')))
  return names(one).symmetricDifference(names(other)).size === 0
}
