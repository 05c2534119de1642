/** Databases that tests made carry the number of the process that made them. */
const ownName = /^godwit_test_(\d+)_\d+$/

/** The name of a database that this process makes. */
export function ownDatabaseName(number: number): string {
  return `godwit_test_${process.pid}_${number}`
}

/** Those that processes which are gone have left behind. */
export function leftDatabases(names: readonly string[]): readonly string[] {
  return names.filter((name) => isGone(Number(ownName.exec(name)?.[1])))
}

/** A process of another machine cannot be looked for. */
export function isThisMachine(host: string): boolean {
  return ['127.0.0.1', '::1', 'localhost'].includes(host)
}

function isGone(pid: number): boolean {
  if (Number.isNaN(pid)) return false
  try {
    return !process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
