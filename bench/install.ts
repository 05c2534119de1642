import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Godwit as a project has it: built, under `node_modules`. */
export interface Installation {
  /** The folder that projects stand in; `node_modules` is there. */
  readonly root: string
  readonly dist: string
  readonly bin: string
}

const repository = join(import.meta.dirname, '..')

/** Builds the package and installs it in a folder: what is measured is what people get, JavaScript and not stripped TypeScript. */
export function installGodwit(root: string): Installation {
  const folder = join(root, 'node_modules', 'godwit')
  const dist = join(folder, 'dist')
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(repository, 'package.json'), join(folder, 'package.json'))
  const tsc = join(repository, 'node_modules', '.bin', 'tsc')
  const { status, stdout } = spawnSync(tsc, ['-p', 'tsconfig.build.json', '--outDir', dist], {
    cwd: repository,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`Godwit does not build:\n${stdout}`)
  // The driver of a server is the project's own: it is asked for, and not installed along.
  for (const name of [...dependencies(), 'pg', 'mysql2']) {
    const link = join(root, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(repository, 'node_modules', name), link)
  }
  return { root, dist, bin: join(dist, 'cli', 'bin.js') }
}

function dependencies(): readonly string[] {
  const content: { readonly dependencies: { readonly [name: string]: string } } = JSON.parse(
    readFileSync(join(repository, 'package.json'), 'utf8'),
  )
  return Object.keys(content.dependencies)
}
