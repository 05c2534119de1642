import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { stages } from '../../demo/stages.ts'
import { testOnEach } from '../support/databases.ts'
import { createProject } from '../support/project.ts'

const folder = resolve(import.meta.dirname, '../../demo/stages')
const apps = ['accounts', 'billing', 'blog', 'catalogue']

/** The models files that a stage of the demo changes, by their path in the project. */
function modelsOf(stage: string): Readonly<Record<string, string>> {
  const paths = apps.map((app) => `${app}/models.ts`).filter((path) => existsSync(join(folder, stage, path)))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, stage, path), 'utf8')]))
}

testOnEach('makemigrations finds no changes right after migrate, at every stage of the demo', async (on) => {
  const database = await on.create()
  const project = createProject({ files: modelsOf('0-initial'), database })
  const settle = async (answers: readonly string[]): Promise<void> => {
    const made = await project.run(['makemigrations', ...answers.flatMap((answer) => ['--answer', answer])])
    assert.equal(made.code, 0, made.stderr)
    const applied = await project.run(['migrate'])
    assert.equal(applied.code, 0, applied.stderr)
    const again = await project.run(['makemigrations'])
    assert.deepEqual([again.code, again.stdout], [0, 'No changes detected\n'])
    assert.equal((await project.run(['makemigrations', '--check'])).code, 0)
  }
  await settle([])
  for (const { folder: stage, answers } of stages) {
    const changed = Object.entries(modelsOf(stage))
    for (const [path, text] of changed) project.write(path, text)
    if (changed.length > 0) await settle(answers)
  }
})
