import { fail, GodwitError } from '../errors/error.ts'
import { asFilesHaveIt } from '../history/as-files-have-it.ts'
import { checksumOf, type EditedMigration, editedMigrations } from '../history/edited.ts'
import { type Graph, graphFor } from '../history/graph.ts'
import type { MigrationKey } from '../history/migration.ts'
import { createRecorder, type Recorder } from '../history/recorder.ts'
import { rememberedObjects } from '../history/remembered-objects.ts'
import { defined } from '../lib/defined.ts'
import { canonicalOperations } from '../operations/canonical.ts'
import type { Judge } from '../reality/differences-of-apps.ts'
import type { Discrepancy } from '../reality/discrepancy.ts'
import type { Session } from '../schema/dialect.ts'
import { splitTableName } from '../state/names.ts'
import type { Placement } from '../state/placement.ts'
import type { ProjectState } from '../state/project-state.ts'
import { halfWayIn, withBegun } from './decide.ts'
import { concernOf, unseenOf } from './edit-proof.ts'

/** What of edits nobody can see in a database, a line each. */
export interface UnseenEdit {
  readonly migration: MigrationKey
  readonly differences: readonly string[]
}

/** Says whether such edits may be recorded. */
export type EditConsent = (unseen: readonly UnseenEdit[]) => Promise<boolean>

export interface AcceptOptions {
  readonly session: Session
  readonly graph: Graph
  readonly placement?: Placement | undefined
  /** Which differences count; all if not given. */
  readonly judge?: Judge | undefined
  /** How long to wait for another process that migrates, in milliseconds. */
  readonly wait: number
  /** That process, in words, where it is known. */
  readonly onWait?: ((holder: string | undefined) => void) | undefined
  /** Asked where an inspection cannot prove all; without it nothing of that is recorded. */
  readonly onUnseenEdits?: EditConsent | undefined
}

type Provable = Omit<AcceptOptions, 'wait' | 'onWait'>

/** An applied migration whose file was edited, and that is recorded as it is on file by now. */
export interface AcceptedEdit {
  readonly migration: MigrationKey
  readonly differences: readonly string[]
}

/**
 * Records that migrations were applied as their edited files have them, if the database agrees: what memory adds up to with the edits is compared with
 * the tables that they concern. All of them are recorded, or none; those that were not edited here are left alone.
 *
 * @throws history.editNotThere with every difference, history.editUnseen, history.editDoesNotFit, history.editHalfWay
 */
export async function acceptEdited(
  keys: readonly MigrationKey[],
  options: AcceptOptions,
): Promise<readonly AcceptedEdit[]> {
  const { session } = options
  const recorder = createRecorder(session)
  if ((await editedAmong(keys, recorder, options)).length === 0) return []
  const lock = await session.lock({ timeout: options.wait, ...defined({ onWait: options.onWait }) })
  try {
    const edited = await editedAmong(keys, recorder, options)
    await prove(edited, recorder, options)
    await recorder.ensure()
    await session.transaction(async () => {
      for (const { migration } of edited) await recorder.amend(migration)
    })
    return edited.map(inShort)
  } finally {
    await lock.release()
  }
}

/** What `acceptEdited` would record, with the record as it would be then. Reads only, and asks nobody. */
export async function provenEdits(
  keys: readonly MigrationKey[],
  recorder: Recorder,
  options: Omit<Provable, 'onUnseenEdits'>,
): Promise<{ readonly accepted: readonly AcceptedEdit[]; readonly recorder: Recorder }> {
  const edited = keys.length === 0 ? [] : await editedAmong(keys, recorder, options)
  if (edited.length === 0) return { accepted: [], recorder }
  await prove(edited, recorder, { ...options, onUnseenEdits: async () => true })
  return { accepted: edited.map(inShort), recorder: asEdited(recorder, edited) }
}

function inShort({ key, differences }: EditedMigration): AcceptedEdit {
  return { migration: key, differences }
}

async function editedAmong(
  keys: readonly MigrationKey[],
  recorder: Recorder,
  { graph: files }: Pick<AcceptOptions, 'graph'>,
): Promise<readonly EditedMigration[]> {
  const halfWay = await halfWayIn(recorder)
  const { recorded } = asFilesHaveIt(files, await recorder.applied(), halfWay)
  const graph = graphFor(files, withBegun(recorded, halfWay))
  const edited = (await editedMigrations(graph, recorded, recorder)).filter(({ key }) => keys.includes(key))
  const begun = edited.map(({ key }) => key).filter((key) => halfWay.has(key))
  if (begun.length > 0) fail('history.editHalfWay', { migrations: begun })
  return edited
}

