import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { isAsked } from '../support/databases.ts'
import { maintain } from '../support/postgres-database.ts'
import { createProject, type TestProject } from '../support/project.ts'
import type { TestDatabase } from '../support/test-database.ts'
import type { BadInput } from './bad-input.ts'
import { type BaseDatabase, baseDatabases } from './base-databases.ts'
import { config, files } from './base-project.ts'
import { adoptingCases } from './cases/adopting.ts'
import { batchingCases } from './cases/batching.ts'
import { checkingCases } from './cases/checking.ts'
import { commandLineCases } from './cases/command-line.ts'
import { configCases } from './cases/config.ts'
import { connectionCases } from './cases/connection.ts'
import { dataCases } from './cases/data.ts'
import { driftingCases } from './cases/drifting.ts'
import { historyCases } from './cases/history.ts'
import { inspectingCases } from './cases/inspecting.ts'
import { mergingCases } from './cases/merging.ts'
import { migrationsCases } from './cases/migrations.ts'
import { missingCases } from './cases/missing.ts'
import { modelsCases } from './cases/models.ts'
import { mysqlServerCases, removeVisitor } from './cases/mysql-server.ts'
import { optimizingCases } from './cases/optimizing.ts'
import { queryingCases } from './cases/querying.ts'
import { recordCases } from './cases/record.ts'
import { replacesCases } from './cases/replaces.ts'
import { resetsCases } from './cases/resets.ts'
import { guest, serverCases } from './cases/server.ts'
import { severalDatabasesCases } from './cases/several-databases.ts'
import { squashingCases } from './cases/squashing.ts'
import { runTwice } from './command-children.ts'
import { dumpFiles } from './dump.ts'
import { headingOn, readSentences, writeSentences } from './sentences.ts'

/** What no database has a part in, on the one that is there anyway; the rest on each. */
const suites: readonly { readonly base: BaseDatabase; readonly cases: readonly BadInput[] }[] = [
  {
    base: baseDatabases.sqlite,
    cases: [
      ...configCases,
      ...modelsCases,
      ...migrationsCases,
      ...batchingCases,
      ...mergingCases,
      ...optimizingCases,
      ...recordCases,
      ...historyCases,
      ...queryingCases,
      ...replacesCases,
      ...squashingCases,
      ...resetsCases,
      ...driftingCases,
      ...inspectingCases,
      ...adoptingCases,
      ...missingCases,
      ...severalDatabasesCases,
      ...checkingCases,
      ...commandLineCases,
      ...connectionCases,
      ...dataCases,
    ],
  },
  {
    base: baseDatabases.postgres,
    cases: [...recordCases, ...missingCases, ...serverCases, ...dataCases],
  },
  {
    base: baseDatabases.mariadb,
    cases: [...recordCases, ...missingCases, ...mysqlServerCases, ...dataCases],
  },
]
/** Where there is one, it is held to the codes. */
const untold: typeof suites =
  baseDatabases.mysql.skip === false
    ? [{ base: baseDatabases.mysql, cases: [...recordCases, ...missingCases, ...dataCases] }]
    : []
function casesOf({ base, cases }: (typeof suites)[number]): readonly BadInput[] {
  return cases.filter(({ on }) => on?.includes(base.kind) ?? true)
}

const updating = process.env['GODWIT_UPDATE'] === '1'
const approved = updating ? new Map<string, string>() : readSentences()
const said = new Map<string, Map<string, string>>()
for (const name of suites.flatMap((suite) => casesOf(suite).map((one) => one.name))) said.set(name, new Map())

for (const suite of [...suites, ...untold].filter(({ base }) => isAsked(base.kind))) {
  const { base } = suite
  const title = `on ${base.name} bad input is met with a sentence, exit code 2 and an unchanged database`
  describe(title, { concurrency: 3, skip: base.skip }, () => {
    before(() => base.prepare())

    for (const badInput of casesOf(suite)) {
      const { name } = badInput
      test(name, async () => {
        const sentence = await refusal(badInput, base)
        if (untold.includes(suite)) return
        said.get(name)?.set(base.name, sentence)
        if (!updating) assert.equal(sentence, approved.get(headingOn(name, base.name)) ?? approved.get(name))
      })
    }
  })
}

test('each case has a name of its own, and each approved sentence a case', () => {
  for (const suite of suites) {
    const names = casesOf(suite).map(({ name }) => name)
    assert.equal(new Set(names).size, names.length)
  }
  const own = suites.flatMap((suite) => casesOf(suite).map(({ name }) => headingOn(name, suite.base.name)))
  if (!updating) assert.deepEqual(new Set(approved.keys()).difference(new Set(own)), new Set(said.keys()))
})

after(async () => {
  if (baseDatabases.postgres.skip === false) await maintain(`DROP ROLE IF EXISTS ${guest}`)
  if (baseDatabases.mariadb.skip === false) await removeVisitor()
  if (!updating) return
  assert.deepEqual(
    suites.flatMap(({ base }) => (base.skip === false ? [] : [base.name])),
    [],
    'the sentences cannot be written anew without',
  )
  writeSentences(said)
})

/** The base project, migrated and with rows, with one thing wrong. */
async function arrangedProject({ files: own = {}, first, sql }: BadInput, base: BaseDatabase) {
  const project = createProject({ files })
  const database = await base.install(project)
  for (const [path, text] of Object.entries(own)) {
    if (text === undefined) rmSync(join(project.dir, path))
    else project.write(path, text)
  }
  if (first !== undefined) await succeed(project, first)
  if (sql !== undefined) {
    const client = await database.connect()
    await client.exec(sql)
    await client.close()
  }
  return { project, database }
}

/** Runs the command for a program and for a person, holds that both are refused as they should be, and returns what the person reads. */
async function refusal(badInput: BadInput, base: BaseDatabase): Promise<string> {
  const { arrange, run, names, hides } = badInput
  const { project, database } = await arrangedProject(badInput, base)
  const { dir } = project
  const staysInPart = badInput.staysInPart === true && !base.isAtomic
  const code = staysInPart ? 'execution.stoppedHalfWay' : badInput.code
  const dumped = (): Promise<readonly string[]> | readonly string[] => (staysInPart ? [] : dumpLines(database, base))
  const unchanged = { database: await dumped(), files: {} }
  const configure = (url: string): void => project.write('godwit.config.ts', config(url))
  const release = await arrange?.({ dir, database, configure })
  unchanged.files = dumpFiles(dir)
  const [forProgram, forPerson] = await runTwice({ dir, args: run }).finally(() => release?.())
  const stable = (text: string): string => base.stable(text.replaceAll(dir, '<dir>'), database)
  const told = { program: stable(forProgram.stdout), person: stable(forPerson.stderr) }

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

  assert.deepEqual({ database: await dumped(), files: dumpFiles(dir) }, unchanged)
  await database.drop()
  return `$ godwit ${run.join(' ')}\n${sentence}`.replaceAll(/[ \t]+$/gm, '')
}

/** Line by line, so that a difference is shown where it is. */
async function dumpLines(database: TestDatabase, base: BaseDatabase): Promise<readonly string[]> {
  return (await base.dump(database)).split('\n')
}

async function succeed(project: TestProject, args: readonly string[]): Promise<void> {
  const { code, stderr } = await project.run(args)
  assert.equal(code, 0, stderr)
}
