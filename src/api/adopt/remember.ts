import type { MigrationKey } from '../../history/migration.ts'
import { createObjectNotes, keyOfObject } from '../../history/remembered-objects.ts'
import type { Discrepancy } from '../../reality/discrepancy.ts'
import type { Session } from '../../schema/dialect.ts'
import { objectTaken } from '../../schema/objects-in.ts'

/**
 * Notes what stands on adopted tables and no model can say as what the first migration found there, so that it is known from then on: it is no drift,
 * and its loss is.
 */
export async function rememberFound(
  discrepancies: readonly Discrepancy[],
  migration: MigrationKey,
  session: Session,
): Promise<void> {
  const objects = discrepancies.flatMap(({ changes }) => changes).flatMap((change) => objectTaken(change) ?? [])
  if (objects.length === 0) return
  const notes = createObjectNotes(session)
  if (!(await notes.exists())) await notes.ensure()
  await session.transaction(async () => {
    const known = new Map((await notes.read()).map((note) => [note.key, note]))
    const position = Math.max(0, ...[...known.values()].map((note) => note.position)) + 1
    for (const object of objects) {
      const key = keyOfObject(object)
      if (known.get(key)?.definition === undefined) await notes.write({ ...object, key, migration, position })
    }
  })
}
