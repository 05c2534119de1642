import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { type ErrorCode, GodwitError } from '../../src/errors/error.ts'
import { importUserFile } from '../../src/history/import-user-file.ts'
import { loadMigrations } from '../../src/history/loader.ts'
import { keyOfMigration } from '../../src/history/migration.ts'

const source = new URL('../../src/', import.meta.url)
const preamble = [
  `import { defineMigration } from '${new URL('history/define-migration.ts', source)}'`,
  `import { f } from '${new URL('fields/f.ts', source)}'`,
].join('\n')
const empty = `${preamble}\nexport default defineMigration({ operations: [] })\n`

const scratch = mkdtempSync(join(tmpdir(), 'godwit-loader-'))
after(() => rmSync(scratch, { recursive: true, force: true }))
let projects = 0

/** A project on disk; the paths are relative to its folder. Modules are cached by path, so each test has a folder of its own. */
function project(files: Readonly<Record<string, string>>): string {
  projects += 1
  const folder = join(scratch, `project-${projects}`)
  for (const [path, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function load(folder: string, ...apps: readonly string[]) {
  return loadMigrations(new Map(apps.map((app) => [app, join(folder, app)])))
}

async function failure(promise: Promise<unknown>): Promise<GodwitError> {
  const outcome = await promise.then(
    () => 'it was loaded',
    (error: unknown) => error,
  )
  assert.ok(outcome instanceof GodwitError, String(outcome))
  return outcome
}

describe('the loader', () => {
  test('reads the migrations of all apps, by app and name', async () => {
    const folder = project({
      'blog/migrations/0002_more.mts': empty,
      'blog/migrations/0001_initial.ts': empty,
      'accounts/migrations/0001_initial.js': empty,
      'accounts/migrations/0002_plain.mjs': 'export default { operations: [] }',
    })
    const migrations = await load(folder, 'blog', 'accounts')
    assert.deepEqual(migrations.map(keyOfMigration), [
      'accounts.0001_initial',
      'accounts.0002_plain',
      'blog.0001_initial',
      'blog.0002_more',
    ])
    assert.deepEqual(migrations[3], {
      app: 'blog',
      name: '0002_more',
      definition: { operations: [] },
      file: join(folder, 'blog/migrations/0002_more.mts'),
    })
  })

  test('keeps what a file exports by name beside its definition', async () => {
    const text = `${empty}\nexport const answer = 42\nexport function fill() {}\n`
    const [migration] = await load(project({ 'blog/migrations/0001_initial.ts': text }), 'blog')
    assert.deepEqual(Object.keys(migration?.exports ?? {}).toSorted(), ['answer', 'fill'])
    assert.equal(migration?.exports?.['answer'], 42)
  })

  test('passes over what is no migration', async () => {
    const folder = project({
      'blog/migrations/0001_initial.ts': empty,
      'blog/migrations/_shared.ts': 'export const shared = 1',
      'blog/migrations/~0001.ts': 'broken(',
      'blog/migrations/.hidden.ts': 'broken(',
      'blog/migrations/0001_initial.d.ts': 'export {}',
      'blog/migrations/README.md': '',
      'blog/migrations/old.ts/0000.ts': 'broken(',
    })
    assert.deepEqual((await load(folder, 'blog')).map(keyOfMigration), ['blog.0001_initial'])
  })

  test('takes an app without a migrations folder for an app without migrations', async () => {
    assert.deepEqual(await load(project({ 'blog/models.ts': '' }), 'blog', 'nosuch'), [])
  })

  test('a migration may import the models of its app', async () => {
    const folder = project({
      'blog/models.ts': 'export const limit: number = 20',
      'blog/migrations/0001_initial.ts': `import { limit } from '../models.ts'\n${empty}void limit\n`,
    })
    assert.equal((await load(folder, 'blog')).length, 1)
  })

  test('two files of one name are refused', async () => {
    const folder = project({ 'blog/migrations/0001.ts': empty, 'blog/migrations/0001.mjs': empty })
    const error = await failure(load(folder, 'blog'))
    assert.equal(error.code, 'migrations.twoFiles')
  })

  test('of several broken files the first by name is told about', async () => {
    const folder = project({
      'blog/migrations/0001.ts': 'await new Promise((done) => setTimeout(done, 30))\nthrow new Error("first")',
      'blog/migrations/0002.ts': 'throw new Error("second")',
    })
    assert.match((await failure(load(folder, 'blog'))).message, /first/)
  })
})

interface Broken {
  readonly code: ErrorCode
  readonly text: string
  readonly others?: Readonly<Record<string, string>>
  readonly says: RegExp
  readonly fix?: RegExp
  readonly file?: string
}

const installed = {
  'node_modules/typed/package.json': '{ "name": "typed", "type": "module", "exports": "./index.ts" }',
  'node_modules/typed/index.ts': 'export const a: number = 1',
}

const broken: Readonly<Record<string, Broken>> = {
  'a syntax error is told with its line': {
    code: 'loading.syntax',
    text: 'const a = 1\nexport default { operations: [ }\n',
    says: /0001\.ts:2 \(a migration of blog\) is not valid source: Expression expected\./,
  },
  'a syntax error in JavaScript is told with the way to its line': {
    code: 'loading.syntax',
    file: '0001.mjs',
    text: 'export default { operations: [ }\n',
    says: /0001\.mjs .* Unexpected token '}'\./,
    fix: /node --check .*0001\.mjs/,
  },
  'an enum is told with its line': {
    code: 'loading.notErasable',
    text: `${empty}enum Color { Red }\n`,
    says: /0001\.ts:4 .*enum is not supported/,
  },
  'an import without an ending is told with the file that is there': {
    code: 'loading.missingImport',
    text: "import { a } from './_shared'\nexport default a\n",
    others: { 'blog/migrations/_shared.ts': 'export const a = 1' },
    says: /0001\.ts imports .*_shared, which does not exist/,
    fix: /"_shared\.ts"/,
  },
  'an import of what a compiler would have made is told with the source': {
    code: 'loading.missingImport',
    text: "import { a } from './_shared.js'\nexport default a\n",
    others: { 'blog/migrations/_shared.ts': 'export const a = 1' },
    says: /_shared\.js, which does not exist/,
    fix: /"_shared\.ts"/,
  },
  'an import of a folder is told with its index': {
    code: 'loading.missingImport',
    text: "import { a } from '../shared'\nexport default a\n",
    others: { 'blog/shared/index.ts': 'export const a = 1' },
    says: /shared, which does not exist/,
    fix: /"shared\/index\.ts"/,
  },
  'an import of a file that is nowhere is told': {
    code: 'loading.missingImport',
    text: "import { a } from './nowhere.ts'\nexport default a\n",
    says: /nowhere\.ts, which does not exist/,
    fix: /Correct the path/,
  },
  'a missing package is told by name': {
    code: 'loading.missingPackage',
    text: "import a from 'no-such-package'\nexport default a\n",
    says: /0001\.ts imports the package "no-such-package"/,
  },
  'a path that a package does not offer is told': {
    code: 'loading.packagePath',
    text: "import a from 'typed/other'\nexport default a\n",
    others: installed,
    says: /'\.\/other' is not defined/,
  },
  'TypeScript in an installed package is told': {
    code: 'loading.typesInPackage',
    text: "import { a } from 'typed'\nexport default a\n",
    others: installed,
    says: /imports .*node_modules\/typed\/index\.ts, TypeScript inside node_modules/,
  },
  'a type imported as a value is told with its line': {
    code: 'loading.missingExport',
    text: "import { Limit } from './_shared.ts'\nexport default {} as Limit\n",
    others: { 'blog/migrations/_shared.ts': 'export type Limit = number' },
    says: /0001\.ts:1 imports "Limit" from "\.\/_shared\.ts"/,
    fix: /import type \{ Limit \}/,
  },
  'a package that says CommonJS is told': {
    code: 'loading.needsTypeModule',
    text: empty,
    others: { 'package.json': '{ "type": "commonjs" }' },
    says: /takes it for CommonJS/,
    fix: /"type": "module".* 0001\.mts/,
  },
  'module.exports is told': {
    code: 'loading.commonJs',
    text: 'module.exports = { operations: [] }\n',
    says: /uses `module`/,
  },
  'require is told': {
    code: 'loading.commonJs',
    text: "const fs = require('node:fs')\nexport default fs\n",
    says: /uses `require`/,
  },
  'a circle of imports is told': {
    code: 'loading.importCycle',
    text: "import { b } from './_other.ts'\nexport const a = 1\nexport default b\n",
    others: { 'blog/migrations/_other.ts': "import { a } from './0001.ts'\nexport const b = a + 1\n" },
    says: /Cannot access 'a' before initialization/,
  },
  'a circle of require and import is told': {
    code: 'loading.importCycle',
    text: "import { createRequire } from 'node:module'\ncreateRequire(import.meta.url)('./_other.ts')\nexport default 1\n",
    others: { 'blog/migrations/_other.ts': "import './0001.ts'\n" },
    says: /in a cycle/,
  },
  'an exception is told with its place': {
    code: 'loading.threw',
    text: "export default 1\nthrow new TypeError('no database')\n",
    says: /failed while it was being imported: no database \(at .*0001\.ts:2:7\)/,
  },
  'a thrown text is told': {
    code: 'loading.threw',
    text: "throw 'nothing works'\n",
    says: /nothing works/,
  },
  'a file without a default export is told': {
    code: 'migrations.noDefinition',
    text: 'export const operations = []\n',
    says: /0001\.ts does not export a migration/,
  },
  'a default export that is no definition is told': {
    code: 'migrations.invalidDefinition',
    text: 'export default { operations: [{}] }\n',
    says: /The migration in .*0001\.ts has an object in place 1 of its operations\./,
  },
  'what defineMigration refuses is told with its place': {
    code: 'migrations.invalidDefinition',
    text: `${preamble}\nexport default defineMigration({ operation: [] })\n`,
    says: /A migration has no operations \(.*0001\.ts:3:16\)\./,
  },
}

describe('a migration that cannot be loaded', () => {
  for (const [name, { code, text, others, says, fix, file = '0001.ts' }] of Object.entries(broken)) {
    test(name, async () => {
      const error = await failure(load(project({ [`blog/migrations/${file}`]: text, ...others }), 'blog'))
      assert.equal(error.code, code)
      assert.match(error.message, says)
      if (fix !== undefined) assert.match(error.fix, fix)
    })
  }

  test('a file that is not there is told as such', async () => {
    const error = await failure(importUserFile(join(scratch, 'godwit.config.ts'), 'the config'))
    assert.equal(error.code, 'loading.fileMissing')
    assert.match(error.message, /godwit\.config\.ts \(the config\) does not exist/)
  })
})
