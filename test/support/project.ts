import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { connectSqlite } from './sqlite-database.ts'
import { temporaryFolder } from './temporary-folder.ts'
import type { Client, TestDatabase } from './test-database.ts'

const repository = resolve(import.meta.dirname, '../..')
const bin = join(repository, 'src/cli/bin.ts')

/** What a finished command left behind. */
export interface Run {
  /** Absent when a signal ended the process. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A project in a folder of its own, whose files import `godwit` as any project does, and get the sources of this repository. */
export interface TestProject {
  readonly dir: string
  /** Runs `godwit` there with these arguments, under this Node, without a terminal and without colours. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Run>
  /** Starts `godwit` and leaves it running, for tests that kill it. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ReturnType<typeof spawn>
  write(path: string, text: string): void
  read(path: string): string
  /** Connects to the project's database as an application would. The caller closes it. */
  database(): Promise<Client>
}

export interface ProjectOptions {
  readonly files: Readonly<Record<string, string>>
  /** The database of the config that is added; a new SQLite file `app.db` in the project's folder if not given. */
  readonly database?: TestDatabase
}

/** The config that a project gets if its files hold none: each folder with a models.ts is an app. */
function defaultConfig(files: Readonly<Record<string, string>>, url: string): string {
  const folders = Object.keys(files).flatMap((path) => /^(.*)\/models\.ts$/.exec(path)?.[1] ?? [])
  return [
    "import { defineConfig } from 'godwit'",
    `export default defineConfig({ apps: ${JSON.stringify(folders)}, databases: { default: '${url}' } })`,
    '',
  ].join('\n')
}

/**
 * Makes a project in a new temporary folder. Paths are relative to it; `package.json` and `godwit.config.ts` are added where the files do not
 * hold them. The folder goes with the process.
 *
 * @example
 * const project = createProject({ files: { 'blog/models.ts': `import { f, model } from 'godwit' …` } })
 * assert.equal((await project.run(['makemigrations'])).code, 0)
 */
export function createProject({ files, database }: ProjectOptions): TestProject {
  const dir = temporaryFolder('test')
  const write = (path: string, text: string): void => {
    const file = join(dir, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const defaults = {
    'package.json': '{ "type": "module", "private": true }\n',
    'godwit.config.ts': defaultConfig(files, database?.url ?? 'sqlite:./app.db'),
  }
  for (const [path, text] of Object.entries({ ...defaults, ...files })) write(path, text)
  linkGodwit(dir)
  const start: TestProject['start'] = (args, env = {}) =>
    spawn(process.execPath, [bin, ...args], { cwd: dir, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] })
  return {
    dir,
    run: (args, env) => finished(start(args, env)),
    start,
    write,
    read: (path) => readFileSync(join(dir, path), 'utf8'),
    database: async () => database?.connect() ?? connectSqlite(join(dir, 'app.db')),
  }
}

/**
 * A package `godwit` whose files are the sources. Node strips types of files whose real path lies outside node_modules, and a link to the sources
 * leads there; so models, migrations and the CLI also share one instance of each module.
 */
function linkGodwit(dir: string): void {
  const manifest: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(repository, 'package.json'), 'utf8'),
  )
  const entrances = Object.keys(manifest.exports).filter((entrance) => entrance !== './package.json')
  const exports = Object.fromEntries(
    entrances.map((entrance) => [entrance, `./src/${entrance === '.' ? 'index' : entrance.slice(2)}.ts`]),
  )
  const folder = join(dir, 'node_modules/godwit')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'godwit', type: 'module', exports: { ...exports, './package.json': './package.json' } }),
  )
  symlinkSync(join(repository, 'src'), join(folder, 'src'))
  for (const name of ['kysely', 'pg', 'mysql2'])
    symlinkSync(join(repository, 'node_modules', name), join(dir, 'node_modules', name))
}

/** The environment of this process without what would change how a command speaks or runs. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, FORCE_COLOR: _color, ...rest } = process.env
  return { ...rest, NO_COLOR: '1', ...extra }
}

/** Waits for a process and collects what it said. */
export async function finished(child: ReturnType<typeof spawn>): Promise<Run> {
  const { promise, resolve: done, reject } = Promise.withResolvers<Run>()
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.on('error', reject)
  child.on('close', (code, signal) => done({ code, signal, stdout, stderr }))
  return promise
}
