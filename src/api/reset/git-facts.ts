import { relative } from 'node:path'
import { runGit } from '../../lib/run-git.ts'

/** What git says of the files of a history. */
export interface GitFacts {
  /** Why git has nothing to say; absent where it has. */
  readonly absent?: 'noGit' | 'noRepository' | 'noCommit'
  /** Absent where no branch is checked out. */
  readonly branch?: string
  /** The last commit, where it holds every one of the files as it is. */
  readonly commit?: string
  /** What is changed or not committed in the folders of the files, by its path. */
  readonly dirty: readonly string[]
  /** How many other files of the work tree are. */
  readonly dirtyElsewhere: number
  /** Those of the files that git ignores, by path. */
  readonly ignored: readonly string[]
}

/** Asks git about the files of a history, and the folders that they are in. */
export async function gitFacts(
  root: string,
  { files, folders }: { readonly files: readonly string[]; readonly folders: readonly string[] },
): Promise<GitFacts> {
  const none = { dirty: [], dirtyElsewhere: 0, ignored: [] }
  const inside = await runGit(root, ['rev-parse', '--is-inside-work-tree'])
  if ('problem' in inside) return { absent: inside.problem === 'absent' ? 'noGit' : 'noRepository', ...none }
  const [head, branch, here, whole, ignored] = await Promise.all([
    runGit(root, ['rev-parse', '--short=12', '--verify', 'HEAD']),
    runGit(root, ['branch', '--show-current']),
    runGit(root, ['status', '--porcelain', '-z', '--untracked-files=all', '--', ...folders]),
    runGit(root, ['status', '--porcelain', '-z']),
    runGit(root, ['check-ignore', '-z', '--stdin'], `${files.join('\0')}\0`),
  ])
  const dirty = changedIn(here)
  const unkept = pathsIn(ignored).map((path) => relative(root, path))
  const name = textOf(branch)
  const commit = textOf(head)
  return {
    ...(commit === '' && { absent: 'noCommit' as const }),
    ...(name !== '' && { branch: name }),
    ...(commit !== '' && dirty.length + unkept.length === 0 && { commit }),
    dirty,
    dirtyElsewhere: Math.max(0, changedIn(whole).length - dirty.length),
    ignored: unkept,
  }
}

type Answer = Awaited<ReturnType<typeof runGit>>

function textOf(answer: Answer): string {
  return 'text' in answer ? answer.text.trim() : ''
}

function pathsIn(answer: Answer): readonly string[] {
  return 'text' in answer ? answer.text.split('\0').filter((path) => path !== '') : []
}

/** ` M path`, `?? path`; behind the new name of what was renamed comes the old one. */
function changedIn(answer: Answer): readonly string[] {
  return pathsIn(answer).flatMap((entry) => /^[ MTADRCU?!]{2} (.+)$/s.exec(entry)?.[1] ?? [])
}
