import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadMigrations } from '../../src/history/loader.ts'
import type { Migration } from '../../src/history/migration.ts'
import { carryCode } from '../../src/rewriting/carried-code.ts'
import { writeMigration } from '../../src/writer/write-migration.ts'
import { failsWith } from '../history/migrations.ts'
import { createProject } from '../support/project.ts'

/** Migrations of an app, from their files. */
async function loaded(files: Readonly<Record<string, string>>): Promise<readonly Migration[]> {
  const project = createProject({
    files: {
      'billing/models.ts': '',
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`billing/migrations/${name}.ts`, text])),
    },
  })
  return loadMigrations(new Map([['billing', join(project.dir, 'billing')]]))
}

/** The text of a migration that holds all operations of others. */
async function joined(migrations: readonly Migration[], without: readonly string[] = []) {
  const operations = migrations.flatMap(({ definition }) => definition.operations)
  const migration: Migration = { app: 'billing', name: '0001_all', definition: { operations } }
  const { options, carried } = await carryCode(migration, migrations, { without })
  return { text: writeMigration(migration, options), carried, migration }
}

const exporting = (body: string) => `import { defineMigration, runCode } from 'godwit/migrations'
export async function fill({ log }) { log('${body}') }
export default defineMigration({ operations: [runCode({ forwards: fill, description: '${body}' })] })
`

test('a function that is exported by name is imported, under another name where that is taken', async () => {
  const { text, carried } = await joined(await loaded({ '0001_a': exporting('a'), '0002_b': exporting('b') }))
  assert.equal(
    text,
    `import { defineMigration, runCode } from 'godwit/migrations'
import { fill } from './0001_a.ts'
import { fill as fill_0002_b } from './0002_b.ts'

export default defineMigration({
  operations: [
    runCode({
      forwards: fill,
      description: 'a',
    }),
    runCode({
      forwards: fill_0002_b,
      description: 'b',
    }),
  ],
})
`,
  )
  assert.deepEqual(carried, [
    { from: 'billing.0001_a', operation: 'a', how: 'imported', uses: [] },
    { from: 'billing.0002_b', operation: 'b', how: 'imported', uses: [] },
  ])
})

test('one that is not is written out with what it uses, and says where it is from', async () => {
  const migrations = await loaded({
    '0001_a': `import { defineMigration, runCode, f } from 'godwit/migrations'
import { sql, type Kysely } from 'kysely'
import { join } from 'node:path'

const factor = 2

export default defineMigration({
  operations: [
    // Totals in cents.
    runCode({
      async forwards({ db }: { db: Kysely<any> }) {
        await sql\`UPDATE bill SET total = total * \${sql.lit(factor)}\`.execute(db)
      },
    }),
  ],
})
`,
  })
  const { text, carried } = await joined(migrations)
  assert.equal(
    text,
    `import { defineMigration, runCode } from 'godwit/migrations'
import { type Kysely, sql } from 'kysely'

// From 0001_a.ts
const factor = 2

export default defineMigration({
  operations: [
    // Written out from 0001_a.ts, with what it uses there: sql, Kysely, factor.
    // Totals in cents.
    runCode({
      async forwards({ db }: { db: Kysely<any> }) {
        await sql\`UPDATE bill SET total = total * \${sql.lit(factor)}\`.execute(db)
      },
    }),
  ],
})
`,
  )
  assert.deepEqual(carried, [
    { from: 'billing.0001_a', operation: 'Run code', how: 'writtenOut', uses: ['sql', 'Kysely', 'factor'] },
  ])
})

