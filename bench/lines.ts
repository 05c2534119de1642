import type { ProjectMeasurements } from './measure/measure-project.ts'
import { difference, duration, type Line, ratio } from './report.ts'

/** What one size of project shows on one database, and what comparing sizes needs of it. */
export interface SizeResult {
  readonly migrations: number
  readonly lines: readonly Line[]
  /** `migrate` from empty, inside a process that has imported everything, in milliseconds. */
  readonly migrating: number
}

/** Measures what opens no database, and grows with a project all the same. */
export function checkLines(migrations: number, measurements: ProjectMeasurements, rounds: number): readonly Line[] {
  const { check, importing } = measurements.check(rounds)
  const checked = measurements.run('makemigrations', '--check')
  return [
    {
      what: `makemigrations --check / import() of the same files, ${migrations}`,
      ours: duration(check.whole),
      bare: duration(importing.whole),
      ...ratio(check.whole, importing.whole, 1.5),
    },
    memory('makemigrations --check', migrations, checked.megabytes),
  ]
}

/** Measures `migrate`. Leaves the database migrated. */
export function sizeResult(migrations: number, measurements: ProjectMeasurements, rounds: number): SizeResult {
  const { inside, sending } = measurements.migrate(rounds)
  const writing = measurements.sendWrites()
  const migrated = measurements.runMigrate()
  const line = (what: string, ours: number, bare: number, most?: number): Line => ({
    what: `${what}, ${migrations}`,
    ours: duration(ours),
    bare: duration(bare),
    ...ratio(ours, bare, most),
  })
  return {
    migrations,
    migrating: inside.work,
    lines: [
      line('migrate from empty, in process / the same statements', inside.work, sending.work, 1.3),
      line('migrate from empty, in process / only those that write', inside.work, writing.work),
      line('migrate from empty, whole process / the same statements', migrated.milliseconds, sending.work),
      memory('migrate', migrations, migrated.megabytes),
    ],
  }
}

function memory(command: string, migrations: number, megabytes: number): Line {
  return {
    what: `peak memory of ${command}, ${migrations}`,
    ours: `${megabytes.toFixed(0)} MB`,
    bare: '',
    result: '',
  }
}

/** What one migration costs in the greatest project beside the smallest. */
export function growthLine(small: SizeResult, great: SizeResult): Line {
  const [each, before] = [great.migrating / great.migrations, small.migrating / small.migrations]
  return {
    what: `time per migration at ${great.migrations} / at ${small.migrations}`,
    ours: duration(each),
    bare: duration(before),
    ...ratio(each, before, 1.2),
  }
}

/** What commands take that find nothing to do. */
export function idleLines(
  migrations: number,
  measurements: ProjectMeasurements,
  rounds: number,
  most?: number,
): readonly Line[] {
  const { migrate, showmigrations, nothing } = measurements.idle(rounds)
  return [
    { name: 'migrate with nothing to do', taken: migrate.whole },
    { name: 'showmigrations', taken: showmigrations.whole },
  ].map(({ name, taken }) => ({
    what: `${name} / node -e 0, ${migrations}`,
    ours: duration(taken),
    bare: duration(nothing.whole),
    ...difference(taken, nothing.whole, most),
  }))
}
