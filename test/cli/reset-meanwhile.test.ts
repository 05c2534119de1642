import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { migrate } from '../../src/api/migrate.ts'
import { resetMigrations } from '../../src/api/reset-migrations.ts'
import { hasCode } from '../../src/errors/error.ts'
import { createProject, type TestProject } from '../support/project.ts'

const id = 'id: f.bigAuto({ primaryKey: true })'
const number = 'number: f.char({ maxLength: 20 })'
const total = 'total: f.integer({ default: 0 })'

function migration(operations: string, ...after: readonly string[]): string {
  return `
import { addField, createModel, defineMigration, f } from 'godwit/migrations'
export default defineMigration({ dependencies: [${after.map((name) => `['billing', '${name}']`).join(', ')}], operations: [${operations}] })
`
}

function models(name: string, ...fields: readonly string[]): string {
  return `
import { f, model } from 'godwit'
export const ${name} = model('${name}', { ${fields.join(', ')} })
`
}

const files = {
  'billing/models.ts': models('Invoice', number, total),
  'billing/migrations/0001_initial.ts': migration(`createModel({ name: 'Invoice', fields: { ${id}, ${number} } })`),
  'billing/migrations/0002_total.ts': migration(
    "addField({ model: 'Invoice', name: 'total', field: f.integer({ default: 0 }) })",
    '0001_initial',
  ),
  'till/models.ts': models('Till', number),
}
const agreed = ['--answer', 'billing:history=reset']

/** The process of a test knows the text of a file that it has imported, so every command that meets another one has a process of its own. */
async function outcome(project: TestProject, ...args: readonly string[]): Promise<string> {
  const { stdout } = await project.run([...args, '--json'])
  const { error } = JSON.parse(stdout)
  return error === undefined ? 'done' : error.code
}

function filesOf({ dir }: TestProject): readonly string[] {
  return readdirSync(join(dir, 'billing/migrations')).filter((entry) => entry.startsWith('0'))
}

test('what happens to the database while a person is asked stops the reset before it has changed a file', async () => {
  const project = createProject({ files })
  const cwd = project.dir
  await migrate({ cwd, app: 'billing' })
  const refused = (meanwhile: () => Promise<unknown>, code: 'resets.changedMeanwhile' | 'resets.differs') =>
    assert.rejects(
      resetMigrations({
        cwd,
        apps: ['billing'],
        confirm: async () => {
          await meanwhile()
          return true
        },
      }),
      (error) => hasCode(error, code),
    )
  const sql = async (text: string): Promise<void> => {
    const client = await project.database()
    await client.exec(text)
    await client.close()
  }
  await refused(() => migrate({ cwd, app: 'billing', migration: '0001' }), 'resets.changedMeanwhile')
  await migrate({ cwd, app: 'billing' })
  await refused(() => sql("DELETE FROM godwit_migrations WHERE app = 'billing'"), 'resets.changedMeanwhile')
  await sql('DROP TABLE billing_invoice')
  await migrate({ cwd, app: 'billing' })
  await refused(() => sql('ALTER TABLE billing_invoice ADD COLUMN spare text'), 'resets.differs')
  assert.deepEqual(filesOf(project), ['0001_initial.ts', '0002_total.ts'])
  assert.equal(existsSync(join(cwd, '.godwit/resets')), false)
})

test('of two resets in a row the later one is taken back first', async () => {
  const project = createProject({ files })
  assert.equal(await outcome(project, 'migrate', 'billing'), 'done')
  assert.equal(await outcome(project, 'resetmigrations', 'billing', ...agreed), 'done')
  const [first = ''] = readdirSync(join(project.dir, '.godwit/resets'))
  project.write('billing/models.ts', models('Invoice', number, total, 'paid: f.boolean({ default: false })'))
  assert.equal(await outcome(project, 'makemigrations', 'billing'), 'done')
  assert.equal(await outcome(project, 'migrate', 'billing'), 'done')
  const between = filesOf(project)
  assert.equal(await outcome(project, 'resetmigrations', 'billing', ...agreed), 'done')
  assert.deepEqual(filesOf(project), ['0001_initial.ts'])

  assert.equal(await outcome(project, 'resetmigrations', '--stamp', first), 'resets.movedOn')
  assert.deepEqual(filesOf(project), ['0001_initial.ts'])
  assert.equal(await outcome(project, 'resetmigrations', '--restore'), 'done')
  assert.deepEqual(filesOf(project), between)
  assert.equal(await outcome(project, 'resetmigrations', '--restore'), 'resets.movedOn')
  assert.equal(await outcome(project, 'migrate', 'billing', '0001'), 'done')
  assert.equal(await outcome(project, 'resetmigrations', '--restore'), 'resets.filesMovedOn')
})

test('a reset is not taken back beneath a migration of another app that was made since', async () => {
  const project = createProject({ files })
  assert.equal(await outcome(project, 'migrate', 'billing'), 'done')
  assert.equal(await outcome(project, 'resetmigrations', 'billing', ...agreed), 'done')
  project.write(
    'till/models.ts',
    `
import { f, model } from 'godwit'
import { Invoice } from '../billing/models.ts'
export const Till = model('Till', { last: f.foreignKey(() => Invoice, { onDelete: 'cascade' }) })
`,
  )
  assert.equal(await outcome(project, 'makemigrations', 'till'), 'done')
  assert.equal(await outcome(project, 'resetmigrations', '--restore'), 'resets.filesMovedOn')
})
