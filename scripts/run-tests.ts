import { globSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

/** What people and systems end a run by. */
export const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs the files under Node's own runner and prints the one line that CI reads: "N passed, N failed". With CI=true a skipped test is a failure: an
 * absent database must never look like a passing one. Ctrl-C ends the tests; the caller then goes on, to stop what it started.
 */
export async function runTests(files: readonly string[]): Promise<void> {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const suites = new Set<string>()
  const durations: { readonly file: string; readonly seconds: number }[] = []
  process.env['NODE_COMPILE_CACHE'] ??= compileCache()
  const interruption = new AbortController()
  for (const signal of signals) process.once(signal, () => interruption.abort())

  const stream = run({
    files: longestFirst(files),
    // More than there are processors: tests wait for servers, for locks and for the disk, a good part of their time.
    concurrency: 2 * availableParallelism(),
    argv: [],
    signal: interruption.signal,
    ...(process.env['GODWIT_UPDATE'] === '1' ? { execArgv: ['--test-update-snapshots'] } : {}),
  })
  stream.on('test:pass', (event) => {
    const isSkipped = event.skip !== undefined && event.skip !== false
    // Of a suite that is skipped as a whole, no test is told of.
    if (event.details.type === 'suite' && !isSkipped) return
    if (files.some((file) => event.name.endsWith(file))) return
    if (isSkipped) {
      counts.skipped += 1
      suites.add(`${event.name}: ${event.skip === true ? 'skipped' : event.skip}`)
    } else counts.passed += 1
  })
  stream.on('test:complete', (event) => {
    if (files.includes(event.name)) durations.push({ file: event.name, seconds: event.details.duration_ms / 1000 })
  })
  stream.on('test:fail', (event) => {
    if (event.details.type !== 'suite') counts.failed += 1
  })
  const ended = Promise.withResolvers<void>()
  stream.on('end', () => setImmediate(ended.resolve))
  stream.compose(spec).pipe(process.stdout)
  await ended.promise

  console.log('the files that took longest, in seconds:')
  for (const { file, seconds } of durations.sort((a, b) => b.seconds - a.seconds).slice(0, 12))
    console.log(`  ${seconds.toFixed(0).padStart(5)}  ${file}`)
  for (const skipped of suites) console.log(`not run: ${skipped}`)
  const forbidden = process.env['CI'] === 'true' ? counts.skipped : 0
  const failed = counts.failed + forbidden
  process.exitCode = failed > 0 || counts.passed === 0 ? 1 : 0
  if (interruption.signal.aborted) process.exitCode = 130
  console.log(`${counts.passed} passed, ${failed} failed`)
}

/** Those that take minutes, longest first: whatever is left alone at the end makes the whole run longer. */
const long = [
  'test/processes/connection-kill.test.ts',
  'test/processes/kill.test.ts',
  'test/properties/database.test.ts',
  'test/processes/',
  'test/errors/errors.test.ts',
  'test/demo.test.ts',
  'test/properties/',
  'test/types/compile.test.ts',
  'test/databases/squashes.test.ts',
  'test/walkthroughs/',
  'test/cli/',
]

function longestFirst(files: readonly string[]): string[] {
  const rankOf = (file: string): number => {
    const rank = long.findIndex((start) => file.startsWith(start))
    return rank < 0 ? long.length : rank
  }
  return files.toSorted((a, b) => rankOf(a) - rankOf(b))
}

/**
 * Where compiled sources are kept for the thousands of processes that load the same ones. The files of projects that tests make end up there too, never to be
 * asked for again, so that a folder grown large is begun anew.
 */
function compileCache(): string {
  const folder = join(import.meta.dirname, '../node_modules/.cache/godwit-compiled')
  const entries = globSync('*/*', { cwd: folder }).length
  if (entries > 20_000) rmSync(folder, { recursive: true, force: true })
  return folder
}
