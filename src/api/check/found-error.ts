import { resolve } from 'node:path'
import { GodwitError } from '../../errors/error.ts'
import type { Found } from './finding.ts'
import { type FindingId, findingKinds } from './finding-kinds.ts'

/** A failure as a finding, so that what else there is can be found too. What is no failure of the project's is thrown on. */
export function foundError(id: FindingId, error: unknown): Found {
  if (!(error instanceof GodwitError)) throw error
  const { message, why, fix } = error
  return {
    id,
    severity: findingKinds[id].severity,
    message: why === undefined ? message : `${message} ${why}`,
    fix,
    ...placeIn(error),
  }
}

/** The place that the details of a failure name, or its sentence: `billing/models.ts:12:3`, from the working directory. */
function placeIn({ details, message }: GodwitError): Pick<Found, 'file' | 'line' | 'column'> {
  const at = 'at' in details && typeof details.at === 'string' ? details.at : message
  const [, path, line, column] = /([^\s()'"]+\.m?[jt]s):(\d+)(?::(\d+))?/.exec(at) ?? []
  if (path !== undefined) {
    return { file: resolve(path), line: Number(line), ...(column !== undefined && { column: Number(column) }) }
  }
  return 'file' in details && typeof details.file === 'string' ? { file: resolve(details.file) } : {}
}
