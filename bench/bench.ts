// Measures Godwit against the least that could be done in its place, and prints ratios from one run beside what is aimed for.
// Usage: npm run bench [-- --sizes 500,1000,5000]
// The two smaller sizes take about five minutes together, 5,000 migrations a quarter of an hour more (--sizes leaves some out): nearly all of it is
// SQLite at work.
// It never fails over a number: what a loaded machine measures proves nothing.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installGodwit } from './install.ts'
import { growthLine, idleLines, type SizeResult, sizeResult } from './lines.ts'
import { measureProject, type ProjectMeasurements } from './measure/measure-project.ts'
import { generateProject, type ProjectShape } from './project/generate.ts'
import { writeProject } from './project/write.ts'
import { formatReport, type Line } from './report.ts'

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '500,1000,5000' } } })
const sizes = values.sizes.split(',').map(Number)

// The system's folder may be a link, and a driver tells the real path of its file.
const root = realpathSync(mkdtempSync(join(tmpdir(), 'godwit-bench-')))
try {
  const { node, sqlite } = process.versions
  console.log(`Node ${node}, SQLite ${sqlite}, ${process.platform} ${process.arch}, ${availableParallelism()} CPUs`)
  console.log('20 apps of 10 models each, linked by foreign keys; medians of rounds that take turns\n')
  console.log(formatReport(benchmark()))
} finally {
  rmSync(root, { recursive: true, force: true })
}

function benchmark(): readonly Line[] {
  const installation = installGodwit(root)
  const prepare = (shape: ProjectShape): ProjectMeasurements => {
    const project = writeProject(join(root, Object.values(shape).join('-')), generateProject(shape))
    return measureProject(project, installation)
  }
  const results = sizes.map((size): SizeResult & { readonly idle: readonly Line[] } => {
    process.stderr.write(`measuring ${size} migrations\n`)
    const measurements = prepare({ apps: 20, modelsPerApp: 10, migrationsPerApp: Math.round(size / 20) })
    const result = sizeResult(size, measurements, size > 1000 ? 1 : 3)
    return { ...result, idle: size === sizes[0] ? idleLines(size, measurements, 7, 200) : [] }
  })
  const tiny = idleLines(3, prepare({ apps: 3, modelsPerApp: 3, migrationsPerApp: 1 }), 7)
  const [smallest, greatest] = [results[0], results.at(-1)]
  const growth = smallest && greatest && smallest !== greatest ? [growthLine(smallest, greatest)] : []
  return [...results.flatMap(({ lines }) => lines), ...growth, ...results.flatMap(({ idle }) => idle), ...tiny]
}
