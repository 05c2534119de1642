import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importBindings, importStatements } from './import-bindings.ts'

const statements = [
  "import whole from 'a'",
  "import * as all from 'b'",
  "import { one, type Three, two as second } from 'c'",
  "import type { Four } from 'd'",
]

test('the names of an import statement are told apart', () => {
  assert.deepEqual(statements.flatMap(importBindings), [
    { local: 'whole', imported: 'default', module: 'a', type: false },
    { local: 'all', imported: '*', module: 'b', type: false },
    { local: 'one', imported: 'one', module: 'c', type: false },
    { local: 'Three', imported: 'Three', module: 'c', type: true },
    { local: 'second', imported: 'two', module: 'c', type: false },
    { local: 'Four', imported: 'Four', module: 'd', type: true },
  ])
  assert.deepEqual(importBindings('import "./sideEffect.ts"'), [])
  assert.deepEqual(
    importBindings('import whole, {\n  part,\n} from "./other.ts" with { type: "json" };').map(({ local }) => local),
    ['whole', 'part'],
  )
  const commented = 'import {\n  one, // the first\n  /* and */ two,\n} from "./other.ts"'
  assert.deepEqual(
    importBindings(commented).map(({ local }) => local),
    ['one', 'two'],
  )
})

test('and written again, those of one file together and in order', () => {
  assert.deepEqual(importStatements(statements.toReversed().flatMap(importBindings)), statements)
  assert.deepEqual(importStatements(["import { b } from 'x'", "import { a } from 'x'"].flatMap(importBindings)), [
    "import { a, b } from 'x'",
  ])
  const withAttributes = "import data from './data.json' with { type: 'json' }"
  assert.deepEqual(importStatements(importBindings(withAttributes)), [withAttributes])
})
