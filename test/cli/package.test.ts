import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'

const repository = resolve(import.meta.dirname, '../..')
const root = realpathSync(mkdtempSync(join(tmpdir(), 'godwit-package-')))
const shop = join(root, 'shop')

/** This Node first, and of the environment only what `npm run` did not add. */
const env: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_/i.test(name))),
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
  NO_COLOR: '1',
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The folders of all packages that godwit needs, as this repository has them: the test must not depend on a network. */
function dependencyFolders(): readonly string[] {
  const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const found = new Set<string>()
  const open = Object.keys(manifestIn(repository).dependencies ?? {})
  for (const name of open) {
    const folder = join(repository, 'node_modules', name)
    if (found.has(folder)) continue
    found.add(folder)
    open.push(...Object.keys(manifestIn(folder).dependencies ?? {}))
  }
  return [...found]
}

describe('the package as it is published', () => {
  after(() => rmSync(root, { recursive: true, force: true }))

  test('installs into an empty project, where init, makemigrations and migrate make a table', () => {
    run('npm', ['pack', '--pack-destination', root], repository)
    const tarball = readdirSync(root).find((file) => file.endsWith('.tgz'))
    assert.ok(tarball !== undefined)
    mkdirSync(shop)
    writeFileSync(join(shop, 'package.json'), '{ "name": "shop", "private": true, "type": "module" }\n')
    const quiet = ['--offline', '--no-audit', '--no-fund', '--ignore-scripts', '--install-links']
    run('npm', ['install', ...quiet, join(root, tarball), ...dependencyFolders()], shop)

    const godwit = (...args: string[]): string => run(join(shop, 'node_modules/.bin/godwit'), args, shop)
    assert.match(godwit('init'), /^Wrote godwit\.config\.ts\nWrote notes\/models\.ts\n/)
    assert.equal(
      godwit('makemigrations'),
      "Migrations for 'notes':\n  notes/migrations/0001_initial.ts\n    + Create model Note\n",
    )
    assert.equal(godwit('migrate', '-v', '0'), '')
    assert.equal(godwit('showmigrations'), 'notes\n [X] 0001_initial\n')
    assert.equal(godwit('makemigrations', '--check'), 'No changes detected\n')

    const database = new DatabaseSync(join(shop, 'app.db'))
    database.exec("INSERT INTO notes_note (title) VALUES ('It works')")
    const [note] = database.prepare('SELECT title, pinned FROM notes_note').all()
    database.close()
    assert.deepEqual({ ...note }, { title: 'It works', pinned: 0 })
  })

  test('offers each entrance to programs', () => {
    const program = `
      import { GodwitError, model } from 'godwit'
      import { createTestDatabase } from 'godwit/testing'
      import { addField } from 'godwit/migrations'
      import { showMigrations } from 'godwit/api'
      const { apps } = await showMigrations()
      console.log(typeof GodwitError, typeof model, typeof addField, typeof createTestDatabase, apps.map(({ app }) => app).join())
    `
    writeFileSync(join(shop, 'program.mjs'), program)
    assert.equal(run(process.execPath, ['program.mjs'], shop), 'function function function function notes\n')
  })

  test('holds what was built and what is to be read, and no test', () => {
    const files = readdirSync(join(shop, 'node_modules/godwit'), { recursive: true, encoding: 'utf8' })
    assert.deepEqual(
      files.filter((file) => /\.test\.|(^|[^d])\.ts$/.test(file)),
      [],
    )
    for (const needed of ['README.md', 'CHANGELOG.md', 'LICENSE', 'dist/cli/bin.js', 'dist/index.d.ts']) {
      assert.ok(files.includes(needed), needed)
    }
    assert.match(readFileSync(join(shop, 'node_modules/godwit/dist/cli/bin.js'), 'utf8'), /^#!\/usr\/bin\/env node\n/)
  })
})
