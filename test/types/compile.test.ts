import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compile, emitLibrary } from './compile.ts'
import { type Flavour, manyModels, manyQueries } from './many-models.ts'

describe('200 models that refer to each other across files, with 40 queries, are checked in a few seconds', () => {
  const styles: readonly (readonly ['thunk' | 'string', Flavour])[] = [
    ['thunk', 'sqlite'],
    ['string', 'postgres'],
    ['thunk', 'postgres, camel'],
  ]
  const others: typeof styles = [
    ['string', 'sqlite'],
    ['thunk', 'postgres'],
    ['string', 'postgres, camel'],
  ]
  for (const [style, flavour] of process.env['GODWIT_DEEP'] === '1' ? [...styles, ...others] : styles) {
    it(`linked by ${style}s, for ${flavour}`, () => {
      const { output, instantiations } = compile({ ...manyModels(200, style), 'queries.ts': manyQueries(40, flavour) })
      assert.equal(output, '')
      // Kysely alone needs 600,000 for these queries over plain interfaces; some ways to write the types need a hundred times as many.
      assert.ok(instantiations < 2_000_000, `${instantiations} instantiations`)
    })
  }
})

describe('declarations of models', () => {
  it('that are linked by strings are emitted, and say the same types again', () => {
    const published = emitLibrary()
    const { output, declarations } = compile(manyModels(50, 'string'), published)
    assert.equal(output, '')
    assert.equal(Object.keys(declarations).length, 10)
    assert.equal(compile({ ...declarations, 'queries.ts': manyQueries(10) }, published).output, '')
  })

  it('that are linked by thunks hold each other whole, which the compiler gives up', () => {
    const published = emitLibrary()
    assert.match(compile(manyModels(20, 'thunk'), published).output, /TS7056/)
  })
})
