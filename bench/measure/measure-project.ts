import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchDatabase } from '../databases.ts'
import type { Installation } from '../install.ts'
import type { WrittenProject } from '../project/write.ts'
import { alternate, type Sample } from './alternate.ts'
import { type Finished, runNode } from './run-node.ts'

/** What a command took, and the most memory that its process ever had. */
export interface CommandRun {
  readonly milliseconds: number
  readonly megabytes: number
}

/** Measures one project. All processes start with a warm compile cache, as every start but the first does. */
export interface ProjectMeasurements {
  /** `makemigrations --check` beside a process that imports the same files and does nothing with them. */
  check(rounds: number): { readonly check: Sample; readonly importing: Sample }
  /**
   * `migrate` from an empty database, by the work inside a process that has imported everything: from opening the database to closing it, reading the
   * record and planning included. Beside it the driver alone, sending the very calls that were seen to be made, with their parameters, in the same
   * transactions and with the same settings, to the same database. SQLite's lock, a database of its own, is on Godwit's side only.
   */
  migrate(rounds: number): { readonly inside: Sample; readonly sending: Sample }
  /** The same calls without the reads: what a script would send that neither looks nor checks. Once; after `migrate`. */
  sendWrites(): Sample
  /** A command as people run it, once. */
  run(...args: readonly string[]): CommandRun
  /** `migrate` as people run it, from an empty database, once. */
  runMigrate(): CommandRun
  /** Commands that find nothing to do, beside a process that does nothing. */
  idle(rounds: number): { readonly migrate: Sample; readonly showmigrations: Sample; readonly nothing: Sample }
}

const subject = (file: string): string => join(import.meta.dirname, '..', 'subjects', file)

/** Prepares the measurements of a project in an installation, over a database. */
export function measureProject(
  project: WrittenProject,
  { root, dist, bin }: Installation,
  database: BenchDatabase,
): ProjectMeasurements {
  const cwd = project.folder
  const list = join(cwd, 'files.json')
  const kept = join(cwd, 'statements.bin')
  const peak = join(cwd, 'peak-memory.txt')
  writeFileSync(list, JSON.stringify(project.files))

  // Node keeps its compile cache in the folder for temporary files: one of the benchmark's own starts cold and is gone with it.
  const node = (...args: readonly string[]): Finished =>
    runNode(args, { cwd, env: { TMPDIR: root, PEAK_MEMORY_FILE: peak } })
  const godwit = (...args: readonly string[]): Sample => whole(node(bin, ...args))
  const send = (...choice: readonly string[]): Sample => inside(node(database.send, kept, project.url, ...choice))
  const fromEmpty = <T>(start: () => T): T => {
    database.empty(project.url)
    return start()
  }
  const run = (...args: readonly string[]): CommandRun => {
    const { milliseconds } = node('--import', subject('report-peak-memory.mjs'), bin, ...args)
    return { milliseconds, megabytes: Number(readFileSync(peak, 'utf8')) / 1024 }
  }

  return {
    check(rounds) {
      godwit('makemigrations', '--check')
      return alternate(rounds, {
        check: () => godwit('makemigrations', '--check'),
        importing: () => whole(node(subject('import-files.mjs'), list)),
      })
    },
    migrate(rounds) {
      fromEmpty(() => node(database.capture, dist, cwd, project.url, kept))
      return alternate(rounds, {
        inside: () => fromEmpty(() => inside(node(subject('migrate-project.ts'), dist, cwd))),
        sending: () => fromEmpty(() => send()),
      })
    },
    sendWrites: () => fromEmpty(() => send('writes')),
    run,
    runMigrate: () => fromEmpty(() => run('migrate')),
    idle(rounds) {
      godwit('migrate')
      return alternate(rounds, {
        migrate: () => godwit('migrate'),
        showmigrations: () => godwit('showmigrations'),
        nothing: () => whole(node('-e', '0')),
      })
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
