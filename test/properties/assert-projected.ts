import assert from 'node:assert/strict'
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

/** Generated names are free, and an inspected name always counts as given. */
function isNoRename({ kind }: { kind: string }): boolean {
  return !kind.startsWith('rename')
}
