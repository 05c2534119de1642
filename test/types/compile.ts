import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { temporaryFolder } from '../support/temporary-folder.ts'

const tsc = resolve('node_modules/.bin/tsc')

/** Where the package's declarations are. */
export interface Published {
  readonly library: string
}

/** What the compiler made of a user's project. */
export interface Compiled {
  /** Its objections; empty when it had none. */
  readonly output: string
  /** How many types it made of others: its work, as a number that does not depend on the machine. */
  readonly instantiations: number
  /** The declarations by path, where they were asked for. */
  readonly declarations: Readonly<Record<string, string>>
}

/**
 * Compiles sources that import `godwit` and `kysely` under strict flags, in a folder of their own. With `published`, declarations are emitted,
 * against those of this package as `emitLibrary` made them: against its sources, the compiler would write their declarations beside them.
 */
export function compile(files: Readonly<Record<string, string>>, published?: Published): Compiled {
  const folder = temporaryFolder('types')
  for (const [path, text] of Object.entries(files)) writeFile(join(folder, path), text)
  writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const paths = {
    godwit: [published?.library ?? resolve('src/index.ts')],
    'godwit/migrations': [
      published === undefined ? resolve('src/migrations.ts') : join(dirname(published.library), 'migrations.d.ts'),
    ],
    kysely: [resolve('node_modules/kysely/dist/index.d.ts')],
  }
  const emission = published
    ? { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: 'out', rootDir: '.' }
    : {}
  const compilerOptions = { typeRoots: [resolve('node_modules/@types')], paths, ...emission }
  const config = { extends: resolve('tsconfig.json'), compilerOptions, include: ['*.ts'], exclude: ['out'] }
  writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const { stdout, stderr } = spawnSync(tsc, ['-p', '.', '--extendedDiagnostics'], { cwd: folder, encoding: 'utf8' })
  const report = `${stdout}${stderr}`
  const output = report
    .split('\n')
    .filter((line) => /error|^ /.test(line))
    .join('\n')
  const instantiations = Number(/^Instantiations:\s+(\d+)/m.exec(report)?.[1])
  const emitted = globSync('**/*.d.ts', { cwd: join(folder, 'out') })
  const declarations = emitted.map((path) => [path, readFileSync(join(folder, 'out', path), 'utf8')])
  return { output, instantiations, declarations: Object.fromEntries(declarations) }
}

/** The declarations of this package as they are published, in a folder that goes with the process. */
export function emitLibrary(): Published {
  const folder = temporaryFolder('types')
  spawnSync(tsc, ['-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', folder])
  writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  return { library: join(folder, 'index.d.ts') }
}

function writeFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
