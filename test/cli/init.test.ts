import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { initProject } from '../../src/api/init-project.ts'
import { createProject } from '../support/project.ts'

function folder(context: { after(done: () => void): void }, packageJson?: string): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'godwit-init-')))
  if (packageJson !== undefined) writeFileSync(join(dir, 'package.json'), packageJson)
  context.after(() => rmSync(dir, { recursive: true }))
  return dir
}

describe('init', () => {
  test('begins a project from which the first migration can be made and applied', async () => {
    const project = createProject({ files: {} })
    rmSync(join(project.dir, 'godwit.config.ts'))
    assert.deepEqual(await project.run(['init']), {
      code: 0,
      signal: null,
      stdout: [
        'Wrote godwit.config.ts',
        'Wrote notes/models.ts',
        '',
        'Next',
        '  1. Change the models to what you need',
        '  2. Write the first migration: npx godwit makemigrations',
        '  3. Make the tables: npx godwit migrate',
        '  4. Keep the database out of git: add app.db and app.db-godwit to .gitignore',
        '',
      ].join('\n'),
      stderr: '',
    })
    const made = await project.run(['makemigrations'])
    assert.equal(
      made.stdout.split('\n').slice(0, 3).join('\n'),
      "Migrations for 'notes':\n  notes/migrations/0001_initial.ts\n    + Create model Note",
    )
    assert.equal((await project.run(['migrate'])).code, 0)
    const database = await project.database()
    const columns = await database.all("SELECT name FROM pragma_table_info('notes_note')")
    await database.close()
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['id', 'title', 'body', 'pinned', 'created_at'],
    )
  })

  test('overwrites nothing', async () => {
    const project = createProject({ files: { 'blog/models.ts': 'export {}' } })
    const config = project.read('godwit.config.ts')
    const { code, stdout } = await project.run(['init'])
    assert.deepEqual([code, stdout], [0, 'Left alone godwit.config.ts: it exists\n'])
    assert.equal(project.read('godwit.config.ts'), config)
  })

  test('leaves models alone that stand where the first app would', async (t) => {
    const dir = folder(t, '{ "type": "module" }')
    mkdirSync(join(dir, 'src/notes'), { recursive: true })
    writeFileSync(join(dir, 'src/notes/models.ts'), '// mine')
    writeFileSync(join(dir, '.gitignore'), 'node_modules\n/app.db\n')
    assert.deepEqual(await initProject({ cwd: dir }), {
      written: [join(dir, 'godwit.config.ts')],
      kept: [join(dir, 'src/notes/models.ts')],
      moduleType: 'module',
      installed: false,
      notIgnored: ['app.db-godwit'],
    })
    assert.equal(readFileSync(join(dir, 'src/notes/models.ts'), 'utf8'), '// mine')
  })

  test('notices that Node would take the files for CommonJS, and that the package is missing', async (t) => {
    const commonjs = await initProject({ cwd: folder(t, '{ "name": "shop" }') })
    assert.deepEqual([commonjs.moduleType, commonjs.installed], ['commonjs', false])
    const project = createProject({ files: {} })
    rmSync(join(project.dir, 'godwit.config.ts'))
    project.write('package.json', '{ "name": "shop" }')
    rmSync(join(project.dir, 'node_modules'), { recursive: true })
    const { stdout } = await project.run(['init'])
    assert.match(
      stdout,
      /\n {2}1\. Add "type": "module" to package\.json .*\n {2}2\. Install Godwit: npm install godwit\n/,
    )
  })
})
