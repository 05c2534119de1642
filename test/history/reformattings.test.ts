import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { type BuildOptions, build } from 'esbuild'
import { loadMigrations } from '../../src/history/loader.ts'
import type { Migration } from '../../src/history/migration.ts'
import { operationEdits } from '../../src/history/operation-edits.ts'
import { canonicalOperations, operationsChecksum } from '../../src/operations/canonical.ts'
import { createProject } from '../support/project.ts'
import { Call, Code, type Piece, writeVariant } from './write-variant.ts'

const repository = resolve(import.meta.dirname, '../..')
const char = (maxLength: number, more: { readonly [key: string]: Piece } = {}): Piece =>
  new Call('f.char', { maxLength, ...more })

const definition: { readonly [key: string]: Piece } = {
  dependencies: [['accounts', '0001_initial']],
  operations: [
    new Call('createModel', {
      name: 'Post',
      fields: {
        id: new Call('f.bigAuto', { primaryKey: true }),
        title: char(100, { default: "it's `new`", comment: 'shown "first"' }),
        status: char(20, { choices: ['draft', 'sent'] }),
        price: new Call('f.decimal', { maxDigits: 12, decimalPlaces: 2, null: true }),
        author: new Call('f.foreignKey', 'accounts.User', { onDelete: 'cascade' }),
        tags: new Call('f.manyToMany', 'blog.Tag'),
        scores: new Call('f.array', new Call('f.integer', {}), {}),
        madeAt: new Call('f.dateTime', { default: new Call('now') }),
      },
      options: {
        table: 'posts',
        indexes: [new Call('index', { fields: ['status', '-madeAt'], where: new Call('q.isNull', 'price') })],
        constraints: [
          new Call('unique', { fields: ['author', 'title'], name: 'title_per_author' }),
          new Call('check', { name: 'price_not_negative', condition: new Call('q.gte', 'price', 0) }),
        ],
      },
    }),
    new Call('addField', { model: 'Post', name: 'slug', field: char(50, { unique: true }), fillExisting: 'none' }),
    new Call('alterField', { model: 'Post', name: 'title', field: char(200), cast: new Call('q.lower', 'title') }),
    new Call('renameField', { model: 'Post', from: 'slug', to: 'path' }),
    new Call('runSql', { forwards: ["UPDATE posts SET title = 'x'", 'DELETE FROM posts'], backwards: [] }),
    new Call('runCode', {
      models: { Post: 'blog.Post' },
      forwards: new Code(
        'async ({ models: { Post } }) => { await Post.all().count() }',
        'async function named({ models }) {\n  // counts\n  await models.Post.all().count()\n}',
        '(context) => context.models.Post.all().count()',
      ),
    }),
    new Call('separateDatabaseAndState', {
      databaseOperations: [new Call('runSql', { forwards: 'SELECT 1' })],
      stateOperations: [new Call('deleteModel', { name: 'Old' })],
    }),
    new Call('custom', {
      type: 'acme.audit',
      data: { table: 'posts', columns: ['title', 'price'] },
      definition: new Code(
        "{ symbol: '+', describe: () => 'Audit', nameFragment: () => undefined, apply: (_, state) => state, touches: () => ({ models: [] }) }",
        "{ symbol: '+', describe() { return 'Audits' }, nameFragment() { return undefined }, apply(_, s) { return s }, touches: () => ({ models: ['*'] }) }",
      ),
    }),
    new Call('addConstraintNotValid', {
      model: 'Post',
      constraint: new Call('check', { name: 'some_title', condition: new Call('q.ne', 'title', '') }),
    }),
  ],
}

/** As it was applied, and as the record gives it back. */
const project = createProject({
  files: { 'blog/models.ts': '', 'blog/migrations/0001_initial.ts': writeVariant(definition, 0) },
})
const load = (folder: string): Promise<readonly Migration[]> =>
  loadMigrations(new Map([['blog', join(project.dir, folder)]]))
const [applied] = await load('blog')
assert.ok(applied !== undefined)
const recorded = JSON.parse(JSON.stringify(canonicalOperations(applied.definition.operations)))

function assertSame({ name, definition: { operations } }: Migration): void {
  assert.deepEqual(operationEdits(recorded, canonicalOperations(operations)), [], name)
  assert.equal(operationsChecksum(operations), operationsChecksum(applied?.definition.operations ?? []), name)
}

describe('an applied migration', () => {
  test('is not edited by any of 100 ways to write the same', async () => {
    const texts = new Set<string>()
    for (let seed = 1; seed <= 100; seed += 1) {
      const text = writeVariant(definition, seed)
      texts.add(text)
      project.write(`reformatted/migrations/${String(seed).padStart(4, '0')}_variant.ts`, text)
    }
    const variants = await load('reformatted')
    assert.deepEqual([texts.size, variants.length], [100, 100])
    for (const variant of variants) assertSame(variant)
  })

  test('is not edited by another build step', async () => {
    const source = join(project.dir, 'blog/migrations/0001_initial.ts')
    const built = (way: string): string => {
      const folder = join(project.dir, way, 'migrations')
      mkdirSync(folder, { recursive: true })
      return join(folder, '0001_initial.js')
    }
    const outDir = join(project.dir, 'by-tsc/migrations')
    const compiler = ['--noCheck', '--noResolve', '--target', 'es2022', '--module', 'nodenext', '--outDir', outDir]
    execFileSync(join(repository, 'node_modules/.bin/tsc'), [...compiler, source], {
      cwd: project.dir,
      stdio: 'ignore',
    })
    const common: BuildOptions = {
      entryPoints: [source],
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    }
    await build({ ...common, outfile: built('by-bundler'), external: ['godwit/migrations'] })
    await build({ ...common, outfile: built('minified'), external: ['godwit/migrations'], minify: true })
    // With a copy of Godwit inside.
    const inside = { 'godwit/migrations': join(repository, 'src/migrations.ts') }
    await build({ ...common, outfile: built('whole'), alias: inside, external: ['kysely'], minify: true })
    for (const way of ['by-tsc', 'by-bundler', 'minified', 'whole']) {
      const [migration] = await load(way)
      assert.ok(migration !== undefined, way)
      assertSame(migration)
    }
  })
})
