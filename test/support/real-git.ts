import { execFileSync } from 'node:child_process'

const author = ['-c', 'user.name=Godwit', '-c', 'user.email=godwit@example.com', '-c', 'init.defaultBranch=main']

/** Runs git in a folder, as somebody who has told it nothing of theirs, and returns what it says. */
export function git(dir: string, ...args: readonly string[]): string {
  // Where the tests run in a hook of git, these name the repository of the hook.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, ...others } = process.env
  const env = { ...others, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  return execFileSync('git', [...author, ...args], { cwd: dir, env, encoding: 'utf8', stdio: 'pipe' }).trim()
}

/** Makes a repository of a folder, with all that is in it but for packages and databases. */
export function commitAll(dir: string, message: string): string {
  git(dir, 'add', '--all')
  git(dir, 'commit', '--quiet', '--allow-empty', '-m', message)
  return git(dir, 'rev-parse', '--short=12', 'HEAD')
}
