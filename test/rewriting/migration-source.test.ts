import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { loadMigrations } from '../../src/history/loader.ts'
import type { Migration } from '../../src/history/migration.ts'
import { canonicalOperations } from '../../src/operations/canonical.ts'
import type { CodeContext, Operation, RunCode } from '../../src/operations/operation.ts'
import { readMigrationSource, rewritingOptions } from '../../src/rewriting/migration-source.ts'
import { type AnyFunction, functionsIn } from '../../src/writer/code.ts'
import { type WriteOptions, writeMigration } from '../../src/writer/write-migration.ts'

const scratch = mkdtempSync(join(tmpdir(), 'godwit-code-'))
after(() => rmSync(scratch, { recursive: true, force: true }))
writeFileSync(join(scratch, 'package.json'), '{ "type": "module" }')
const installed = join(scratch, 'node_modules/godwit')
mkdirSync(installed, { recursive: true })
writeFileSync(join(installed, 'package.json'), '{ "type": "module", "exports": { "./migrations": "./migrations.js" } }')
const migrationsModule = new URL('../../src/migrations.ts', import.meta.url).href
writeFileSync(join(installed, 'migrations.js'), `export * from '${migrationsModule}'\n`)
let files = 0

/** The migration that a file's text gives. */
async function loaded(source: string): Promise<Migration> {
  const folder = join(scratch, `app${++files}`)
  mkdirSync(join(folder, 'migrations'), { recursive: true })
  writeFileSync(join(folder, 'shared.ts'), "export const shared = () => { throw new Error('shared') }\n")
  writeFileSync(join(folder, 'migrations/0001_code.ts'), source)
  const [migration] = await loadMigrations(new Map([['blog', folder]]))
  assert.ok(migration)
  return migration
}

/** The migration written again, which is proven to be the same. */
async function rewritten(migration: Migration, options: (given: WriteOptions) => WriteOptions = (given) => given) {
  const source = await readMigrationSource(migration)
  const given = source && rewritingOptions(source, migration.definition)
  assert.ok(given)
  const text = writeMigration(migration, options(given))
  const again = await loaded(text)
  assert.deepEqual(
    canonicalOperations(again.definition.operations),
    canonicalOperations(migration.definition.operations),
  )
  const blanks = (operations: readonly Operation[]) =>
    functionsIn(operations).map((fn) => String(fn).replace(/\s+/g, ' '))
  assert.deepEqual(blanks(again.definition.operations), blanks(migration.definition.operations))
  return { text, again }
}

/** The text of each function in a migration's operations. */
async function codeTexts(migration: Migration): Promise<ReadonlyMap<AnyFunction, string>> {
  return (await readMigrationSource(migration))?.code ?? new Map()
}

/** What the first code step says. */
async function saidBy(migration: Migration): Promise<readonly string[]> {
  const said: string[] = []
  const step = migration.definition.operations.find((operation) => operation.kind === 'runCode')
  const context = { log: (message: string) => said.push(message) } as unknown as CodeContext
  await (step as RunCode | undefined)?.forwards(context)
  return said
}

const everyForm = `// Written by Godwit 0.1.0 on 2026-11-21
import { addField, type CodeContext, custom, defineMigration, f, q, runCode, runSql, separateDatabaseAndState } from 'godwit/migrations'
import type { Stats } from 'node:fs'
import { shared } from '../shared.ts'

interface Row {
  readonly id: number
}
const WORDS: readonly string[] = ['a', 'b']
/** Says a word. */
export function say(word: string, { log }: CodeContext): void {
  log(\`said \${word as string}\`)
}
export async function named({ log }: CodeContext): Promise<void> {
  const rows: Row[] = [{ id: 1 }]
  for (const row of rows) log(String(row.id satisfies number))
}
const arrow = async ({ log }: CodeContext): Promise<void> => log('arrow')
const twice = (word: string) => async ({ log }: CodeContext) => log(word)

export default defineMigration({
  dependencies: [],
  operations: [
    // Comments stay with what follows.
    runCode({
      description: 'Every form',
      async forwards(context: CodeContext): Promise<void> {
        // Inside, too: }
        for (const word of WORDS) say(word, context)
        context.log(\`two
  lines \${[1, 2].map((n: number): string => \`<\${n}>\`).join()}\`)
        const expression = /[/"'\`}]\\/(x)/g
        if (!expression.test('}')) context.log('/' + 4 / 2)
      },
      backwards: (_context: CodeContext): void => {},
    }),
    runCode({ forwards: named, backwards: arrow }),
    addField({ model: 'Post', name: 'x', field: f.text({ null: true }) }), // why it is there
    runCode({ forwards: function old(this: void, { log }: CodeContext) { log('old') }, elidable: true }),
    separateDatabaseAndState({
      databaseOperations: [runCode({ forwards: async ({ log }) => { log('nested') } }), runSql({ forwards: 'SELECT 1' })],
      stateOperations: [],
    }),
    runCode({ forwards: shared }),
    runCode({ forwards: twice('word') }),
  ],
})
`

