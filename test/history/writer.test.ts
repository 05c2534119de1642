import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import { GodwitError } from '../../src/errors/error.ts'
import type { Migration, MigrationDefinition } from '../../src/history/migration.ts'
import { migrationFileName } from '../../src/writer/migration-file-name.ts'
import { replaceFiles } from '../../src/writer/replace-files.ts'
import { writeMigration } from '../../src/writer/write-migration.ts'
import { arbitraryOperation } from './arbitrary-operations.ts'
import { evaluateSource } from './evaluate-source.ts'

const runs = process.env['GODWIT_DEEP'] === undefined ? 1_000 : 10_000

function written(definition: MigrationDefinition, header?: string): string {
  return writeMigration({ app: 'blog', name: '0001_initial', definition }, header === undefined ? {} : { header })
}

/** Data without the prototypes and hidden properties that `deepEqual` would compare. */
function plain(value: unknown): unknown {
  return structuredClone(value)
}

describe('a written migration', () => {
  test('is the same data when it is loaded, whatever it holds', () => {
    const reference = fc.tuple(fc.string(), fc.string())
    const definition = fc.record(
      {
        dependencies: fc.array(reference, { maxLength: 3 }),
        runBefore: fc.array(reference, { maxLength: 2 }),
        initial: fc.boolean(),
        atomic: fc.constant(false as const),
        operations: fc.array(arbitraryOperation, { maxLength: 4 }),
      },
      { requiredKeys: ['operations'], noNullPrototype: true },
    )
    fc.assert(
      fc.property(definition, (given) => {
        const source = written(given as MigrationDefinition)
        assert.deepEqual(plain(evaluateSource(source)), plain(given), source)
      }),
      { numRuns: runs },
    )
  })

  test('is the same text when it is written again', () => {
    fc.assert(
      fc.property(fc.array(arbitraryOperation, { maxLength: 4 }), (operations) => {
        const source = written({ operations }, 'Written by Godwit')
        assert.equal(written(evaluateSource(source), 'Written by Godwit'), source)
      }),
      { numRuns: runs / 5 },
    )
  })

  test('imports what it uses and nothing else', () => {
    fc.assert(
      fc.property(fc.array(arbitraryOperation, { maxLength: 2 }), (operations) => {
        const [, names = '', body = ''] =
          /^import \{([^}]*)\} from 'godwit\/migrations'\n([\s\S]*)$/.exec(written({ operations })) ?? []
        for (const name of names.split(',').map((part) => part.trim())) {
          if (name !== '') assert.match(body, new RegExp(`\\b${name}[(.]`))
        }
      }),
      { numRuns: runs / 5 },
    )
  })
})

describe('a migration file', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'godwit-writer-'))
  after(() => rmSync(scratch, { recursive: true, force: true }))
  const migration: Migration = { app: 'blog', name: '0001_initial', definition: { operations: [] } }

  test('is written into a folder that is made for it, and leaves no other', async () => {
    const folder = join(scratch, 'blog/migrations')
    const file = join(folder, migrationFileName(migration))
    await replaceFiles([{ file, text: writeMigration(migration, { header: 'Written by Godwit' }) }])
    assert.equal(readFileSync(file, 'utf8'), writeMigration(migration, { header: 'Written by Godwit' }))
    assert.deepEqual(readdirSync(folder), ['0001_initial.ts'])
  })

  test('is never overwritten', async () => {
    const folder = join(scratch, 'twice')
    const file = join(folder, migrationFileName(migration))
    const write = () => replaceFiles([{ file, text: writeMigration(migration) }])
    const outcomes = await Promise.allSettled([write(), write()])
    await assert.rejects(write(), (error) => {
      assert.ok(error instanceof GodwitError)
      return error.code === 'migrations.fileExists'
    })
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.deepEqual(readdirSync(folder), ['0001_initial.ts'])
  })
})
