import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { importUserFile } from '../../history/import-user-file.ts'
import { invariant } from '../../lib/invariant.ts'
import { type AnyModel, isModel } from '../../models/model.ts'
import type { ProjectState } from '../../state/project-state.ts'
import { resolveModels } from '../../state/resolve-models.ts'
import { statesEqual } from '../../state/states-equal.ts'
import { type NewFile, replaceFiles } from '../../writer/replace-files.ts'

/** Writes all files, or none; what is returned takes them back, and puts back what one of them has taken the place of. */
export async function writeFiles(files: readonly NewFile[], replaced: readonly string[]): Promise<() => Promise<void>> {
  const former = await Promise.all(replaced.map(async (file) => ({ file, text: await readFile(file, 'utf8') })))
  await replaceFiles(files, replaced)
  return async () => {
    for (const { file } of files) await rm(file, { force: true })
    for (const { file, text } of former) await writeFile(file, text)
  }
}

/** Loads the text of a models.ts as Node will, from a draft beside its place that is gone afterwards: it says what was read, or it is our mistake. */
export async function proveModels(
  { file, text }: NewFile,
  {
    models,
    app,
    state,
  }: {
    /** Of all apps, as they are. */
    readonly models: ReadonlyMap<string, readonly AnyModel[]>
    readonly app: string
    readonly state: ProjectState
  },
): Promise<void> {
  const folder = dirname(file)
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `_draft_${process.pid}_models.ts`)
  try {
    await writeFile(draft, text, { flag: 'wx' })
    const own = Object.values(await importUserFile(draft, `the models of ${app}`)).filter(isModel)
    const said = resolveModels(new Map(models).set(app, own)).state
    invariant(statesEqual(said, state), `the models.ts of ${app} says what was read`)
  } finally {
    await rm(draft, { force: true })
  }
}
