import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { replaceFiles } from '../../src/writer/replace-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A folder that holds these files, and what it holds after some work. */
function folderWith(files: Readonly<Record<string, string>>) {
  const dir = temporaryFolder('replace')
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  const at = (name: string): string => join(dir, name)
  const content = () => Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(at(name), 'utf8')]))
  return { at, content }
}

test('files are written, and others take their leave', async () => {
  const { at, content } = folderWith({ 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' })
  await replaceFiles(
    [
      { file: at('b.ts'), text: 'new b' },
      { file: at('d.ts'), text: 'd' },
    ],
    [at('a.ts'), at('b.ts')],
  )
  assert.deepEqual(content(), { 'b.ts': 'new b', 'c.ts': 'c', 'd.ts': 'd' })
})

test('where one cannot be written, everything stays as it was', async () => {
  const files = { 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' }
  const { at, content } = folderWith(files)
  const written = [
    { file: at('b.ts'), text: 'new b' },
    { file: at('d.ts'), text: 'd' },
    { file: at('c.ts'), text: 'new c' },
  ]
  await assert.rejects(replaceFiles(written, [at('a.ts'), at('b.ts')]), { code: 'migrations.fileExists' })
  assert.deepEqual(content(), files)
})

test('where one cannot be removed, everything stays as it was', async () => {
  const { at, content } = folderWith({ 'a.ts': 'a', 'b.ts': 'b' })
  await assert.rejects(
    replaceFiles([{ file: at('b.ts'), text: 'new b' }], [at('b.ts'), at('a.ts'), at('missing.ts')]),
    { code: 'ENOENT' },
  )
  assert.deepEqual(content(), { 'a.ts': 'a', 'b.ts': 'b' })
})
