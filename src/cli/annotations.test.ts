import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../api/check-project.ts'
import { annotationsOf } from './annotations.ts'

const finding: Finding = {
  id: 'models.changed',
  severity: 'error',
  message: 'Changed: 100 %\r\n  + a, b',
  fix: 'Do it.',
}

test('what would end an annotation, or a property of one, is escaped', () => {
  const found = { root: '/w/shop', findings: [{ ...finding, file: 'a,b/c:d%.ts', line: 3, column: 1 }] }
  assert.deepEqual(annotationsOf(found, undefined), [
    '::error file=a%2Cb/c%3Ad%25.ts,line=3,col=1,title=godwit%3A models.changed::Changed: 100 %25%0D%0A  + a, b%0ADo it.',
  ])
})

test('what has no place has none, and a file is named from where GitHub names it', () => {
  const found = { root: '/w/shop', findings: [finding, { ...finding, severity: 'warning' as const, file: 'b/m.ts' }] }
  const ends = (workspace: string): readonly string[] =>
    annotationsOf(found, workspace).map((line) => line.split('::')[1] ?? '')
  assert.deepEqual(ends('/w'), [
    'error title=godwit%3A models.changed',
    'warning file=shop/b/m.ts,title=godwit%3A models.changed',
  ])
  assert.deepEqual(ends('/elsewhere').at(1), 'warning file=b/m.ts,title=godwit%3A models.changed')
})

test('what is only mentioned is no annotation', () => {
  assert.deepEqual(annotationsOf({ root: '/w', findings: [{ ...finding, severity: 'info' }] }, undefined), [])
})
