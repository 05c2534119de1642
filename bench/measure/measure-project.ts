import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Installation } from '../install.ts'
import type { WrittenProject } from '../project/write.ts'
import { alternate, type Sample } from './alternate.ts'
import { type Finished, runNode } from './run-node.ts'

/** Measures one project; each function is one line or two of the report. All processes start with a warm compile cache, as the second start does. */
export interface ProjectMeasurements {
  /** `makemigrations --check` beside a process that imports the same files and does nothing with them. */
  check(rounds: number): { readonly check: Sample; readonly importing: Sample }
  /**
   * `migrate` from an empty database. Compared is the work inside a process that has imported everything: from opening the database to closing it,
   * reading the record and planning included, beside the driver sending the very calls that were seen to be made, with their parameters, in the same
   * transactions and with the same pragmas, to a file. Godwit's lock, a database of its own, is on Godwit's side only. `writing` leaves the reads
   * out: what a hand-written script would send that neither looks nor checks.
   */
  migrate(rounds: number): {
    readonly command: Sample
    readonly inside: Sample
    readonly sending: Sample
    readonly writing: Sample
  }
  /** Commands that find nothing to do, beside a process that does nothing. The database is migrated. */
  idle(rounds: number): { readonly migrate: Sample; readonly showmigrations: Sample; readonly nothing: Sample }
  /** The most memory that a command ever had, in megabytes. */
  peakMemory(): { readonly check: number; readonly migrate: number }
}

const subject = (file: string): string => join(import.meta.dirname, '..', 'subjects', file)

/** Prepares the measurements of a project in an installation. */
export function measureProject(project: WrittenProject, { root, dist, bin }: Installation): ProjectMeasurements {
  const cwd = project.folder
  const list = join(cwd, 'files.json')
  const kept = join(cwd, 'statements.bin')
  const peak = join(cwd, 'peak-memory.txt')
  writeFileSync(list, JSON.stringify(project.files))

  // The compile cache stands in the folder for temporary files: one of its own starts cold and is gone with the benchmark.
  const node = (...args: readonly string[]): Finished =>
    runNode(args, { cwd, env: { TMPDIR: root, PEAK_MEMORY_FILE: peak } })
  const godwit = (...args: readonly string[]): Sample => whole(node(bin, ...args))
  const check = (): Sample => godwit('makemigrations', '--check')
  const empty = (): void => {
    for (const suffix of ['', '-journal', '-wal', '-shm', '-godwit']) rmSync(project.database + suffix, { force: true })
  }
  const fromEmpty = (start: () => Sample): Sample => {
    empty()
    return start()
  }
  const send = (...choice: readonly string[]): Sample =>
    inside(node(subject('send-statements.mjs'), kept, project.database, ...choice))
  const memoryOf = (...args: readonly string[]): number => {
    node('--import', subject('report-peak-memory.mjs'), bin, ...args)
    return Number(readFileSync(peak, 'utf8')) / 1024
  }

  check()
  return {
    check: (rounds) => alternate(rounds, { check, importing: () => whole(node(subject('import-files.mjs'), list)) }),
    migrate(rounds) {
      empty()
      node(subject('capture-statements.ts'), dist, cwd, project.database, kept)
      return alternate(rounds, {
        command: () => fromEmpty(() => godwit('migrate')),
        inside: () => fromEmpty(() => inside(node(subject('migrate-project.ts'), dist, cwd))),
        sending: () => fromEmpty(() => send()),
        writing: () => fromEmpty(() => send('writes')),
      })
    },
    idle(rounds) {
      empty()
      godwit('migrate')
      return alternate(rounds, {
        migrate: () => godwit('migrate'),
        showmigrations: () => godwit('showmigrations'),
        nothing: () => whole(node('-e', '0')),
      })
    },
    peakMemory() {
      empty()
      return { check: memoryOf('makemigrations', '--check'), migrate: memoryOf('migrate') }
    },
  }
}

function whole({ milliseconds }: Finished): Sample {
  return { whole: milliseconds, work: milliseconds }
}

/** A process that prints how long its work took. */
function inside({ milliseconds, stdout }: Finished): Sample {
  return { whole: milliseconds, work: Number(stdout) }
}
