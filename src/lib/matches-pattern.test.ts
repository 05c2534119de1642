import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchesPattern } from './matches-pattern.ts'

test('a star stands for any letters, and everything else for itself', () => {
  const matching = ['index blog_* on *', '*', 'index blog_post_slug on blog_post', 'index*slug*post', '*on blog_post']
  const others = [
    'index blog_',
    'blog_post',
    'Index *',
    '* on blog',
    'index * slug on blog_post',
    'index blog_post_slug on blog_post*x',
  ]
  const text = 'index blog_post_slug on blog_post'
  assert.deepEqual(
    [...matching, ...others].filter((pattern) => matchesPattern(pattern, text)),
    matching,
  )
})

test('what stands before a star and what stands behind it do not share letters', () => {
  assert.equal(matchesPattern('ab*ba', 'aba'), false)
  assert.equal(matchesPattern('ab*ba', 'abba'), true)
  assert.equal(matchesPattern('a*b*b', 'ab'), false)
})
