import type { GodwitError } from '../../errors/error.ts'
import type { Graph } from '../../history/graph.ts'
import { keyOfMigration } from '../../history/migration.ts'
import { describe } from '../../operations/definitions.ts'
import type { Found } from './finding.ts'
import { foundError } from './found-error.ts'

/** An operation that does not fit what the migrations before it made, by the error that its replay ended in. */
export function misfit(error: GodwitError, { loaded }: Pick<Graph, 'loaded'>): Found {
  const { migration, operation } = { migration: undefined, operation: undefined, ...error.details }
  const source = loaded.find((one) => keyOfMigration(one) === migration)
  const position = source?.definition.operations.findIndex((one) => describe(one) === operation) ?? -1
  return {
    ...foundError('migrations.doNotFit', error),
    ...(source !== undefined && { source }),
    ...(position >= 0 && { operation: position }),
  }
}
