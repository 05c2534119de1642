import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { closingOf, lexemesOf, mentions } from './lexemes.ts'

const kindsOf = (source: string) => lexemesOf(source).map(({ kind, text }) => `${kind} ${text}`)

describe('the lexemes of a source', () => {
  test('are its words, signs, strings and comments, each where it stands', () => {
    const source = "const a = 'it\\'s' // why\n/* } */ f?.(a => [...a])"
    for (const { text, start, end } of lexemesOf(source)) assert.equal(source.slice(start, end), text)
    assert.deepEqual(kindsOf(source), [
      'word const',
      'word a',
      'sign =',
      "string 'it\\'s'",
      'comment // why',
      'comment /* } */',
      'word f',
      'sign ?.',
      'sign (',
      'word a',
      'sign =>',
      'sign [',
      'sign ...',
      'word a',
      'sign ]',
      'sign )',
    ])
  })

  test('tell a regular expression from a division', () => {
    assert.deepEqual(
      lexemesOf('a / b / c; x = /[/}"]\\//g; f(/`/); return /{/; (a) / b[0] / 2').flatMap(({ kind, text }) =>
        kind === 'regex' ? [text] : [],
      ),
      ['/[/}"]\\//g', '/`/', '/{/'],
    )
  })

  test('count the brackets of code inside template literals, and of nothing else in them', () => {
    const source = `f(\`{ \${g({ a: \`}\` })} (\`, 1)`
    const comma = lexemesOf(source).find(({ text }) => text === ',')
    assert.equal(comma?.depth, 1)
    assert.deepEqual(
      lexemesOf(source).flatMap(({ kind, text }) => (kind === 'template' ? [text] : [])),
      ['`{ ${', '`}`', '} (`'],
    )
  })

  test('are given for what is no code, and for what does not end', () => {
    for (const source of ["'", '`${', '/*', '{(]', '}}`', '/x', 'é😀', '"\n']) {
      assert.equal(lexemesOf(source).at(-1)?.end ?? source.trim().length, source.length, source)
    }
  })

  test('say where a bracket closes', () => {
    const lexemes = lexemesOf('f({ a: [1] }, [2])')
    assert.equal(lexemes[closingOf(lexemes, 1)]?.end, 18)
    assert.equal(closingOf(lexemesOf('f('), 1), 2)
  })

  test('say whether a name is used, as a member of something else or not', () => {
    const uses = (source: string) => mentions(lexemesOf(source), new Set(['q']))
    assert.deepEqual(['q.gt(1)', '[...q]', '{ q }'].map(uses), [true, true, true])
    assert.deepEqual(['a.q', 'a?.q', "'q'", '// q', 'query'].map(uses), [false, false, false, false, false])
  })
})
