import { type AnyModel, isModel } from '../../src/index.ts'
import type { Session } from '../../src/schema/dialect.ts'
import { diff } from '../../src/schema/diff.ts'
import { emptySchema } from '../../src/schema/schema.ts'
import { project } from '../../src/state/project.ts'
import { resolveModels } from '../../src/state/resolve-models.ts'

/** Makes the tables of all models in these modules, which are given by app label. */
export async function createTables(session: Session, apps: Readonly<Record<string, object>>): Promise<void> {
  const { state } = resolveModels(new Map(Object.entries(apps).map(([app, module]) => [app, modelsIn(module)])))
  const after = project(state, session.dialect)
  const changes = diff(emptySchema, after, { match: 'name', comparison: session.dialect.comparison })
  const steps = session.dialect.plan({ before: emptySchema, after, changes, foreignKeys: 'suspended' })
  for (const step of steps) if (step.kind === 'statement') await session.query(step.sql)
}

function modelsIn(module: object): readonly AnyModel[] {
  return Object.values(module).filter(isModel)
}
