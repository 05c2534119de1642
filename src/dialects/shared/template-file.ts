import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail } from '../../errors/error.ts'
import { lockFile } from './lock-file.ts'
import { type Template, templateName, templatesOf, templateWait } from './template.ts'

/** What no process used for so many milliseconds goes when another template is made. */
const keptUnused = 7 * 24 * 60 * 60 * 1000

const read = new Map<string, Promise<Buffer>>()

/**
 * The content of a template that is a file, kept in the folder for temporary files and made by whichever process comes first. It appears whole or not at
 * all, so a process that dies while it makes one leaves nothing that another would use.
 */
export function templateFile(
  template: Template,
  ending: string,
  make: (path: string) => Promise<void>,
): Promise<Buffer> {
  const path = join(templatesFolder(), `${templateName(template)}.${ending}`)
  const known = read.get(path) ?? readOrMake(path, template, make)
  read.set(path, known)
  // The next one may have more luck.
  known.catch(() => read.delete(path))
  return known
}

async function readOrMake(path: string, { owner }: Template, make: (path: string) => Promise<void>): Promise<Buffer> {
  const there = used(path)
  if (there !== undefined) return there
  const lock = await lockFile(`${path}-lock`, {
    timeout: templateWait,
    giveUp: () => fail('database.inUse', { database: path, seconds: templateWait / 1000 }),
    explain: (error) => (error instanceof Error ? error : new Error(String(error))),
  })
  try {
    const made = used(path)
    if (made !== undefined) return made
    sweep(path, owner)
    const draft = `${path}.${randomBytes(4).toString('hex')}.draft`
    try {
      await make(draft)
      const content = readFileSync(draft)
      renameSync(draft, path)
      return content
    } finally {
      rmSync(draft, { force: true })
    }
  } finally {
    await lock.release()
  }
}

/** Undefined where there is none: processes of another commit, which make a template of their own, remove it at any moment. */
function used(path: string): Buffer | undefined {
  const now = new Date()
  try {
    utimesSync(path, now, now)
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Removes what the same owner had before, and what nobody has used for long. */
function sweep(path: string, owner: string): void {
  const folder = templatesFolder()
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    if (file.startsWith(path)) continue
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    const isOld = name.startsWith(templatesOf(owner)) && !name.endsWith('-lock') && !name.endsWith('.draft')
    if (isOld || age > keptUnused) rmSync(file, { force: true })
  }
}

/** One for each user, by number: in a container a user may have no name. Where users have no numbers, each has temporary files of their own. */
export function templatesFolder(): string {
  const folder = join(tmpdir(), `godwit-templates-${process.getuid?.() ?? 'own'}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
