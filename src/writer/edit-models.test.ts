import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredModel, edited, withImports } from './edit-models.ts'

const source = `import { f, index, model } from 'godwit'

export const Post = model('Post', {
  // What readers see first.
  title: f.char({ maxLength: 40 }), // in full
  views: f.integer({ default: 0 }),
}, { indexes: [index({ fields: ['title'], name: 'by_title' })] })

export const Tag = model("Tag", { label: f.char({ maxLength: 20 }) })
`

function after(model: string, part: 'fields' | 'options', name: string, text?: string): string {
  const edit = declaredModel(source, model)?.edit(part, name, text)
  return edit === undefined ? 'no place' : edited(source, [edit])
}

test('a property takes the place of the one of its name, and comments stay', () => {
  assert.equal(
    after('Post', 'fields', 'title', 'title: f.text()'),
    source.replace('title: f.char({ maxLength: 40 })', 'title: f.text()'),
  )
  assert.equal(declaredModel(source, 'Post')?.textOf('fields', 'title'), 'title: f.char({ maxLength: 40 })')
})

test('a new property comes behind the others, and one that goes takes its line along', () => {
  const last = '  views: f.integer({ default: 0 }),\n'
  assert.equal(after('Post', 'fields', 'note', 'note: f.text()'), source.replace(last, `${last}  note: f.text(),\n`))
  assert.equal(after('Post', 'fields', 'views'), source.replace(last, ''))
  assert.equal(
    after('Tag', 'fields', 'note', 'note: f.text()'),
    source.replace('f.char({ maxLength: 20 }) }', 'f.char({ maxLength: 20 }), note: f.text() }'),
  )
})

test('a model without options gets them', () => {
  assert.equal(
    after('Tag', 'options', 'comment', "comment: 'x'"),
    source.replace(
      '{ label: f.char({ maxLength: 20 }) })',
      "{ label: f.char({ maxLength: 20 }) }, {\n  comment: 'x',\n})",
    ),
  )
  assert.deepEqual(declaredModel(source, 'Post')?.itemsOf('indexes'), [
    "index({ fields: ['title'], name: 'by_title' })",
  ])
})

test('a model that is not written out has no place, and one of another name none either', () => {
  assert.equal(declaredModel("model('Post', fieldsOf('Post'))", 'Post'), undefined)
  assert.equal(declaredModel(source, 'Author'), undefined)
})

test('what is used is imported, once', () => {
  const imported = source.replace('{ f, index, model }', '{ f, index, model, check, q }')
  assert.equal(withImports(source, new Set(['f', 'q', 'check'])), imported)
})
