import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { before, describe, test } from 'node:test'
import { createProject, finished, type Run } from '../support/project.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { files } from './base-project.ts'

const repository = resolve(import.meta.dirname, '../..')

describe('a driver that is not installed is named with the command that installs it', () => {
  /** Godwit with what it depends on, and without the drivers that a project brings along. */
  const installation = temporaryFolder('without-drivers')

  before(() => {
    cpSync(join(repository, 'src'), join(installation, 'src'), { recursive: true })
    writeFileSync(join(installation, 'package.json'), '{ "type": "module" }\n')
    for (const name of ['kysely', '@clack/prompts']) {
      const link = join(installation, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(repository, 'node_modules', name), link)
    }
  })

  for (const { url, product, name } of [
    { url: 'postgres://shop:hunter2@127.0.0.1/shop', product: 'PostgreSQL', name: 'pg' },
    { url: 'mariadb://shop:hunter2@127.0.0.1/shop', product: 'MariaDB', name: 'mysql2' },
    { url: 'mysql://shop:hunter2@127.0.0.1/shop', product: 'MySQL', name: 'mysql2' },
    { url: 'pglite:./data', product: 'PGlite', name: '@electric-sql/pglite' },
  ]) {
    test(`${name} for ${product}`, async () => {
      const { code, stdout, stderr } = await migrate(installation, url)
      assert.deepEqual(
        { code, stdout, stderr },
        {
          code: 2,
          stdout: '',
          stderr: [
            `error: The config names a ${product} database, and the package ${name}, which speaks to it, is not installed.`,
            `  fix: Install it: \`npm install ${name}\`.`,
            '',
          ].join('\n'),
        },
      )
    })
  }
})

/** Runs `migrate` by that installation in a project over that database. */
async function migrate(installation: string, url: string): Promise<Run> {
  const config = `export default { apps: ['./accounts', './billing'], databases: { default: '${url}' } }\n`
  const { dir } = createProject({ files: { ...files, 'godwit.config.ts': config } })
  for (const driver of ['pg', 'mysql2']) rmSync(join(dir, 'node_modules', driver))
  rmSync(join(dir, 'node_modules/godwit/src'))
  symlinkSync(join(installation, 'src'), join(dir, 'node_modules/godwit/src'))
  const { NODE_TEST_CONTEXT: _context, FORCE_COLOR: _color, ...environment } = process.env
  return finished(
    spawn(process.execPath, [join(installation, 'src/cli/bin.ts'), 'migrate'], {
      cwd: dir,
      env: { ...environment, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
}
