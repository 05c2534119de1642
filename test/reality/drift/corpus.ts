import { findDrift } from '../../../src/api/find-drift.ts'
import { loadGraph } from '../../../src/api/load-graph.ts'
import { loadProject, makeMigrations, migrate } from '../../../src/api.ts'
import type { Graph } from '../../../src/history/graph.ts'
import type { Project } from '../../../src/project/project.ts'
import type { Session } from '../../../src/schema/dialect.ts'
import { createProject, type TestProject } from '../../support/project.ts'
import type { DatabaseUnderTest, TestDatabase } from '../../support/test-database.ts'
import { auditMigration, modelsFor } from './models.ts'
import type { DriftCase } from './read-cases.ts'
import { remakeTable } from './remake-table.ts'

/** A database that was migrated, and what its migrations are. */
export interface Migrated {
  readonly files: TestProject
  readonly project: Project
  readonly graph: Graph
  readonly database: TestDatabase
}

/** The shop of the corpora, migrated. */
export async function migratedShop(on: DatabaseUnderTest): Promise<Migrated> {
  const database = await on.create()
  if (on.kind === 'postgres') await inSession(database, (session) => session.script('CREATE SCHEMA audit'))
  const files = createProject({ files: modelsFor(on.kind), database })
  await makeMigrations({ project: await loadProject({ cwd: files.dir }) })
  files.write('shop/migrations/0002_audit.ts', auditMigration(on.kind))
  const project = await loadProject({ cwd: files.dir })
  await migrate({ project })
  return { files, project, graph: await loadGraph(project), database }
}

export async function inSession<T>(database: TestDatabase, body: (session: Session) => Promise<T>): Promise<T> {
  const session = await database.openSession()
  try {
    return await body(session)
  } finally {
    await session.close()
  }
}

export async function textsOf({ project, graph }: Migrated, session: Session): Promise<readonly string[]> {
  const { judged } = await findDrift({ project, graph, session, database: undefined })
  return judged.discrepancies.map(({ text }) => text)
}

const enough = new Error('rolled back')

/** Makes the change of a case, does something with the database, and leaves it as it was; where nothing can be rolled back, what is done must do that. */
export async function withChange(
  { change }: DriftCase,
  on: DatabaseUnderTest,
  { database }: Migrated,
  session: Session,
  body: (session: Session) => Promise<void>,
): Promise<void> {
  if (on.kind === 'sqlite') {
    const copy = await database.copy()
    const client = await copy.connect()
    try {
      for (const line of change) {
        if (line.startsWith('REMAKE ')) await remakeTable(client, line.slice('REMAKE '.length))
        else await client.exec(line)
      }
    } finally {
      await client.close()
    }
    await inSession(copy, body)
    return copy.drop()
  }
  if (on.kind !== 'postgres') {
    await session.script(change.join('\n'))
    return body(session)
  }
  await session
    .transaction(async () => {
      await session.script(change.join('\n'))
      await body(session)
      throw enough
    })
    .catch((error: unknown) => {
      if (error !== enough) throw error
    })
}

/** The session, whose transactions are part of one that is open. */
export function joined(session: Session): Session {
  return Object.create(session, { transaction: { value: (body: () => Promise<unknown>) => body() } })
}
