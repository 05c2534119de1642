import type { Migration } from '../../history/migration.ts'
import type { Found } from './finding.ts'
import type { NoWorkTree, WorkTree } from './work-tree.ts'

/** Migration files that nobody else will get, because git ignores them. */
export function ignoredByGit(migrations: readonly Migration[], { ignored }: WorkTree): readonly Found[] {
  return migrations.flatMap((source): readonly Found[] => {
    const rule = source.file === undefined ? undefined : ignored.get(source.file)
    if (rule === undefined) return []
    return [
      {
        id: 'git.ignored',
        severity: 'error',
        app: source.app,
        migration: source.name,
        source,
        message: `git ignores the file of ${source.app}.${source.name} (${rule}).`,
        fix: 'Change the rule so that migrations are no part of it, and commit the file: every other database gets the change from it.',
      },
    ]
  })
}

/** Migration files that are only here yet. */
export function uncommitted(migrations: readonly Migration[], tree: WorkTree): readonly Found[] {
  return migrations.flatMap((source): readonly Found[] => {
    const state = source.file === undefined ? undefined : tree.uncommitted.get(source.file)
    if (state === undefined) return []
    return [
      {
        id: 'git.uncommitted',
        severity: 'warning',
        app: source.app,
        migration: source.name,
        source,
        message: `The file of ${source.app}.${source.name} is ${state}.`,
        fix:
          state === 'changed and not committed'
            ? 'Commit it, or put it back as it was.'
            : 'Commit it together with the models that it belongs to.',
      },
    ]
  })
}

/** Why git could not tell which migrations are new, where it is used. */
export function gitNotAsked(tree: WorkTree | NoWorkTree): readonly Found[] {
  if ('reason' in tree) {
    if (tree.reason === undefined) return []
    return [
      notAsked(
        `git gives no answer here, so which migrations are new or ignored is not known: ${tree.reason}`,
        'Install git where this runs; where the work tree is that of another user: `git config --global --add safe.directory <folder>`.',
      ),
    ]
  }
  if (tree.added !== undefined) return []
  return [
    notAsked(
      'git has no main branch to compare with, so which migrations are new is not known; --since names one.',
      'Fetch more than the last commit (`fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` on GitLab), or say `--since <branch or commit>`.',
    ),
  ]
}

function notAsked(message: string, fix: string): Found {
  return { id: 'git.notAsked', severity: 'info', message, fix }
}
