import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createTestDatabase } from '../src/testing.ts'
import { generateProject } from './project/generate.ts'
import { writeProject } from './project/write.ts'

/**
 * What a test waits for its database, side by side: all migrations applied anew, and a copy of a template, on every URL that it is given:
 * `node bench/test-databases.ts sqlite::memory: pglite: postgres://…`. The first copy, which makes the template, is told apart.
 */
const urls = process.argv.slice(2)
const shape = { apps: 5, modelsPerApp: 4, migrationsPerApp: 10 }
const times = 5

const repository = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'godwit-bench-'))
const { migrations } = writeProject(folder, generateProject(shape), 'sqlite::memory:')
linkSources()

async function once(url: string, template: boolean): Promise<number> {
  const started = performance.now()
  const scratch = await createTestDatabase({ cwd: folder, url, template })
  const milliseconds = performance.now() - started
  await scratch.close()
  return milliseconds
}

async function median(url: string, template: boolean): Promise<string> {
  const measured: number[] = []
  for (let time = 0; time < times; time += 1) measured.push(await once(url, template))
  return (measured.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0).toFixed(1)
}

/** The project imports the very sources that are measured here. */
function linkSources(): void {
  const installed = join(folder, 'node_modules', 'godwit')
  mkdirSync(installed, { recursive: true })
  const exports = { '.': './src/index.ts', './migrations': './src/migrations.ts' }
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ name: 'godwit', type: 'module', exports }))
  symlinkSync(join(repository, 'src'), join(installed, 'src'), 'junction')
  for (const name of ['pg', 'mysql2', '@electric-sql']) {
    symlinkSync(join(repository, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
  }
}

process.stdout.write(`${migrations} migrations, ${shape.apps * shape.modelsPerApp} models; medians of ${times}\n`)
try {
  for (const url of urls) {
    // Drivers and migrations are imported before anything is measured.
    await once(url, false)
    const anew = await median(url, false)
    const first = (await once(url, true)).toFixed(1)
    const copy = await median(url, true)
    const kind = /^[a-z]+/.exec(url)?.[0] ?? url
    process.stdout.write(`${kind}: migrated anew ${anew} ms, first copy ${first} ms, copy ${copy} ms\n`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