async function prove(edited: readonly EditedMigration[], recorder: Recorder, options: Provable): Promise<void> {
  const migrations = edited.map(({ key, differences }) => ({ migration: key, differences }))
  const discrepancies = await discrepanciesWith(edited, recorder, options)
  if (discrepancies.length > 0) fail('history.editNotThere', { migrations, discrepancies })
  const unseen = edited
    .map((one) => ({ migration: one.key, differences: unseenOf(one) }))
    .filter(({ differences }) => differences.length > 0)
  if (unseen.length === 0 || (await options.onUnseenEdits?.(unseen)) === true) return
  fail('history.editUnseen', { unseen })
}

async function discrepanciesWith(
  edited: readonly EditedMigration[],
  recorder: Recorder,
  { session, graph, placement, judge = (all) => all }: Provable,
): Promise<readonly Omit<Discrepancy, 'changes'>[]> {
  const { rememberedState } = await import('../reality/remembered-state.ts')
  const { compareDatabase } = await import('../reality/compare-database.ts')
  const { withRemembered } = await import('../reality/remembered-discrepancies.ts')
  const after = await replayed(edited, async () => (await rememberedState(graph, asEdited(recorder, edited))).state)
  // Custom operations are recorded without their code, so that what was applied cannot always be replayed.
  const before = await orNothing(async () => (await rememberedState(graph, recorder)).state)
  const { tables, objects, undone } = concernOf(edited, { before, after }, { dialect: session.dialect, placement })
  const only = (table: string): boolean => tables.has(table)
  // Of a schema all models may be gone from the files, while the tables are there.
  const schemas = [...tables].flatMap((table) => splitTableName(table).schema ?? [])
  const comparison = await compareDatabase({ session, state: after, placement, only, objects, schemas })
  // What SQL of migrations made on these tables no State could know.
  const known = withRemembered(comparison.discrepancies, await rememberedObjects(session), {
    ...comparison,
    dialect: session.dialect,
  })
  const left = comparison.unmanaged.flatMap(({ kind, name, table }): readonly Discrepancy[] => {
    const object = `${kind} ${name}`
    if (table !== undefined || !undone.has(object)) return []
    const text = `${object} is there, and the files as they are now do not make it`
    return [{ object, kind: 'extra', text, changes: [], ...(kind === 'table' && { table: name }) }]
  })
  const discrepancies = [...known.filter(({ remembered }) => remembered === undefined), ...left]
  // How to mend them is the business of others, and long.
  return judge(discrepancies).map(({ changes: _, ...facts }) => facts)
}

/** The record as it will be. */
function asEdited(recorder: Recorder, edited: readonly EditedMigration[]): Recorder {
  const now = new Map(edited.map(({ key, migration }) => [key, migration.definition]))
  return {
    ...recorder,
    async applied() {
      const rows = [...(await recorder.applied())].map(([key, row]) => {
        const definition = now.get(key)
        return [key, definition === undefined ? row : { ...row, checksum: checksumOf(definition.operations) }] as const
      })
      return new Map(rows)
    },
    async contents(keys) {
      const contents = [...(await recorder.contents(keys))].map(([key, content]) => {
        const definition = now.get(key)
        if (definition === undefined) return [key, content] as const
        const { dependencies = [], operations } = definition
        return [key, { dependencies, operations: canonicalOperations(operations) }] as const
      })
      return new Map(contents)
    },
  }
}

async function replayed(
  edited: readonly EditedMigration[],
  replay: () => Promise<ProjectState>,
): Promise<ProjectState> {
  try {
    return await replay()
  } catch (error) {
    if (!isOfReplay(error)) throw error
    const migrations = edited.map(({ key }) => key)
    return fail('history.editDoesNotFit', { migrations, reason: error.message }, { cause: error })
  }
}

async function orNothing(replay: () => Promise<ProjectState>): Promise<ProjectState | undefined> {
  try {
    return await replay()
  } catch (error) {
    if (isOfReplay(error)) return undefined
    throw error
  }
}

function isOfReplay(error: unknown): error is GodwitError {
  return error instanceof GodwitError && error.code.startsWith('migrations.')
}
