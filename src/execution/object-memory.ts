import { hasCode } from '../errors/error.ts'
import { keyOfMigration } from '../history/migration.ts'
import { createObjectNotes, type ObjectKey } from '../history/remembered-objects.ts'
import type { Change } from '../schema/change.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import { type FoundObject, objectsIn } from '../schema/objects-in.ts'
import { sql } from '../schema/sql.ts'
import { modelsOf } from '../state/project-state.ts'
import { movesOthers, notesAfterChanges, notesAfterOwnStep, type Sight, sightOf } from './notes-after.ts'
import type { Direction, PlannedMigration } from './plan-migration.ts'
import type { Unit } from './unit.ts'

/**
 * Notes what SQL and code of migrations make in a database, by looking at it before and after, so that later it can be told from what other hands made.
 * Migrations without such steps cost nothing, unless they rename what such steps made. What cannot be seen is not noted, and keeps nobody from migrating.
 */
export interface ObjectMemory {
  /** Does a unit's work inside the transaction that is open, and notes there what it made. */
  within(unit: Unit, planned: PlannedMigration, work: () => Promise<void>): Promise<void>
  /**
   * Before a unit that commits by itself: what is returned notes what it made, and belongs into the transaction that notes that the unit is done; undefined
   * where it makes nothing of the kind. Called again by a run that completes what another began, it goes on with what that one saw.
   */
  before(unit: Unit, planned: PlannedMigration, position: number): Promise<(() => Promise<void>) | undefined>
  /** Notes what an earlier run made of a migration and had no time to note; a unit at the position is still under way. */
  complete(planned: PlannedMigration, place: UnitPlace | undefined): Promise<void>
}

/** A unit of a migration, by its number in a direction. */
export interface UnitPlace {
  readonly direction: Direction
  readonly position: number
}

/** What is kept of the database as a unit found it. */
interface Kept extends UnitPlace {
  readonly sight: readonly (readonly [ObjectKey, string])[]
  /** Of a unit that changes tables: what can move others. */
  readonly changes?: readonly Change[]
}

/** The memory of the database behind a session. */
export function createObjectMemory(session: Session): ObjectMemory {
  const notes = createObjectNotes(session)
  let isThere: boolean | undefined
  const exists = async (): Promise<boolean> => {
    isThere ??= await notes.exists()
    return isThere
  }
  const look = async (planned: PlannedMigration): Promise<readonly FoundObject[]> =>
    objectsIn(await session.inspect({ schemas: schemasOf(planned) }))

  const note = async (planned: PlannedMigration, { direction, changes }: Omit<Kept, 'sight'>, before: Sight) => {
    const step = { before, now: await look(planned), notes: (await exists()) ? await notes.read() : [] }
    const { forget, write } =
      changes === undefined
        ? notesAfterOwnStep(step, { migration: keyOfMigration(planned.migration), direction })
        : notesAfterChanges(step, changes)
    if (write.length > 0 && !(await exists())) {
      await notes.ensure()
      isThere = true
    }
    for (const { key, migration } of forget) await notes.forget(key, migration)
    for (const one of write) await notes.write(one)
  }

  /** Whether there may be something to note, and what of the unit is needed for it; undefined: nothing. */
  const concern = async (unit: Unit): Promise<{ readonly changes?: readonly Change[] } | undefined> => {
    if (unit.kind !== 'schema') return mayMakeObjects(unit, session.dialect) ? {} : undefined
    const changes = unit.changes.filter(movesOthers)
    return changes.length > 0 && (await exists()) ? { changes } : undefined
  }

  return {
    async within(unit, planned, work) {
      // What the server commits by itself is refused in a transaction, so nothing is made there that could be noted.
      if (!session.dialect.capabilities.transactionalDdl) return work()
      const wanted = await concern(unit)
      if (wanted === undefined) return work()
      const before = await attempt(session, async () => sightOf(await look(planned)))
      await work()
      if (before === undefined) return
      const { direction } = planned
      await attempt(session, () => note(planned, { direction, position: 0, ...wanted }, before))
    },
    async before(unit, planned, position) {
      const wanted = await concern(unit)
      if (wanted === undefined) return undefined
      const { direction, migration } = planned
      const kept = await tolerantly(async (): Promise<Kept> => {
        if (!(await exists())) await notes.ensure()
        isThere = true
        const earlier = await keptOf(planned)
        if (earlier?.direction === direction && earlier.position === position) return earlier
        const sight = [...sightOf(await look(planned))]
        const fresh: Kept = { direction, position, sight, ...wanted }
        await notes.keepSight(migration, JSON.stringify(fresh))
        return fresh
      })
      return kept && (() => finish(planned, kept))
    },
    async complete(planned, place) {
      if (!(await exists())) return
      const kept = await keptOf(planned)
      if (kept === undefined) return
      if (place?.direction === kept.direction && place.position === kept.position) return
      await session.transaction(() => finish(planned, kept))
    },
  }

  async function keptOf({ migration }: PlannedMigration): Promise<Kept | undefined> {
    const kept = await notes.sight()
    if (kept === undefined || kept.migration !== keyOfMigration(migration)) return undefined
    return JSON.parse(kept.content)
  }

  async function finish(planned: PlannedMigration, kept: Kept): Promise<void> {
    await attempt(session, async () => {
      await note(planned, kept, new Map(kept.sight))
      await notes.forgetSight()
    })
  }
}

/** Schemas beside the default one in which the project has tables: what stands on them is seen there. */
function schemasOf({ from, to }: PlannedMigration): readonly string[] {
  const named = [from, to].flatMap((state) => [...modelsOf(state)].flatMap(({ options }) => options.schema ?? []))
  return [...new Set(named)]
}

/** Whether a step of the user's may have made anything but rows. */
function mayMakeObjects(
  unit: Exclude<Unit, { readonly kind: 'schema' }>,
  { statementsOf, capabilities }: Dialect,
): boolean {
  switch (unit.kind) {
    case 'sql':
      return unit.statements.some(({ sql: text }) =>
        statementsOf === undefined
          ? /\b(?:create|alter|drop|rename|do|call|execute|select|import|comment)\b/i.test(text)
          : statementsOf(text).some(({ commitsItself }) => commitsItself),
      )
    case 'batched':
      // A batch is a transaction, in which the server refuses what it would commit by itself.
      return typeof unit.work !== 'object' && capabilities.transactionalDdl
    case 'code':
      return true
  }
}

/** Does what may fail inside a transaction that must go on all the same; undefined where it failed. */
async function attempt<Result>(session: Session, body: () => Promise<Result>): Promise<Result | undefined> {
  await session.query(sql`SAVEPOINT godwit_objects`)
  const result = await tolerantly(async () => ({ value: await body() }))
  if (result === undefined) await session.query(sql`ROLLBACK TO SAVEPOINT godwit_objects`)
  await session.query(sql`RELEASE SAVEPOINT godwit_objects`)
  return result?.value
}

/** Lets pass what the catalogue or a right has refused, and nothing else. */
async function tolerantly<Result>(body: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await body()
  } catch (error) {
    if (hasCode(error, 'database.statementFailed') || hasCode(error, 'database.notPermitted')) return undefined
    throw error
  }
}
