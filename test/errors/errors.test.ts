import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createProject, finished, type TestProject } from '../support/project.ts'
import type { BadInput } from './bad-input.ts'
import { files, rows } from './base-project.ts'
import { commandLineCases } from './cases/command-line.ts'
import { configCases } from './cases/config.ts'
import { connectionCases } from './cases/connection.ts'
import { dataCases } from './cases/data.ts'
import { migrationsCases } from './cases/migrations.ts'
import { modelsCases } from './cases/models.ts'
import { recordCases } from './cases/record.ts'
import { dumpDatabase, dumpFiles } from './dump.ts'
import { readSentences, writeSentences } from './sentences.ts'

const cases = [
  ...configCases,
  ...modelsCases,
  ...migrationsCases,
  ...recordCases,
  ...commandLineCases,
  ...connectionCases,
  ...dataCases,
]
const updating = process.env['GODWIT_UPDATE'] === '1'
const approved = updating ? new Map<string, string>() : readSentences()
const said = new Map<string, string>()

describe('bad input is met with a sentence, exit code 2 and an unchanged database', { concurrency: 3 }, () => {
  let migrated: Uint8Array

  before(async () => {
    const project = createProject({ files })
    await succeed(project, ['migrate'])
    const database = project.database()
    database.exec(rows)
    database.close()
    migrated = readFileSync(join(project.dir, 'app.db'))
  })

  for (const badInput of cases) {
    test(badInput.name, async () => {
      const project = await arrangedProject(badInput, migrated)
      const sentence = await refusal(project, badInput)
      said.set(badInput.name, sentence)
      if (!updating) assert.equal(sentence, approved.get(badInput.name))
    })
  }

  after(() => {
    if (updating) writeSentences(new Map(cases.map(({ name }) => [name, said.get(name) ?? 'failed'])))
  })
})

test('each case has a name of its own, and each approved sentence a case', () => {
  const names = cases.map(({ name }) => name)
  assert.equal(new Set(names).size, names.length)
  if (!updating) assert.deepEqual([...approved.keys()], names)
})

/** The base project, migrated and with rows, with one thing wrong. */
async function arrangedProject({ files: own = {}, first, sql }: BadInput, migrated: Uint8Array): Promise<TestProject> {
  const project = createProject({ files })
  for (const [path, text] of Object.entries(own)) {
    if (text === undefined) rmSync(join(project.dir, path))
    else project.write(path, text)
  }
  writeFileSync(join(project.dir, 'app.db'), migrated)
  if (first !== undefined) await succeed(project, first)
  if (sql !== undefined) {
    const database = project.database()
    database.exec(sql)
    database.close()
  }
  return project
}

/** Runs the command for a program and for a person, holds that both are refused as they should be, and returns what the person reads. */
async function refusal(project: TestProject, { arrange, run, code, names, hides }: BadInput): Promise<string> {
  const { dir } = project
  const unchanged = { database: dumpDatabase(join(dir, 'app.db')), files: {} }
  const release = arrange?.(dir)
  unchanged.files = dumpFiles(dir)
  const [forProgram, forPerson] = await runTwice(project, run)
  release?.()
  const told = { program: stable(forProgram.stdout, dir), person: stable(forPerson.stderr, dir) }

  assert.equal(forProgram.code, 2, forProgram.stdout + forProgram.stderr)
  const { error } = JSON.parse(told.program)
  assert.equal(error.code, code, told.person)
  assert.ok(names === undefined || error.summary.includes(names), error.summary)
  assert.match(error.fix, /^["`\w].*[.;?)}]$/s)
  assert.equal(error.why === undefined || /\.$/.test(error.why), true, error.why)

  assert.equal(forPerson.code, 2)
  assert.equal(forPerson.stdout, '')
  const start = told.person.indexOf('error: ')
  const sentence = told.person.slice(start).trimEnd()
  assert.ok(start >= 0 && sentence.startsWith(`error: ${error.summary}`), told.person)
  const everything = forProgram.stdout + forProgram.stderr + forPerson.stderr
  assert.doesNotMatch(everything, /^\s+at .*:\d+:\d+\)?$/m)
  assert.doesNotMatch(everything, /ExperimentalWarning/)
  assert.ok(hides === undefined || !everything.includes(hides))

  assert.deepEqual({ database: dumpDatabase(join(dir, 'app.db')), files: dumpFiles(dir) }, unchanged)
  return `$ godwit ${run.join(' ')}\n${sentence}`.replaceAll(/[ \t]+$/gm, '')
}

/** What the command says to a program and to a person. */
async function runTwice({ dir }: TestProject, args: readonly string[]): Promise<readonly [Said, Said]> {
  const script = join(import.meta.dirname, 'run-twice.ts')
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, FORCE_COLOR: _color, ...env } = process.env
  const child = spawn(process.execPath, [script, ...args], {
    cwd: dir,
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { code, stdout, stderr } = await finished(child)
  assert.equal(code, 0, stderr)
  const [outputs, errors] = [stdout.split('\0'), stderr.split('\0')]
  const codes: readonly number[] = JSON.parse(outputs[2] ?? '[]')
  const said = (index: 0 | 1): Said => ({
    code: codes[index],
    stdout: outputs[index] ?? '',
    stderr: errors[index] ?? '',
  })
  return [said(0), said(1)]
}

interface Said {
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** What differs from one machine and run to the next, taken out. */
function stable(text: string, dir: string): string {
  return text.replaceAll(dir, '<dir>')
}

async function succeed(project: TestProject, args: readonly string[]): Promise<void> {
  const { code, stderr } = await project.run(args)
  assert.equal(code, 0, stderr)
}
