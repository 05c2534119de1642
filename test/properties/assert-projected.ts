import assert from 'node:assert/strict'
import type { Graph } from '../../src/history/graph.ts'
import { createRecorder } from '../../src/history/recorder.ts'
import { compareDatabase } from '../../src/reality/compare-database.ts'
import { rememberedState } from '../../src/reality/remembered-state.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import { project } from '../../src/state/project.ts'
import type { ProjectState } from '../../src/state/project-state.ts'
import { drawnSchema } from './rich-edits.ts'

/** Asserts that a database has what a State asks for, and nothing else. */
export async function assertProjected(session: Session, state: ProjectState): Promise<void> {
  const declared = await session.dialect.canonicalise(project(state, session.dialect), session)
  const inspected = await session.inspect({ schemas: [drawnSchema] })
  const { comparison } = session.dialect
  assert.deepEqual(diff(inspected, declared, { match: 'name', comparison }), [])
  assert.deepEqual(diff(declared, inspected, { match: 'name', comparison }).filter(isNoRename), [])
}

/** Asserts that a migrated database is what its record says, which is what a State asks for; and that nobody else has anything in it. */
export async function assertNoDrift(session: Session, graph: Graph, state: ProjectState): Promise<void> {
  const { dialect } = session
  const memory = await rememberedState(graph, createRecorder(session))
  const remembered = project(memory.state, dialect)
  assert.deepEqual(diff(remembered, project(state, dialect), { match: 'name', comparison: dialect.comparison }), [])
  const { discrepancies, unmanaged } = await compareDatabase({ session, state: memory.state })
  assert.deepEqual([discrepancies.map(({ text }) => text), unmanaged], [[], []])
}

/** Generated names are free, and an inspected name always counts as given. */
function isNoRename({ kind }: { kind: string }): boolean {
  return !kind.startsWith('rename')
}
