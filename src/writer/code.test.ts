import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { custom } from '../operations/custom.ts'
import type { CustomOperation, Operation } from '../operations/operation.ts'
import { runCode } from '../operations/run-code.ts'
import { touchesAnything } from '../operations/touching.ts'
import type { AnyFunction, CodeSource } from './code.ts'
import { codeDoc, codeObjectDoc, functionsIn } from './code.ts'
import { printDoc } from './layout.ts'
import { findUnwritable, operationDoc } from './operation.ts'

const forwards = () => {}
const backwards = () => {}

/** Properties as they are written, with these texts for the functions. */
function written(properties: Readonly<Record<string, unknown>>, texts: readonly string[]): string {
  const functions = functionsIn(properties)
  const code: CodeSource = (value) => texts[functions.indexOf(value as AnyFunction)]
  return printDoc(codeObjectDoc(properties, code))
}

describe('code', () => {
  test('is a method where it is written as one of that name, and else the value of its property', () => {
    for (const method of [
      'async forwards({ db }: Context): Promise<void> {}',
      'forwards() {}',
      'async *forwards() {}',
      "'forwards'() {}",
    ]) {
      assert.equal(written({ forwards }, [method]), `{\n  ${method},\n}`)
    }
    for (const expression of [
      '() => {}',
      'async ({ db }) => {}',
      'function forwards() {}',
      'x => x',
      'make(1)',
      'make(1).bind(2)',
    ]) {
      assert.equal(written({ forwards }, [expression]), `{\n  forwards: ${expression},\n}`)
    }
    assert.equal(written({ forwards }, ['forwards']), '{\n  forwards,\n}')
    assert.equal(written({ forwards }, ['async fill() {}']), '{\n  forwards: { async fill() {} }.fill,\n}')
  })

  test('stands among values, each of which is written so that it is the same', () => {
    const given = {
      model: 'Invoice',
      where: { total: { gt: 5n }, at: new Date(0), of: [null, -0], blob: new Uint8Array([1]) },
      size: undefined,
      run: forwards,
      backwards,
    }
    const text = written(given, ['() => 1', '() => 2'])
    assert.equal(
      text,
      `{
  model: 'Invoice',
  where: {
    total: { gt: 5n },
    at: new Date('1970-01-01T00:00:00.000Z'),
    of: [null, -0],
    blob: Buffer.from('01', 'hex'),
  },
  run: () => 1,
  backwards: () => 2,
}`,
    )
  })

  test('is moved to where it stands, but for what is inside a template literal', () => {
    const text = 'f(() => {\n        log(`a\n      b $' + '{[\n          1,\n        ]}`)\n\n      })'
    assert.equal(printDoc(codeDoc(text)), 'f(() => {\n  log(`a\n      b $' + '{[\n    1,\n  ]}`)\n\n})')
  })

  test('of a custom operation is its definition, by name or function by function', () => {
    const definition: CustomOperation['definition'] = {
      symbol: '+',
      describe: () => 'Audit',
      nameFragment: () => undefined,
      apply: (_operation, state) => state,
      touches: () => touchesAnything,
    }
    const operation = custom({ type: 'acme.audit', data: { model: 'Invoice' }, definition })
    const print = (code: CodeSource) => printDoc(operationDoc(operation, { code }))
    assert.equal(
      print((value) => (value === definition ? 'audit' : undefined)),
      `custom({\n  type: 'acme.audit',\n  data: { model: 'Invoice' },\n  definition: audit,\n})`,
    )
    const texts: CodeSource = (value) => (typeof value === 'function' ? String(value) : undefined)
    assert.match(print(texts), /definition: \{\n {4}symbol: '\+',\n {4}describe: \(\) => 'Audit',\n/)
    assert.equal(findUnwritable([operation], { code: texts }), undefined)
    assert.equal(findUnwritable([operation], {}), operation)
  })

  test('that is nested is looked for, and an operation with a text of its own needs none', () => {
    const inner = runCode({ forwards })
    const outer: Operation = { kind: 'separateDatabaseAndState', databaseOperations: [inner], stateOperations: [] }
    assert.equal(findUnwritable([outer]), inner)
    assert.equal(findUnwritable([outer], { code: () => 'fill' }), undefined)
    assert.equal(findUnwritable([outer], { operationText: () => 'whole' }), undefined)
    assert.equal(printDoc(operationDoc(outer, { operationText: () => 'whole' })), 'whole')
  })
})
