import { type CheckProjectOptions, checkProject, type Finding, loadProject } from '../../src/api.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { commitAll, git } from '../support/real-git.ts'

export const models = `
import { f, model } from 'godwit'
export const Post = model('Post', { title: f.char({ maxLength: 20 }), body: f.text() })
`
/** A migration after another, of these operations. */
export function migration(after: string | undefined, operations: string, rest = ''): string {
  return `import { addField, batched, createModel, defineMigration, deleteModel, f, removeField, runCode, runSql } from 'godwit/migrations'

export default defineMigration({
  dependencies: [${after === undefined ? '' : `['blog', '${after}']`}],
  ${rest}operations: [
    ${operations},
  ],
})
`
}
const createPost = `createModel({
      name: 'Post',
      fields: { id: f.bigAuto({ primaryKey: true }), title: f.char({ maxLength: 20 }), body: f.text() },
    })`
export const files = { 'blog/models.ts': models, 'blog/migrations/0001_initial.ts': migration(undefined, createPost) }
export const dropBody = {
  'blog/models.ts': models.replace(', body: f.text()', ''),
  'blog/migrations/0002_drop_body.ts': migration('0001_initial', "removeField({ model: 'Post', name: 'body' })"),
}

/** The project with all that is in it committed to a main branch, and then these files on a branch of their own. */
export function branched(
  first: Readonly<Record<string, string>>,
  later: Readonly<Record<string, string>>,
): TestProject {
  const project = createProject({ files: { '.gitignore': 'node_modules\n', ...first } })
  git(project.dir, 'init', '--quiet')
  commitAll(project.dir, 'first')
  git(project.dir, 'checkout', '--quiet', '-b', 'feature')
  for (const [path, text] of Object.entries(later)) project.write(path, text)
  if (Object.keys(later).length > 0) commitAll(project.dir, 'later')
  return project
}

/** What is found, a line each: how bad, what and where. */
export async function found(
  project: Pick<TestProject, 'dir'>,
  options: CheckProjectOptions = {},
): Promise<readonly string[]> {
  const { findings } = await checkProject({ project: await loadProject({ cwd: project.dir }), ...options })
  return findings.map(inShort)
}

export function inShort({ severity, id, file, line, app, migration: name }: Finding): string {
  const place = file === undefined ? (name ?? app ?? '') : `${file}${line === undefined ? '' : `:${line}`}`
  return `${severity} ${id} ${place}`.trim()
}
