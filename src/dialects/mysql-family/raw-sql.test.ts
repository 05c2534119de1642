import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identifiersIn, renameColumnsIn } from './raw-sql.ts'

const renamed = new Map([
  ['day', 'date'],
  ['char', 'text'],
  ['a', 'b`c'],
])

test('columns are renamed, however they are written, and nothing else is', () => {
  const texts: readonly (readonly [before: string, after: string])[] = [
    ['a + `a` > A', '`b``c` + `b``c` > `b``c`'],
    ["concat(a, 'a', \"a\", _utf8mb4'a') -- a", "concat(`b``c`, 'a', \"a\", _utf8mb4'a') -- a"],
    ['a(a)', 'a(`b``c`)'],
    ['t.a = @a', 't.`b``c` = @a'],
    ['cast(char as char)', 'cast(`text` as char)'],
    ['convert(a using a) collate a', 'convert(`b``c` using a) collate a'],
    [
      'day + interval day day > a + interval (1 + 1) day',
      '`date` + interval `date` day > `b``c` + interval (1 + 1) day',
    ],
    ['extract(day from day)', 'extract(day from `date`)'],
    ['timestampdiff(day, day, a)', 'timestampdiff(day, `date`, `b``c`)'],
    ['day in (1, day)', '`date` in (1, `date`)'],
  ]
  for (const [before, after] of texts) assert.equal(renameColumnsIn(before, renamed), after)
})

test('what may be a column is told by its name without regard to case', () => {
  assert.deepEqual(identifiersIn("lower(Title) like 'x' and `Körper` > 1"), new Set(['title', 'like', 'and', 'körper']))
})
