import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ask } from '../../src/autodetector/ask.ts'
import { detect } from '../../src/autodetector/detect.ts'
import { mariadb } from '../../src/dialects/mariadb/index.ts'
import { mysql } from '../../src/dialects/mysql/index.ts'
import { postgres } from '../../src/dialects/postgres/index.ts'
import { sqlite } from '../../src/dialects/sqlite/index.ts'
import { canonicalOperations } from '../../src/operations/canonical.ts'
import { applyOperation } from '../../src/operations/definitions.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { type Run, splitIntoRuns } from '../../src/operations/runs.ts'
import { applyChanges } from '../../src/schema/apply-changes.ts'
import type { Dialect } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { project, projectChanged } from '../../src/state/project.ts'
import type { ProjectState } from '../../src/state/project-state.ts'
import { statesEqual } from '../../src/state/states-equal.ts'
import { writeMigration } from '../../src/writer/write-migration.ts'
import { evaluateSource } from '../history/evaluate-source.ts'
import { runs, seed } from '../support/runs.ts'
import { truthfully } from './answer-questions.ts'
import { stateOf } from './build-models.ts'
import { migrationsBetween } from './migrations-between.ts'
import { projectPairs, projectPairsFor } from './pairs.ts'
import type { ProjectSpec } from './project-spec.ts'

type AppOperation = Operation & { readonly app: string }

/** What every database can follow, and then all that one of them can. */
const subjects = [
  { name: 'what all databases have', dialect: sqlite(), pairs: projectPairs },
  ...[sqlite(), postgres(), mariadb(), mysql()].map((dialect) => ({
    name: `all that ${dialect.name} has`,
    dialect,
    pairs: projectPairsFor(dialect),
  })),
]
const options = { numRuns: runs(500), seed }

for (const { name, dialect, pairs } of subjects) {
  test(`${name}: what is equal differs in nothing`, async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ after }) => {
        assert.deepEqual(await detected(after, after), [])
      }),
      options,
    )
  })

  test(`${name}: what was detected, applied to the one project, gives the other`, async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ before, after }) => {
        const end = (await detected(before, after)).reduce(applied, stateOf(before))
        assert.ok(statesEqual(end, stateOf(after)), 'the states differ')
      }),
      options,
    )
  })

  test(`${name}: a run planned as one and its operations planned one by one end in the projected schema`, async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ before, after }) => {
        const operations = await detected(before, after)
        const start = stateOf(before)
        const end = project(operations.reduce(applied, start), dialect)
        assert.deepEqual(left(dialect, plannedInRuns(dialect, start, operations), end), [])
        assert.deepEqual(left(dialect, plannedOneByOne(dialect, start, operations), end), [])
      }),
      options,
    )
  })

  test(`${name}: the changes backwards restore the schema`, async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ before, after }) => {
        const start = stateOf(before)
        const parts = inRuns(start, await detected(before, after))
        const end = project(parts.at(-1)?.after ?? start, dialect)
        const back = parts
          .toReversed()
          .reduce((schema, part) => applyChanges(schema, changesBetween(dialect, part.after, part.before)), end)
        assert.deepEqual(left(dialect, back, project(start, dialect)), [])
      }),
      options,
    )
  })

  test(`${name}: a detected migration, written and read again, is the same`, async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ({ before, after }) => {
        for (const migration of await migrationsBetween(before, after, stateOf(before), [])) {
          const read = evaluateSource(writeMigration(migration, { header: false }))
          assert.deepEqual(canonicalOperations(read.operations), canonicalOperations(migration.definition.operations))
          assert.deepEqual(read.dependencies ?? [], migration.definition.dependencies)
        }
      }),
      options,
    )
  })
}

async function detected(before: ProjectSpec, after: ProjectSpec): Promise<readonly AppOperation[]> {
  const from = stateOf(before)
  const to = stateOf(after)
  const outcome = await ask({
    detect: (answers) => detect({ from, to, hints: new Map(), answers }),
    questioner: truthfully(before, after),
  })
  return outcome.operations.map(({ app, operation }) => ({ ...operation, app }))
}

function applied(state: ProjectState, { app, ...operation }: AppOperation): ProjectState {
  return applyOperation(operation as Operation, state, { app, migration: `${app}.0002_random` })
}

function plannedInRuns(dialect: Dialect, start: ProjectState, operations: readonly AppOperation[]): Schema {
  return inRuns(start, operations).reduce(
    (schema, part) => applyChanges(schema, changesBetween(dialect, part.before, part.after)),
    project(start, dialect),
  )
}

function inRuns(start: ProjectState, operations: readonly AppOperation[]): readonly Run[] {
  let state = start
  return groupedByApp(operations).flatMap((group) => {
    const app = group[0]?.app ?? ''
    const plain = group.map(({ app: _, ...operation }) => operation as Operation)
    const parts = splitIntoRuns(plain, state, { app, migration: `${app}.0002_random` })
    state = parts.at(-1)?.after ?? state
    return parts
  })
}

function plannedOneByOne(dialect: Dialect, start: ProjectState, operations: readonly AppOperation[]): Schema {
  let state = start
  let schema = project(start, dialect)
  for (const operation of operations) {
    const next = applied(state, operation)
    schema = applyChanges(schema, changesBetween(dialect, state, next))
    state = next
  }
  return schema
}

function changesBetween(dialect: Dialect, before: ProjectState, after: ProjectState) {
  const changed = projectChanged(before, after, dialect)
  return diff(changed.before, changed.after, { match: 'lineage', comparison: dialect.comparison })
}

function left(dialect: Dialect, schema: Schema, wanted: Schema) {
  return diff(schema, wanted, { match: 'name', comparison: dialect.comparison })
}

/** Neighbours of one app, as a migration would hold them. */
function groupedByApp<T extends { app: string }>(operations: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = []
  for (const operation of operations) {
    const last = groups.at(-1)
    if (last?.[0]?.app === operation.app) last.push(operation)
    else groups.push([operation])
  }
  return groups
}
