import assert from 'node:assert/strict'
import { inspectDatabase, loadProject } from '../../src/api.ts'
import { databases, testOnEach } from '../support/databases.ts'
import { createProject } from '../support/project.ts'

testOnEach(
  'tables of other schemas are read when they are asked for, with what points from one to the other',
  async (on) => {
    const database = await on.create()
    const client = await database.connect()
    await client.exec(`
      CREATE SCHEMA sales; CREATE SCHEMA staff;
      CREATE TABLE person (id integer PRIMARY KEY, name text);
      CREATE TABLE staff.person (id integer PRIMARY KEY, boss_id integer REFERENCES staff.person);
      CREATE TABLE sales.deal (id integer PRIMARY KEY, buyer_id integer NOT NULL REFERENCES person, seller_id integer NOT NULL REFERENCES staff.person)`)
    await client.close()
    const { dir } = createProject({
      files: {
        'godwit.config.ts': `
import { defineConfig } from 'godwit'
export default defineConfig({ apps: ['./shop'], databases: { default: '${database.url}' } })
`,
        'shop/.keep': '',
      },
    })
    const project = await loadProject({ cwd: dir })
    const models = async (options: object) =>
      (await inspectDatabase({ project, ...options })).tables.map(({ table, model }) => `${table} ${model}`)
    assert.deepEqual(await models({}), ['person Person'])
    assert.deepEqual(await models({ tables: ['staff.person'] }), ['staff.person Person'])
    const { source, tables } = await inspectDatabase({ project, schemas: ['sales', 'staff'] })
    assert.deepEqual(
      tables.map(({ model, leftAlone }) => [model, leftAlone]),
      [
        ['Person', []],
        ['Deal', []],
        ['StaffPerson', []],
      ],
    )
    assert.match(source, /\{ schema: 'sales', table: 'deal' \}|\{ table: 'deal', schema: 'sales' \}/)
    assert.match(source, /seller: f\.foreignKey\(\(\) => StaffPerson, /)
    const half = await inspectDatabase({ project, schemas: ['sales'] })
    assert.match(
      half.source,
      /foreign key deal_seller_id_fkey \(seller_id\) to staff\.person \(id\): what it points at has no model here/,
    )
    await database.drop()
  },
  databases.filter(({ kind }) => kind === 'postgres'),
)
