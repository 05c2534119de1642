import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchDatabase } from '../databases.ts'
import type { Installation } from '../install.ts'
import { alternate, type Sample } from '../measure/alternate.ts'
import { type Finished, runNode } from '../measure/run-node.ts'
import { duration, type Line, ratio } from '../report.ts'
import { writeBackfillProject } from './project.ts'

/** How many rows a batch has that is written by hand: the quicker of these is what is compared with. */
const sizesByHand = [10_000, 50_000] as const

const subject = (file: string): string => join(import.meta.dirname, '..', 'subjects', file)

/**
 * Measures a backfill of so many rows beside loops that are written by hand with the same driver, both from opening the database to closing it, by
 * turns; and the most memory that the process of `godwit migrate` has.
 */
export function backfillLines(
  database: BenchDatabase,
  { root, dist, bin }: Installation,
  { rows, rounds }: { readonly rows: number; readonly rounds: number },
): readonly Line[] {
  const cwd = join(root, `backfill-${database.name}`)
  const url = database.urlIn(cwd)
  writeBackfillProject(cwd, url)
  const peak = join(cwd, 'peak-memory.txt')
  const node = (...args: readonly string[]): Finished =>
    runNode(args, { cwd, env: { TMPDIR: root, PEAK_MEMORY_FILE: peak } })
  database.empty(url)
  node(bin, 'migrate', 'shop', '0001')

  const onNewRows = <Result>(work: () => Result): Result => {
    node(subject('fill-rows.mjs'), url, String(rows))
    return work()
  }
  const inside = ({ milliseconds, stdout }: Finished): Sample => ({ whole: milliseconds, work: Number(stdout) })
  const byHand = (size: number) => (): Sample => onNewRows(() => inside(node(database.backfill, url, String(size))))
  const [small, large] = sizesByHand
  const taken = alternate(rounds, {
    ours: () => onNewRows(() => inside(node(subject('migrate-project.ts'), dist, cwd))),
    small: byHand(small),
    large: byHand(large),
  })
  const bare = Math.min(taken.small.work, taken.large.work)
  onNewRows(() => node('--import', subject('report-peak-memory.mjs'), bin, 'migrate'))
  const megabytes = Number(readFileSync(peak, 'utf8')) / 1024
  const count = rows.toLocaleString('en-US')
  return [
    {
      what: `batched backfill / a loop by hand, ${count} rows`,
      ours: duration(taken.ours.work),
      bare: duration(bare),
      ...ratio(taken.ours.work, bare, 1.15),
    },
    {
      what: `peak memory of a batched backfill, ${count} rows`,
      ours: `${megabytes.toFixed(0)} MB`,
      bare: '',
      result: '',
      aim: { text: '< 150 MB', met: megabytes < 150 },
    },
  ]
}
