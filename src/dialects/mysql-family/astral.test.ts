import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standInsFor } from './astral.ts'

test('characters that an answer has no room for are put back, or what the catalogue has in their place', () => {
  const text = "concat('😀é', '🦢', '\ue000')"
  const { put, restore } = standInsFor([text])
  assert.ok(!/[\u{10000}-\u{10ffff}]/u.test(put(text)))
  assert.equal(restore(put(text), undefined), text)
  assert.equal(restore(put(text), '????'), "concat('????é', '????', '\ue000')")
})
