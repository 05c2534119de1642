import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { testOnEach } from '../support/databases.ts'
import { createProject, type TestProject } from '../support/project.ts'
import type { Client, DatabaseUnderTest, TestDatabase } from '../support/test-database.ts'

/** What can be done in a story; all of it is written down in the order in which it happens. */
export interface Story {
  readonly on: DatabaseUnderTest
  readonly project: TestProject
  /** A sentence between two steps. */
  say(text: string): void
  /** Runs a command as it is typed, `godwit` left out. It must end with this exit code. */
  $(line: string, exitCode?: number): Promise<void>
  /** Writes a file, as an editor does. */
  edit(path: string, text: string): void
  /** A command of git, which makes these files go from the working tree and those come. The models are shown. */
  git(
    command: string,
    files: { readonly without: readonly string[]; readonly with: Readonly<Record<string, string>> },
  ): void
  /** Shows a file, as it stands. */
  show(path: string): void
  /** Writes rows, as an application does. */
  sql(text: string, database?: string): Promise<void>
  /** Shows what a query answers. */
  rows(query: string, database?: string): Promise<void>
}

export interface StoryOptions {
  readonly files: Readonly<Record<string, string>>
  /** Databases of the config besides `default`, by name. */
  readonly databases?: readonly string[]
  /** The router of the config. */
  readonly router?: Readonly<Record<string, string>>
  /** The transcript holds SQL, which each database has its own of. */
  readonly perDatabase?: true
}

const updates = process.env['GODWIT_UPDATE'] === '1'

/**
 * A story of somebody at work, told on every database. What was typed, edited, answered and found in the tables makes a document, which must be the one
 * that stands beside the test; with GODWIT_UPDATE=1 it is written.
 *
 * @param name Of the document: `rename` for `rename.txt`.
 */
export function walkthrough(
  name: string,
  title: string,
  options: StoryOptions,
  tell: (story: Story) => Promise<void>,
): void {
  testOnEach(title, async (on) => {
    const database = await on.create()
    const lines = [title, '='.repeat(title.length)]
    const others = await Promise.all(
      (options.databases ?? []).map(async (other) => [other, await on.create()] as const),
    )
    const databases = new Map([['default', database] as const, ...others])
    const project = createProject({ files: { ...configOf(databases, options), ...options.files }, database })
    for (const [path, text] of Object.entries(options.files))
      if (path.endsWith('models.ts')) lines.push(...fileLines(path, text))
    await tell(storyOf({ on, project, databases, lines }))
    const file = join(import.meta.dirname, options.perDatabase === true ? `${name}.${on.kind}.txt` : `${name}.txt`)
    const told = `${lines.join('\n')}\n`
    // One document for all databases is what the first of them says, and the others must say it too.
    if (updates && (options.perDatabase === true || on.kind === 'sqlite')) writeFileSync(file, told)
    assert.equal(told, existsSync(file) ? readFileSync(file, 'utf8') : '')
  })
}

function storyOf({
  on,
  project,
  databases,
  lines,
}: Pick<Story, 'on' | 'project'> & {
  readonly databases: ReadonlyMap<string, TestDatabase>
  readonly lines: string[]
}): Story {
  const withClient = async <Result>(work: (client: Client) => Promise<Result>, name = 'default') => {
    const client = await databases.get(name)?.connect()
    assert.ok(client, name)
    try {
      return await work(client)
    } finally {
      await client.close()
    }
  }
  return {
    on,
    project,
    say: (text) => void lines.push('', text),
    async $(line, exitCode = 0) {
      const { code, stdout, stderr } = await project.run(wordsOf(line))
      lines.push('', `$ godwit ${line}${code === 0 ? '' : `    (exit code ${code})`}`)
      // Progress and decoration come first: the answer is read when the command is done.
      lines.push(...normalised(stderr, project, databases), ...normalised(stdout, project, databases))
      assert.equal(code, exitCode, lines.join('\n'))
    },
    edit(path, text) {
      project.write(path, text)
      lines.push(...fileLines(path, text))
    },
    git(command, files) {
      lines.push('', `$ git ${command}`)
      for (const path of files.without) rmSync(join(project.dir, path))
      for (const [path, text] of Object.entries(files.with)) {
        project.write(path, text)
        if (path.endsWith('models.ts')) lines.push(...fileLines(path, text))
        else lines.push('', `${path}: as it was`)
      }
    },
    show: (path) => void lines.push(...fileLines(path, normalised(project.read(path), project, databases).join('\n'))),
    async sql(text, database) {
      await withClient((client) => client.exec(text), database)
      lines.push(
        '',
        ...text
          .trim()
          .split('\n')
          .map((line) => `${prompt(database)} ${line.trim()}`),
      )
    },
    async rows(query, database) {
      const found = await withClient((client) => client.all(query), database)
      lines.push('', `${prompt(database)} ${query}`)
      lines.push(...found.map((row) => `  ${Object.values(row).map(String).join(' | ')}`.trimEnd()))
      if (found.length === 0) lines.push('  (no rows)')
    },
  }
}

function prompt(database: string | undefined): string {
  return database === undefined ? 'sql>' : `sql (${database})>`
}

/** A config that names all databases of a story; each folder with a models.ts is an app. */
function configOf(
  databases: ReadonlyMap<string, TestDatabase>,
  { files, router }: StoryOptions,
): Readonly<Record<string, string>> {
  const apps = Object.keys(files).flatMap((path) => /^(.*)\/models\.ts$/.exec(path)?.[1] ?? [])
  const urls = Object.fromEntries([...databases].map(([name, { url }]) => [name, url]))
  const config = { apps, databases: urls, ...(router !== undefined && { router }) }
  return {
    'godwit.config.ts': `
import { defineConfig } from 'godwit'
export default defineConfig(${JSON.stringify(config, undefined, 2)})
`,
  }
}

/** Words as a shell makes them of what is typed: by spaces, but for what stands in double quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''))
}

function fileLines(path: string, text: string): readonly string[] {
  return [
    '',
    `${path}:`,
    ...text
      .trim()
      .split('\n')
      .map((line) => `  | ${line}`.trimEnd()),
  ]
}

/** What was said, without what is another thing at every run: durations, days, versions, folders, the database's address. */
function normalised(
  text: string,
  { dir }: TestProject,
  databases: ReadonlyMap<string, TestDatabase>,
): readonly string[] {
  const unplaced = [...databases].reduce((told, [name, { url }]) => told.replaceAll(url, `the database ${name}`), text)
  const told = unplaced
    .replaceAll(dir, '.')
    .replace(/\([\d.]+ (ms|s)\)/g, '(…)')
    .replace(/Godwit \d+\.\d+\.\d+\S* on \d{4}-\d\d-\d\d/g, 'Godwit … on …')
    .replace(/was applied on \d{4}-\d\d-\d\d/g, 'was applied on …')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ(, in \d+ ms)?/g, '…')
    .replace(/-\d{8}T\d{6}Z/g, '-…')
    .replace(/\b(commit|checkout|commit:) '?[0-9a-f]{12}'?/g, '$1 …')
    .trimEnd()
  return told === '' ? [] : told.split('\n').map((line) => line.trimEnd())
}
