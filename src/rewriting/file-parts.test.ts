import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { lexemesOf } from '../writer/lexemes.ts'
import { filePartsOf } from './file-parts.ts'

const partsOf = (source: string) => filePartsOf(source, lexemesOf(source))

describe('the parts of a migration file', () => {
  test('are its head, its imports, its declarations and its operations', () => {
    assert.deepEqual(
      partsOf(`// Written by hand
/* twice */

import { addField, f as fields, type Field } from 'godwit/migrations'
import type { Row } from 'godwit/migrations'
import * as godwit from 'godwit/migrations'
import './side-effect.ts'
import words, { more } from "../words.ts" with { type: 'json' };

const a = 1 // one
import { late } from './late.ts'
const text = \`
import { none } from 'nowhere'
\`

export default defineMigration({
  // The second of its app.
  dependencies: [['blog', '0001_initial']],
  operations: [
    // before
    one(a, [1, 2]), // behind
    /* in line */ two({ a: 1, b: '],' }) /* after */,
    ...[].length ? three : four
    // at the end
  ],
});
export const b = 2
`),
      {
        head: '// Written by hand\n/* twice */\n\n',
        specifiers: ['addField', 'f as fields', 'type Field', 'type Row'],
        imports: [
          "import * as godwit from 'godwit/migrations'",
          "import './side-effect.ts'",
          `import words, { more } from "../words.ts" with { type: 'json' };`,
          "import { late } from './late.ts'",
        ],
        preamble: "const a = 1 // one\nconst text = `\nimport { none } from 'nowhere'\n`",
        epilogue: 'export const b = 2',
        looseComments: [
          '// The second of its app.',
          '// before',
          '// behind',
          '/* in line */',
          '/* after */',
          '// at the end',
        ],
      },
    )
  })

  test('have the comments of each operation with it', () => {
    const source = `import { one } from 'godwit/migrations'
export default {
  operations: [
    // before
    one(a, [1, 2]), // behind
    /* in line */ two({ a: 1, b: '],' }) /* after */,

    // The last.
    three
    // at the end
  ],
}
`
    const parts = partsOf(source)
    assert.deepEqual(parts?.operations, [
      '// before\n// behind\none(a, [1, 2])',
      "/* in line */\n/* after */\ntwo({ a: 1, b: '],' })",
      '// The last.\n// at the end\nthree',
    ])
    assert.deepEqual(parts?.looseComments, [])
    assert.deepEqual([parts?.preamble, parts?.epilogue], [undefined, undefined])
  })

  test('are known only where the definition is written where it is exported', () => {
    assert.equal(partsOf('const migration = defineMigration({})\nexport default migration'), undefined)
    assert.equal(partsOf("export { default } from './other.ts'"), undefined)
    assert.equal(partsOf('export default defineMigration(definition)'), undefined)
    assert.equal(partsOf('export default defineMigration({ operations: all })')?.operations, undefined)
    assert.equal(partsOf('export default defineMigration({ operations: [a].concat([b]) })')?.operations, undefined)
    assert.deepEqual(partsOf('export default defineMigration({ operations: [] })')?.operations, [])
  })
})
