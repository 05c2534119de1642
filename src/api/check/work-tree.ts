import { join, relative, resolve } from 'node:path'
import { fail } from '../../errors/error.ts'
import { isInGit } from '../../lib/is-in-git.ts'
import { type GitAnswer, runGit } from '../../lib/run-git.ts'

/** What git knows of some folders. Files are absolute. */
export interface WorkTree {
  readonly root: string
  /** With the rule that ignores them: `.gitignore:3: migrations/`. */
  readonly ignored: ReadonlyMap<string, string>
  readonly uncommitted: ReadonlyMap<string, Uncommitted>
  /** What came since the branch left the one that it is compared with; absent where that cannot be told. */
  readonly added?: ReadonlySet<string>
}

/** How a file is not committed. */
export type Uncommitted = 'not in git' | 'not committed' | 'changed and not committed'

/** Why git has no answer; `undefined` where nobody uses it here, which is nobody's mistake. */
export interface NoWorkTree {
  readonly reason: string | undefined
}

type Refusal = Exclude<GitAnswer, { readonly text: string }>

/** Asks git about some folders and the files in them. `since`: what is newer counts as new; otherwise the main branch is looked for. */
export async function readWorkTree(
  cwd: string,
  { folders, since }: { readonly folders: readonly string[]; readonly since?: string | undefined },
): Promise<WorkTree | NoWorkTree> {
  const top = await runGit(cwd, ['rev-parse', '--show-cdup'])
  if ('problem' in top) {
    if (since !== undefined) fail('checking.unknownRef', { ref: since })
    return { reason: reasonOf(top, folders) }
  }
  // By the way up, so that a link in the path stays a link: files are compared by their paths.
  const root = resolve(cwd, top.text.replace(/\r?\n$/, ''))
  const inside = folders.filter((folder) => !relative(root, folder).startsWith('..'))
  // Without a folder git would answer for all of them.
  if (inside.length === 0) return { root, ignored: new Map(), uncommitted: new Map(), added: new Set() }
  const [uncommitted, ignored, commit] = await Promise.all([
    uncommittedIn(root, inside),
    ignoredIn(root, inside),
    mergeBase(root, since),
  ])
  if (commit === undefined) return { root, ignored, uncommitted }
  const tracked = await addedSince(root, commit, inside)
  const untracked = [...uncommitted].flatMap(([file, state]) => (state === 'not in git' ? [file] : []))
  return { root, ignored, uncommitted, added: new Set([...tracked, ...untracked, ...ignored.keys()]) }
}

/** Images of CI often have the work tree and no git. */
function reasonOf({ problem, message }: Refusal, folders: readonly string[]): string | undefined {
  if (problem === 'absent') return folders.some(isInGit) ? 'it is not installed' : undefined
  return /not a git repository/i.test(message) ? undefined : message.split('\n')[0]
}

async function uncommittedIn(root: string, folders: readonly string[]): Promise<WorkTree['uncommitted']> {
  const status = await runGit(root, [
    'status',
    '--porcelain',
    '-z',
    '--untracked-files=all',
    '--no-renames',
    '--',
    ...folders,
  ])
  if ('problem' in status) return new Map()
  return new Map(
    status.text
      .split('\0')
      .filter((entry) => entry !== '' && !entry.slice(0, 2).includes('D'))
      .map((entry) => [join(root, entry.slice(3)), stateOf(entry.slice(0, 2))]),
  )
}

function stateOf(code: string): Uncommitted {
  if (code === '??') return 'not in git'
  return code.startsWith('A') ? 'not committed' : 'changed and not committed'
}

/** The files in the folders that are ignored and not in git all the same. */
async function ignoredIn(root: string, folders: readonly string[]): Promise<WorkTree['ignored']> {
  const listed = await runGit(root, ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--', ...folders])
  if ('problem' in listed || listed.text === '') return new Map()
  const rules = await runGit(root, ['check-ignore', '--verbose', '-z', '--stdin'], listed.text)
  if ('problem' in rules) return new Map()
  const words = rules.text.split('\0').slice(0, -1)
  const found = new Map<string, string>()
  for (let at = 0; at + 3 < words.length; at += 4) {
    const [source, line, pattern, path = ''] = words.slice(at, at + 4)
    found.set(join(root, path), `${source}:${line}: ${pattern}`)
  }
  return found
}

/** The commit at which the branch left the main one, or what is named: on the main branch itself that is where it stands. */
async function mergeBase(root: string, since: string | undefined): Promise<string | undefined> {
  if (since !== undefined) return (await mergeBaseWith(root, since)) ?? fail('checking.unknownRef', { ref: since })
  const target = process.env['GITHUB_BASE_REF']
  const usual = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']
  for (const name of target ? [`origin/${target}`, ...usual] : usual) {
    const base = await mergeBaseWith(root, name)
    if (base !== undefined) return base
  }
  return undefined
}

async function mergeBaseWith(root: string, name: string): Promise<string | undefined> {
  const commit = await runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])
  const base = 'text' in commit ? await runGit(root, ['merge-base', 'HEAD', commit.text.trim()]) : commit
  return 'text' in base ? base.text.trim() : undefined
}

async function addedSince(root: string, commit: string, folders: readonly string[]): Promise<readonly string[]> {
  const args = ['diff', '--name-only', '-z', '--diff-filter=A', '--no-renames', commit, '--', ...folders]
  const diff = await runGit(root, args)
  return 'problem' in diff
    ? []
    : diff.text
        .split('\0')
        .filter((path) => path !== '')
        .map((path) => join(root, path))
}
