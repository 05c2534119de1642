// Measures Godwit against the least that could be done in its place, and prints ratios from one run beside what is aimed for, the databases side by
// side.
// Usage: npm run bench [-- --only migrate|backfill] [-- --sizes 500,1000,5000] [-- --rows 1000000] [-- --database sqlite]
// On SQLite the two smaller sizes take about five minutes together, 5,000 migrations a quarter of an hour more (--sizes leaves some out): nearly all of
// it is the database at work. Without --database it is SQLite, PostgreSQL and MariaDB.
// It never fails over a number: what a loaded machine measures proves nothing.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { backfillLines } from './backfill/measure-backfill.ts'
import { type BenchDatabase, openers, usual } from './databases.ts'
import { type Installation, installGodwit } from './install.ts'
import { checkLines, growthLine, idleLines, type SizeResult, sizeResult } from './lines.ts'
import { measureProject, type ProjectMeasurements } from './measure/measure-project.ts'
import { generateProject, type ProjectShape } from './project/generate.ts'
import { writeProject } from './project/write.ts'
import { formatReport, type Line } from './report.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: ['migrate', 'backfill'] },
    sizes: { type: 'string', default: '500,1000,5000' },
    rows: { type: 'string', default: '1000000' },
    database: { type: 'string', multiple: true, default: [...usual] },
  },
})
const sizes = values.sizes.split(',').map(Number)

// The system's folder may be a link, and a driver tells the real path of its file.
const root = realpathSync(mkdtempSync(join(tmpdir(), 'godwit-bench-')))
const databases: BenchDatabase[] = []
try {
  for (const name of values.database) {
    const open = openers[name]
    if (open === undefined) throw new Error(`--database is one of ${Object.keys(openers).join(', ')}, not ${name}`)
    databases.push(await open())
  }
  const labels = databases.map(({ label }) => label).join(', ')
  const { node } = process.versions
  console.log(`Node ${node}, ${labels}, ${process.platform} ${process.arch}, ${availableParallelism()} CPUs`)
  console.log('20 apps of 10 models each, linked by foreign keys; medians of rounds that take turns\n')
  const installation = installGodwit(root)
  const wants = (part: string): boolean => values.only.includes(part)
  console.log(
    formatReport([
      ...(wants('migrate') ? benchmark(installation) : []),
      ...(wants('backfill') ? backfills(installation) : []),
    ]),
  )
} finally {
  for (const database of databases) await database.close()
  rmSync(root, { recursive: true, force: true })
}

function backfills(installation: Installation): readonly Line[] {
  const rows = Number(values.rows)
  return sideBySide(
    databases.map((database) => {
      process.stderr.write(`filling ${rows} rows on ${database.name}\n`)
      return backfillLines(database, installation, { rows, rounds: 3 })
    }),
  )
}

function benchmark(installation: Installation): readonly Line[] {
  const prepare = (shape: ProjectShape, database: BenchDatabase): ProjectMeasurements => {
    const folder = join(root, [database.name, ...Object.values(shape)].join('-'))
    const project = writeProject(folder, generateProject(shape), database.urlIn(folder))
    database.empty(project.url)
    return measureProject(project, installation, database)
  }
  const ofSizes = sizes.map((size) => {
    const rounds = size > 1000 ? 1 : 3
    const shape = { apps: 20, modelsPerApp: 10, migrationsPerApp: Math.round(size / 20) }
    const results = databases.map((database, position) => {
      process.stderr.write(`measuring ${size} migrations on ${database.name}\n`)
      const measurements = prepare(shape, database)
      // No database has a part in it.
      const checked = position === 0 ? checkLines(size, measurements, rounds + 2) : []
      const result = sizeResult(size, measurements, rounds)
      return { ...result, checked, idle: size === sizes[0] ? idleLines(size, measurements, 7, 200) : [] }
    })
    return {
      results,
      lines: [...results.flatMap(({ checked }) => checked), ...sideBySide(results.map(({ lines }) => lines))],
      idle: sideBySide(results.map(({ idle }) => idle)),
    }
  })
  const tiny = { apps: 3, modelsPerApp: 3, migrationsPerApp: 1 }
  return [
    ...ofSizes.flatMap(({ lines }) => lines),
    ...sideBySide(databases.map((_, position) => growthOf(ofSizes.flatMap(({ results }) => results[position] ?? [])))),
    ...ofSizes.flatMap(({ idle }) => idle),
    ...sideBySide(databases.map((database) => idleLines(3, prepare(tiny, database), 7))),
  ]
}

function growthOf(results: readonly SizeResult[]): readonly Line[] {
  const [smallest, greatest] = [results[0], results.at(-1)]
  return smallest && greatest && smallest !== greatest ? [growthLine(smallest, greatest)] : []
}

/** The same lines of each database, one below the other. */
function sideBySide(lists: readonly (readonly Line[])[]): readonly Line[] {
  const [first = []] = lists
  return first.flatMap((_, index) =>
    lists.flatMap((list, position) => {
      const line = list[index]
      return line === undefined ? [] : [{ ...line, what: `${line.what}, ${databases[position]?.name}` }]
    }),
  )
}