describe('the text of code', () => {
  test('is that of the file, types included', async () => {
    const migration = await loaded(everyForm)
    const texts = await codeTexts(migration)
    const of = (index: number) => functionsIn(migration.definition.operations[index]).map((fn) => texts.get(fn))
    const [method = '', way = ''] = of(0)
    assert.match(method, /^async forwards\(context: CodeContext\): Promise<void> \{[\s\S]*\/ 2\)\n {6}\}$/)
    assert.equal(way, '(_context: CodeContext): void => {}')
    assert.match(of(1)[0] ?? '', /^async function named\(\{ log \}: CodeContext\)[\s\S]*satisfies number\)\)\n\}$/)
    assert.equal(of(1)[1], "async ({ log }: CodeContext): Promise<void> => log('arrow')")
    assert.equal(of(3)[0], "function old(this: void, { log }: CodeContext) { log('old') }")
    assert.equal(of(4)[0], "async ({ log }) => { log('nested') }")
  })

  test('is absent for a function that comes from another file, or from another function', async () => {
    const migration = await loaded(everyForm)
    const texts = await codeTexts(migration)
    assert.deepEqual(
      functionsIn(migration.definition.operations.slice(5)).map((fn) => texts.get(fn)),
      [undefined, undefined],
    )
  })

  test('is that of each where two differ in their types only', async () => {
    const step = (type: string) => `runCode({ forwards: (context: ${type}) => {} })`
    const migration = await loaded(
      `import { defineMigration, runCode } from 'godwit/migrations'\nexport default defineMigration({ operations: [${step('never')}, ${step('{ }  ')}] })`,
    )
    assert.deepEqual([...(await codeTexts(migration)).values()], ['(context: never) => {}', '(context: { }  ) => {}'])
  })

  test('is found whatever the line ends and letters of the file', async () => {
    const source = everyForm.replace("'a', 'b'", "'é', '😀' as '😀'").replaceAll('\n', '\r\n')
    const migration = await loaded(`\ufeff${source}`)
    const texts = await codeTexts(migration)
    assert.equal(texts.size, 6)
    assert.equal(
      [...texts.values()].some((text) => text.includes('\r')),
      false,
    )
  })
})

describe('a file that is written again', () => {
  test('is the same text where nothing changes', async () => {
    const { text, again } = await rewritten(await loaded(everyForm))
    assert.equal(
      text,
      everyForm
        .replace(
          /import \{ addField.*\n/,
          `import {
  addField,
  type CodeContext,
  custom,
  defineMigration,
  f,
  q,
  runCode,
  runSql,
  separateDatabaseAndState,
} from 'godwit/migrations'\n`,
        )
        .replace('  custom,\n', '')
        .replace('  q,\n', '')
        .replace("    addField({ model: 'Post'", "    // why it is there\n    addField({ model: 'Post'")
        .replace(', // why it is there', ','),
    )
    assert.deepEqual(await saidBy(again), ['said a', 'said b', 'two\n  lines <1>,<2>', '/2'])
    assert.equal((await rewritten(again)).text, text)
  })

  test('has the functions of operations that are written anew, by name or as text', async () => {
    const migration = await loaded(everyForm.replace(/ {4}runCode\(\{ forwards: (shared|twice.*) \}\),\n/g, ''))
    const { text } = await rewritten(migration, ({ operationText: _, ...given }) => given)
    assert.match(text, /runCode\(\{\n {6}forwards: named,\n {6}backwards: arrow,\n {4}\}\)/)
    assert.match(
      text,
      /description: 'Every form',\n {6}async forwards\(context: CodeContext\): Promise<void> \{\n {8}\/\/ Inside/,
    )
    assert.match(text, /context\.log\(`two\n {2}lines /)
    assert.match(
      text,
      /databaseOperations: \[\n {8}runCode\(\{\n {10}forwards: async \(\{ log \}\) => \{ log\('nested'\) \},\n/,
    )
  })
})
