import { rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { fail } from '../../errors/error.ts'
import { problemOf } from '../../history/define-migration.ts'
import { buildGraph, type Graph } from '../../history/graph.ts'
import { importUserFile } from '../../history/import-user-file.ts'
import { readMigrations } from '../../history/loader.ts'
import type { Migration, MigrationDefinition } from '../../history/migration.ts'
import { displayPath } from '../../lib/display-path.ts'
import type { Project } from '../../project/project.ts'
import type { Manifest } from './backup.ts'

/** The history with the beginnings of a manifest, whatever of them is in its place. */
export async function graphOfBegun(project: Project, { apps, begun }: Manifest): Promise<Graph> {
  const found = await readMigrations(new Map([...project.apps].filter(([app]) => !apps.includes(app))))
  const others = found.map((read) => {
    if ('error' in read) throw read.error
    return read.migration
  })
  const beginnings: Migration[] = []
  for (const { app, name, file, text } of begun) {
    beginnings.push({ app, name, file, definition: await definitionIn(join(project.root, file), text) })
  }
  return buildGraph([...others, ...beginnings], { labels: project.apps.keys() })
}

let drafts = 0

/** Loads a text as Node would where the file stands: of a file that was imported already Node would give the former text. */
async function definitionIn(file: string, text: string): Promise<MigrationDefinition> {
  drafts += 1
  const draft = join(dirname(file), `_reset_${process.pid}_${drafts}${extname(file)}`)
  try {
    await writeFile(draft, text, { flag: 'wx' })
    const { default: definition } = await importUserFile(draft, 'a migration')
    const problem = problemOf(definition)
    if (problem !== undefined) fail('migrations.invalidDefinition', { file: displayPath(file), ...problem })
    // What has no problem is a definition.
    return definition as MigrationDefinition
  } finally {
    await rm(draft, { force: true })
  }
}
