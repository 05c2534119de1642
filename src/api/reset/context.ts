import { createRecorder, type Recorder } from '../../history/recorder.ts'
import { speakingAgainst } from '../../project/ignored-drift.ts'
import type { Project } from '../../project/project.ts'
import type { Judge } from '../../reality/differences-of-apps.ts'
import type { Session } from '../../schema/dialect.ts'
import { openDatabase } from '../open-database.ts'

/** Opens a database of the config for as long as some work takes. */
export async function withDatabase<Result>(
  project: Project,
  database: string,
  work: (session: Session, recorder: Recorder) => Promise<Result>,
  { forReading = false }: { readonly forReading?: boolean } = {},
): Promise<Result> {
  const session = await openDatabase(project, database, { forReading })
  try {
    return await work(session, createRecorder(session))
  } finally {
    await session.close()
  }
}

/** Does some work while nobody else migrates. */
export async function withLock<Result>(session: Session, wait: number, work: () => Promise<Result>): Promise<Result> {
  const lock = await session.lock({ timeout: wait })
  try {
    return await work()
  } finally {
    await lock.release()
  }
}

/** What the config says may differ is no difference here either. */
export function judgeOf(project: Project): Judge {
  return (discrepancies) => speakingAgainst(discrepancies, project)
}
