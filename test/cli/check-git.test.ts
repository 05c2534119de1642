import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { checkProject } from '../../src/api.ts'
import { createProject } from '../support/project.ts'
import { git } from '../support/real-git.ts'
import { branched, dropBody, files, found, migration } from './checked-project.ts'

describe('check, and git', { concurrency: 2 }, () => {
  const destructive = [
    'warning migrations.destructive blog/migrations/0002_drop_body.ts:6',
    'info migrations.needsEmptyTable blog/migrations/0002_drop_body.ts:6',
  ]

  test('what came since the main branch is new', async () => {
    const project = branched(files, dropBody)
    assert.deepEqual(await found(project), destructive)
    assert.deepEqual(await found(project, { since: 'HEAD~1' }), destructive)
    assert.deepEqual(await found(project, { since: 'HEAD' }), [])
    git(project.dir, 'checkout', '--quiet', 'main')
    git(project.dir, 'merge', '--quiet', 'feature')
    assert.deepEqual(await found(project), [], 'on the main branch nothing is')
    await assert.rejects(found(project, { since: 'nowhere' }), { code: 'checking.unknownRef' })
    await assert.rejects(found(project, { since: '--all' }), { code: 'checking.unknownRef' })
  })

  test('what came and goes within what is new loses nothing', async () => {
    const later = {
      ...dropBody,
      'blog/migrations/0002_drop_body.ts': migration(
        '0001_initial',
        `createModel({ name: 'Tag', fields: { id: f.bigAuto({ primaryKey: true }), word: f.text() } }),
    removeField({ model: 'Tag', name: 'word' }),
    deleteModel({ name: 'Tag' }),
    removeField({ model: 'Post', name: 'body', fillRestored: '' })`,
      ),
    }
    assert.deepEqual(await found(branched(files, later)), [
      'warning migrations.destructive blog/migrations/0002_drop_body.ts:9',
      'info migrations.needsEmptyTable blog/migrations/0002_drop_body.ts:7',
    ])
  })

  test('what is only in the folder, or changed there, or ignored, is not what others get', async () => {
    const project = branched(
      {
        ...files,
        'blog/migrations/0002_code.ts': migration('0001_initial', 'runSql({ forwards: [], backwards: [] })'),
      },
      {},
    )
    project.write('blog/migrations/0002_code.ts', `${project.read('blog/migrations/0002_code.ts')}// more\n`)
    project.write('blog/migrations/0003_new name.ts', migration('0002_code', 'runSql({ forwards: [], backwards: [] })'))
    project.write('blog/migrations/0004_müde.ts', migration('0003_new name', 'runSql({ forwards: [], backwards: [] })'))
    project.write('.gitignore', 'node_modules\n0004_*\n')
    assert.deepEqual(await found(project), [
      'error git.ignored blog/migrations/0004_müde.ts',
      'warning git.uncommitted blog/migrations/0002_code.ts',
      'warning git.uncommitted blog/migrations/0003_new name.ts',
    ])
    const { findings } = await checkProject({ cwd: project.dir })
    assert.equal(findings[0]?.message, 'git ignores the file of blog.0004_müde (.gitignore:2: 0004_*).')
  })

  test('paths are from the work tree, whose folder the config need not be', async () => {
    const inside = Object.fromEntries(Object.entries(files).map(([path, text]) => [`api/${path}`, text]))
    const config = "export default { apps: ['./blog'], databases: { default: 'sqlite:./app.db' } }\n"
    const project = branched({ ...inside, 'api/godwit.config.ts': config }, {})
    project.write('api/blog/migrations/0002_data.ts', migration('0001_initial', 'runCode({ async forwards() {} })'))
    assert.deepEqual(await found({ dir: join(project.dir, 'api') }), [
      'warning migrations.dataWithoutReverse api/blog/migrations/0002_data.ts:6',
      'warning git.uncommitted api/blog/migrations/0002_data.ts',
    ])
  })

  test('a clone without history says that it cannot tell, and goes on', async () => {
    const project = branched(files, dropBody)
    const clone = createProject({ files: {} })
    // As CI fetches one commit of one branch.
    git(clone.dir, 'init', '--quiet', '--initial-branch=feature', '.')
    git(clone.dir, 'fetch', '--quiet', '--depth=1', `file://${project.dir}`, '+feature:refs/remotes/origin/feature')
    git(clone.dir, 'checkout', '--quiet', '--force', '-B', 'feature', 'refs/remotes/origin/feature')
    assert.deepEqual(await found(clone), ['info git.notAsked'])
  })
})
