import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DebianMachine } from './machine.ts'

const run = promisify(execFile)

/** Thrown away with `node_modules`. */
const cache = join(import.meta.dirname, '../../../node_modules/.cache/godwit-servers')

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * A folder in which the package of Debian's unstable suite is unpacked together with everything that it depends on, down to the C library: a root to
 * change into. Nothing is installed: lists, cache and record of apt are apart from the system's. Kept for the next time.
 */
export async function unpackPackage(name: string, machine: DebianMachine): Promise<string> {
  const root = join(cache, name)
  if (existsSync(root)) return root
  mkdirSync(cache, { recursive: true })
  const work = mkdtempSync(join(cache, 'unpacking-'))
  const discard = (): void => rmSync(work, { recursive: true, force: true })
  process.once('exit', discard)
  try {
    const unpacked = join(work, 'root')
    makeRoot(unpacked)
    for (const file of await download(name, work, machine)) await run('dpkg-deb', ['-x', file, unpacked])
    // In one step: whoever is interrupted leaves no half of it.
    renameSync(unpacked, root)
  } finally {
    process.off('exit', discard)
    discard()
  }
  return root
}

/** So that the newest packages are unpacked again. */
export function forgetPackages(): void {
  rmSync(cache, { recursive: true, force: true })
}

async function download(name: string, work: string, { mirror }: DebianMachine): Promise<readonly string[]> {
  const at = (path: string): string => join(work, path)
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(at(folder), { recursive: true })
  writeFileSync(at('sources.list'), `deb [signed-by=${keyring}] ${mirror} unstable main\n`)
  // As if nothing were installed: so all that the package depends on comes with it.
  writeFileSync(at('status'), '')
  const settings = {
    'Dir::Etc::sourcelist': at('sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State::lists': at('lists'),
    'Dir::State::status': at('status'),
    'Dir::Cache': at('cache'),
    'APT::Install-Recommends': 'false',
    // The user that apt downloads as elsewhere may not write here.
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
  }
  const options = Object.entries(settings).flatMap(([setting, value]) => ['-o', `${setting}=${value}`])
  await run('apt-get', [...options, 'update'])
  await run('apt-get', [...options, '--yes', '--download-only', 'install', name])
  return globSync(at('cache/archives/*.deb')).sort()
}

/** The links that a Debian has before the first package, and the folder that servers get something mounted over. */
function makeRoot(root: string): void {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    const link = join(root, name)
    mkdirSync(join(root, 'usr', name), { recursive: true })
    symlinkSync(join('usr', name), link)
  }
  mkdirSync(join(root, 'srv'))
}
