import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, normalize, relative } from 'node:path'
import { test } from 'node:test'

/** The layout of `src/` as data: what each folder may import besides itself. ARCHITECTURE.md shows the same table. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  errors: ['lib'],
  schema: ['lib', 'errors'],
  dialects: ['schema', 'errors', 'lib'],
  fields: ['schema', 'errors', 'lib'],
  models: ['fields', 'schema', 'errors', 'lib'],
  state: ['models', 'fields', 'schema', 'errors', 'lib'],
  query: ['state', 'models', 'fields', 'schema', 'errors', 'lib'],
  operations: ['query', 'state', 'models', 'fields', 'schema', 'errors', 'lib'],
  optimizer: ['operations', 'state', 'models', 'fields', 'schema', 'errors', 'lib'],
  autodetector: ['optimizer', 'history', 'operations', 'state', 'models', 'fields', 'schema', 'errors', 'lib'],
  writer: ['history', 'operations', 'state', 'models', 'fields', 'schema', 'errors', 'lib'],
  history: ['operations', 'state', 'models', 'fields', 'schema', 'errors', 'lib'],
  rewriting: ['writer', 'optimizer', 'history', 'operations', 'state', 'models', 'fields', 'schema', 'errors', 'lib'],
  reality: ['writer', 'history', 'operations', 'state', 'models', 'fields', 'schema', 'errors', 'lib'],
  execution: ['reality', 'history', 'operations', 'query', 'state', 'schema', 'errors', 'lib'],
  verification: ['execution', 'reality', 'history', 'operations', 'state', 'fields', 'schema', 'errors', 'lib'],
  project: ['history', 'models', 'state', 'fields', 'schema', 'errors', 'lib', 'config.ts'],
  cli: ['api.ts', 'api', 'project', 'rewriting', 'autodetector', 'history', 'operations', 'schema', 'errors', 'lib'],
}

/** Files of explicit exports, and what carries them: they may import everything. */
const entrances = new Set(['index.ts', 'migrations.ts', 'api.ts', 'testing.ts', 'config.ts', 'api'])

const sources = globSync('src/**/*.ts').filter((file) => !file.endsWith('.test.ts'))

test('imports go in one direction only', () => {
  const wrong = sources.flatMap((file) => {
    const from = folderOf(file)
    if (entrances.has(from)) return []
    return importsOf(file)
      .map(folderOf)
      .filter((to) => to !== from && !(mayImport[from] ?? []).includes(to))
      .map((to) => `${file} imports ${to}`)
  })
  assert.deepEqual(wrong, [])
})

test('every folder of src is in the table', () => {
  const unknown = new Set(sources.map(folderOf).filter((folder) => !entrances.has(folder) && !(folder in mayImport)))
  assert.deepEqual([...unknown], [])
})

// The catalogue holds what dialects have to say; the project and the CLI know the default that `init` writes.
const mayNameDatabases = ['dialects', 'project', 'cli']

test('nothing outside dialects, their sentences, the entrances and the project names a database', () => {
  const wrong = sources
    .filter((file) => !['connection', 'database'].some((name) => file === `src/errors/catalogue/${name}.ts`))
    .filter((file) => !mayNameDatabases.includes(folderOf(file)) && !entrances.has(folderOf(file)))
    .filter((file) =>
      /\b(sqlite|postgres|postgresql|mariadb|mysql|pglite)\b/i.test(withoutComments(readFileSync(file, 'utf8'))),
    )
  assert.deepEqual(wrong, [])
})

test('kysely is imported as a value only where a database is opened', () => {
  const wrong = sources
    .filter((file) => folderOf(file) !== 'dialects')
    .filter((file) => /^import (?!type)[^\n]*from 'kysely'/m.test(readFileSync(file, 'utf8')))
  assert.deepEqual(wrong, [])
})

test('a source file is short enough to read in one sitting', () => {
  const lengths = sources.map((file) => readFileSync(file, 'utf8').split('\n').length).toSorted((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0
  const long = sources.filter((file) => readFileSync(file, 'utf8').split('\n').length > 350)
  assert.ok(median <= 120, `the median file has ${median} lines`)
  assert.deepEqual(long, [])
})

function folderOf(file: string): string {
  return relative('src', file).split('/')[0] ?? ''
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8')
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '')
  return specifiers.map((specifier) => normalize(`${dirname(file)}/${specifier}`))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
