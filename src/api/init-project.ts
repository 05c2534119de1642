import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { embeddedFiles, embeddedUrl } from '../dialects/embedded.ts'
import { configsIn } from '../project/find-config.ts'

export interface InitProjectOptions {
  /** The folder to begin in; the working directory if not given. */
  readonly cwd?: string
}

export interface InitProjectResult {
  /** Absolute paths, as are those of `kept`. */
  readonly written: readonly string[]
  /** What stood there already and was left alone. */
  readonly kept: readonly string[]
  /** How Node takes the `.ts` files of this folder: they need `module`. */
  readonly moduleType: 'module' | 'commonjs' | 'noPackage'
  /** Whether the package `godwit` can be imported from there. */
  readonly installed: boolean
  /** Files of the database that no line of .gitignore names; none where nothing was begun. */
  readonly notIgnored: readonly string[]
}

/** Writes a config and a first app. Overwrites nothing; where a config stands already, nothing is written at all. */
export async function initProject({ cwd = process.cwd() }: InitProjectOptions): Promise<InitProjectResult> {
  const root = resolve(cwd)
  const facts = { moduleType: moduleTypeAt(root), installed: isInstalledAt(root) }
  const configs = configsIn(root).map((name) => join(root, name))
  if (configs.length > 0) return { written: [], kept: configs, ...facts, notIgnored: [] }
  const app = existsSync(join(root, 'src')) ? 'src/notes' : 'notes'
  const files = [
    [join(root, 'godwit.config.ts'), configText(app)],
    [join(root, app, 'models.ts'), sampleModels],
  ] as const
  const written: string[] = []
  const kept: string[] = []
  for (const [file, text] of files) ((await writeNew(file, text)) ? written : kept).push(file)
  return { written, kept, ...facts, notIgnored: notIgnoredAt(root) }
}

/** Writes a file unless there is one; says whether it did. */
async function writeNew(file: string, text: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function moduleTypeAt(folder: string): InitProjectResult['moduleType'] {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) {
    const above = dirname(folder)
    return above === folder ? 'noPackage' : moduleTypeAt(above)
  }
  try {
    const content: { readonly type?: unknown } = JSON.parse(readFileSync(file, 'utf8'))
    return content.type === 'module' ? 'module' : 'commonjs'
  } catch {
    // A package.json that is no JSON says nothing about modules; npm will complain of it soon enough.
    return 'commonjs'
  }
}

function isInstalledAt(folder: string): boolean {
  try {
    createRequire(join(folder, 'package.json')).resolve('godwit/package.json')
    return true
  } catch {
    return false
  }
}

/** By the letter: a pattern that matches them as well is for its author to know. */
function notIgnoredAt(folder: string): readonly string[] {
  const file = join(folder, '.gitignore')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const named = new Set(lines.map((line) => line.trim().replace(/^\//, '')))
  return embeddedFiles.filter((name) => !named.has(name))
}

function configText(app: string): string {
  return `import { defineConfig } from 'godwit'

export default defineConfig({
  // Label of the app → the folder with its models.ts and migrations/
  apps: { notes: './${app}' },
  databases: { default: '${embeddedUrl}' },
})
`
}

/** The models that a project begins with. */
export const sampleModels = `import { f, index, model, now } from 'godwit'

export const Note = model(
  'Note',
  {
    title: f.char({ maxLength: 100 }),
    body: f.text({ default: '' }),
    pinned: f.boolean({ default: false }),
    createdAt: f.dateTime({ default: now() }),
  },
  { indexes: [index({ fields: ['-createdAt'] })] },
)
`
