import type { Agreed } from '../../execution/fake-initial.ts'
import type { UnseenConsent } from '../../execution/fake-initial-steps.ts'
import { migrate } from '../../execution/migrate.ts'
import { createRecorder } from '../../history/recorder.ts'
import { defined } from '../../lib/defined.ts'
import type { AnyModel } from '../../models/model.ts'
import type { Session } from '../../schema/dialect.ts'
import type { Placement } from '../../state/placement.ts'
import type { Beginning } from './beginning.ts'
import type { Existing } from './existing.ts'
import type { AdoptedFiles } from './files.ts'
import { proveModels, writeFiles } from './write-files.ts'

/**
 * Writes the files that are new and records the migrations, which compares once more, under the lock. Where that fails the files are taken back; where the
 * process dies between the two, the next run finds them and goes on.
 */
export async function carryOut(
  {
    existing,
    beginning,
    files,
  }: { readonly existing: Existing; readonly beginning: Beginning; readonly files: AdoptedFiles },
  {
    models: known,
    app,
    session,
    placement,
    agreed,
    wait,
    onUnseenSteps,
  }: {
    readonly models: ReadonlyMap<string, readonly AnyModel[]>
    readonly app: string
    readonly session: Session
    readonly placement: Placement
    readonly agreed: Agreed
    readonly wait?: number
    readonly onUnseenSteps?: UnseenConsent
  },
): Promise<void> {
  const { graph, unrecorded } = beginning
  const texts = [files.models, ...files.migrations].flatMap(({ file, source }) =>
    source === undefined ? [] : [{ file, text: source }],
  )
  const [models] = texts
  if (models !== undefined && !files.models.isThere)
    await proveModels(models, { models: known, app, state: existing.state })
  const takeBack = await writeFiles(texts, existing.place === 'replaceable' ? [existing.file] : [])
  const last = unrecorded.at(-1)
  if (last === undefined) return
  const target = { kind: 'migration', key: last } as const
  try {
    await migrate({
      session,
      graph,
      placement,
      target,
      fakeInitial: true,
      judge: agreed,
      ...defined({ wait, onUnseenSteps }),
    })
  } catch (error) {
    const recorded = await createRecorder(session).applied()
    if (unrecorded.every((key) => !recorded.has(key))) await takeBack()
    throw error
  }
}
