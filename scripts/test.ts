// Runs every test file under Node's own runner and closes with the one line that CI reads: "N passed, N failed".
// With CI=true a skipped test is a failure: an absent database must never look like a passing one.
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { dropLeftovers, findPostgres } from '../test/support/postgres-server.ts'

const patterns = process.argv.slice(2)
const files = globSync(patterns.length > 0 ? patterns : ['src/**/*.test.ts', 'test/**/*.test.ts']).sort()
const updateSnapshots = process.env['GODWIT_UPDATE'] === '1'

if (files.length === 0) {
  console.error(`No test file matches ${patterns.join(' ')}.`)
  process.exit(2)
}
const counts = { passed: 0, failed: 0, skipped: 0 }
const suites = new Set<string>()

const postgres = await findPostgres()
if (typeof postgres === 'string') {
  console.log(`no PostgreSQL: ${postgres}`)
  process.env['GODWIT_TEST_POSTGRES'] = ''
  process.env['GODWIT_TEST_POSTGRES_ABSENT'] = postgres
} else {
  console.log(postgres.label)
  process.env['GODWIT_TEST_POSTGRES'] = postgres.url
  await dropLeftovers(postgres.url)
}

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interruption.abort())

const stream = run({
  files,
  // One file for each processor: many tests wait for processes and servers most of the time.
  concurrency: availableParallelism(),
  argv: [],
  signal: interruption.signal,
  ...(updateSnapshots ? { execArgv: ['--test-update-snapshots'] } : {}),
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
stream.on('test:fail', (event) => {
  if (event.details.type !== 'suite') counts.failed += 1
})

stream.compose(spec).pipe(process.stdout)
stream.on('end', () => setImmediate(() => void close()))

async function close(): Promise<void> {
  if (typeof postgres !== 'string') {
    await dropLeftovers(postgres.url)
    await postgres.stop()
  }
  for (const skipped of suites) console.log(`not run: ${skipped}`)
  const forbidden = process.env['CI'] === 'true' ? counts.skipped : 0
  const failed = counts.failed + forbidden
  process.exitCode = failed > 0 || counts.passed === 0 ? 1 : 0
  if (interruption.signal.aborted) process.exitCode = 130
  console.log(`${counts.passed} passed, ${failed} failed`)
}
