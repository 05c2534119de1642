import { migrationsFolder } from '../history/loader.ts'
import { splitMigrationKey } from '../history/migration.ts'
import type { MissingMigration } from '../history/missing.ts'
import { defined } from '../lib/defined.ts'
import { runGit } from '../lib/run-git.ts'
import { describe } from '../operations/definitions.ts'
import type { Project } from '../project/project.ts'

/** A migration that a database has recorded and whose file is not here: it stands on another branch, or was deleted. */
export interface ShownMissing {
  readonly app: string
  readonly name: string
  /** ISO text. */
  readonly appliedAt: string
  /** What it did, as the record remembers it; absent where a newer Godwit wrote the record. */
  readonly operations?: readonly { readonly description: string }[]
  /** The branches of git that have its file, those worked on last first; absent where none has, or git does not know. */
  readonly branches?: readonly string[]
}

/** Missing migrations as commands answer them, with the branches that have them: git is asked only where something is missing. */
export async function showMissing(
  missing: readonly MissingMigration[],
  project: Project,
): Promise<readonly ShownMissing[]> {
  const shown = missing.map(({ key, appliedAt, migration }): ShownMissing => {
    const [app, name] = splitMigrationKey(key)
    const operations = migration?.definition.operations.map((operation) => ({ description: describe(operation) }))
    return { app, name, appliedAt, ...defined({ operations }) }
  })
  const found = new Map<ShownMissing, readonly string[]>()
  for (const [app, ofApp] of Map.groupBy(shown, (one) => one.app)) {
    const folder = project.apps.get(app)
    if (folder === undefined) continue
    for (const [one, branches] of await branchesWith(ofApp, folder)) found.set(one, branches)
  }
  return shown.map((one) => ({ ...one, ...defined({ branches: found.get(one) }) }))
}

/** Of how many branches git is asked: those worked on last. */
const most = 100

async function branchesWith(
  missing: readonly ShownMissing[],
  appFolder: string,
): Promise<ReadonlyMap<ShownMissing, readonly string[]>> {
  const refs = ['for-each-ref', '--format=%(refname:short)', '--sort=-committerdate', `--count=${most}`]
  const listed = await runGit(appFolder, [...refs, 'refs/heads', 'refs/remotes'])
  const branches = 'text' in listed ? listed.text.split('\n').filter((branch) => branch !== '') : []
  if (branches.length === 0) return new Map()
  const folder = migrationsFolder('.')
  const wanted = missing.flatMap((one) =>
    branches.flatMap((branch) =>
      ['ts', 'mts', 'js', 'mjs'].map((end) => ({ one, branch, object: `${branch}:./${folder}/${one.name}.${end}` })),
    ),
  )
  const answer = await runGit(
    appFolder,
    ['cat-file', '--batch-check'],
    wanted.map(({ object }) => `${object}\n`).join(''),
  )
  // A line for each, in the order asked: an object of kind `blob`, or that it is missing.
  const lines = 'text' in answer ? answer.text.split('\n') : []
  const there = wanted.filter((_, position) => / blob \d+$/.test(lines[position] ?? ''))
  return new Map(
    [...Map.groupBy(there, ({ one }) => one)].map(([one, places]) => [one, places.map(({ branch }) => branch)]),
  )
}
