import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mariadb } from '../../src/dialects/mariadb/index.ts'
import { mysql } from '../../src/dialects/mysql/index.ts'
import { splitIntoRuns } from '../../src/operations/runs.ts'
import { applyChanges } from '../../src/schema/apply-changes.ts'
import type { Dialect } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import type { Intent } from '../../src/schema/intent.ts'
import { project, projectChanged } from '../../src/state/project.ts'
import type { ProjectState } from '../../src/state/project-state.ts'
import { runs, seed } from '../support/runs.ts'
import { historyThrough } from './migrations-between.ts'
import { projectPairsFor } from './pairs.ts'

interface Part {
  readonly before: ProjectState
  readonly after: ProjectState
  readonly intents: readonly Intent[]
}

for (const dialect of [mariadb('10.11.19'), mariadb('11.8.9'), mysql('8.0.36'), mysql('9.7.4')]) {
  test(`${dialect.name} ${dialect.version}: what each step makes, one after the other, is what the plan is for`, async () => {
    await fc.assert(
      fc.asyncProperty(projectPairsFor(dialect), async ({ before, after }) => {
        for (const part of await partsOf(before, after)) {
          assertMakes(dialect, part)
        }
      }),
      { numRuns: runs(200), seed },
    )
  })
}

/** The runs of a random history, forwards and backwards. */
async function partsOf(...[before, after]: Parameters<typeof historyThrough>): Promise<readonly Part[]> {
  const { start, next } = await historyThrough(before, after)
  let state = start
  const parts = next.flatMap(({ app, name, definition }) => {
    const own = splitIntoRuns(definition.operations, state, { app, migration: `${app}.${name}` })
    state = own.at(-1)?.after ?? state
    return own
  })
  return parts.flatMap((run): readonly Part[] => {
    if (run.kind !== 'schema') return []
    return [
      { before: run.before, after: run.after, intents: run.forwards },
      { before: run.after, after: run.before, intents: run.backwards },
    ]
  })
}

function assertMakes(dialect: Dialect, { before, after, intents }: Part): void {
  const { comparison } = dialect
  const changed = projectChanged(before, after, dialect)
  const changes = diff(changed.before, changed.after, { match: 'lineage', comparison, intents })
  const steps = dialect.plan({ ...changed, changes, foreignKeys: 'enforced' })
  const makes = steps.map((step) => (step.kind === 'statement' ? step.makes : undefined))
  assert.ok(
    makes.every((made) => made === undefined || made.length > 0),
    'a statement that commits itself makes something',
  )
  const end = applyChanges(
    project(before, dialect),
    makes.flatMap((made) => made ?? []),
  )
  assert.deepEqual(diff(end, project(after, dialect), { match: 'name', comparison }), [])
  assert.deepEqual(diff(project(after, dialect), end, { match: 'name', comparison }), [])
}