test('a function from a file that will be gone is written out in its place', async () => {
  const migrations = await loaded({ '0001_a': exporting('a') })
  const { text } = await joined(
    migrations,
    migrations.flatMap(({ file }) => file ?? []),
  )
  assert.match(text, /^\/\/ From 0001_a\.ts\nexport async function fill\(\{ log \}\)/m)
  assert.doesNotMatch(text, /from '\.\//)
})

test('functions of one name in two files that will be gone are written out in their places', async () => {
  const migrations = await loaded({ '0001_a': exporting('a'), '0002_b': exporting('b') })
  const { text } = await joined(
    migrations,
    migrations.flatMap(({ file }) => file ?? []),
  )
  assert.match(text, /From 0001_a\.ts\nexport async function fill/)
  assert.match(text, /Written out from 0002_b\.ts\.\n {4}runCode\(\{\n {6}forwards: async function fill\(/)
})

test('types of one name in two files are kept once, and left out where they would mean something else', async () => {
  const typed = (field: string) => `import { defineMigration, runCode } from 'godwit/migrations'
interface Post { ${field}: string }
export default defineMigration({ operations: [runCode<{ Post: Post }>({
  models: { Post: 'billing.Post' },
  async forwards({ models: { Post }, log }: { models: { Post: unknown }, log: (text: string) => void }): Promise<void> {
    log('${field}')
  },
})] })
`
  const { text } = await joined(await loaded({ '0001_a': typed('title'), '0002_b': typed('name') }))
  assert.match(text, /^\/\/ From 0001_a\.ts\ninterface Post \{ title: string \}$/m)
  assert.match(text, /runCode<\{ Post: Post \}>\(\{/)
  assert.ok(
    text.includes(`
    // Written out from 0002_b.ts.
    runCode({
      models: { Post: 'billing.Post' },
      async forwards({ models: { Post }, log }) {
        log('name')
      },
    }),
`),
    text,
  )
})

test('what is written out is a migration again', async () => {
  const migrations = await loaded({
    '0001_a': exporting('a'),
    '0002_b': `import { custom, defineMigration, runCode } from 'godwit/migrations'
const words = 'b'
const audit = (table) => custom({
  type: 'audit',
  data: { table },
  definition: {
    symbol: '+', describe: () => 'Audit ' + table, nameFragment: () => undefined,
    apply: (_operation, state) => state, touches: () => ({ models: ['*'] }),
  },
})
export default defineMigration({ operations: [audit('bill'), runCode({ forwards: ({ log }) => log(words) })] })
`,
  })
  const { text, migration } = await joined(migrations)
  const file = join(migrations[0]?.file ?? '', '../0003_all.ts')
  writeFileSync(file, text)
  const again = await loadMigrations(new Map([['billing', join(file, '../..')]]))
  const said: string[] = []
  for (const operation of again.find(({ name }) => name === '0003_all')?.definition.operations ?? []) {
    if (operation.kind === 'runCode') await operation.forwards({ log: (text: string) => said.push(text) } as never)
    else said.push(operation.kind)
  }
  assert.deepEqual(said, ['a', 'custom', 'b'])
  assert.equal(migration.definition.operations.length, 3)
})

test('one name that means two things is refused, with the way out', async () => {
  const using = (word: string) => `import { defineMigration, runCode } from 'godwit/migrations'
const word = '${word}'
export default defineMigration({ operations: [runCode({ forwards: ({ log }) => log(word) })] })
`
  const migrations = await loaded({ '0001_a': using('a'), '0002_b': using('b') })
  await assert.rejects(joined(migrations), (error: Error) => {
    failsWith('squash.codeNotCarried')(error)
    assert.match(error.message, /billing\.0002_b .* it uses word, which would mean something else there/)
    return true
  })
})

test('a text comes along with what its file imports and declares, however that is written', async () => {
  const [migration] = await loaded({
    '0001_a': `import { defineMigration, runCode } from 'godwit/migrations'
import {
  join, // of paths
  /* and */ sep as between,
} from 'node:path'
import config from '../../package.json' with { type: 'json' }
import 'node:process'
const one = 1, two = join('2', between)
export default defineMigration({ operations: [runCode({ forwards: ({ log }) => log(two + config.name) })] })
`,
  })
  assert.ok(migration)
  const { text } = await joined([migration])
  assert.equal(
    text.slice(0, text.indexOf('export')),
    `import { defineMigration, runCode } from 'godwit/migrations'
import { join, sep as between } from 'node:path'
import config from '../../package.json' with { type: 'json' }
import 'node:process'

// From 0001_a.ts
const one = 1, two = join('2', between)

`,
  )
})

test('the comments before an operation come along with what is imported', async () => {
  const text = exporting('a').replace('[runCode(', '[\n// Why.\n/* And how. */\nrunCode(')
  const whole = text
    .replace(/(runCode\(.*\))\] \}/, 'step] }')
    .replace('export default', 'export const step = runCode({ forwards: fill })\nexport default')
  const [one, two] = await loaded({ '0001_a': text, '0002_b': whole })
  assert.ok(one && two)
  const operations = (written: string): string => written.slice(written.indexOf('operations'))
  assert.equal(
    operations((await joined([one])).text),
    "operations: [\n    // Why.\n    /* And how. */\n    runCode({\n      forwards: fill,\n      description: 'a',\n    }),\n  ],\n})\n",
  )
  assert.equal(
    operations((await joined([two])).text),
    'operations: [\n    // Why.\n    /* And how. */\n    step,\n  ],\n})\n',
  )
})
