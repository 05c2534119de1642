import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { GodwitError } from '../../src/errors/error.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { chosenApps, chosenDatabase } from '../../src/project/project.ts'

/** A folder with these files; it is removed when the test ends. */
function folder(context: { after(done: () => void): void }, files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'godwit-config-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  context.after(() => rmSync(dir, { recursive: true }))
  return dir
}

async function refusal(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof GodwitError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'not refused'
}

const models = { 'src/blog/models.ts': 'export {}', 'src/billing/models.ts': 'export {}' }

describe('a config', () => {
  test('is found from a folder below it, and its paths start where it stands', async (t) => {
    const dir = folder(t, {
      ...models,
      'godwit.config.ts':
        "export default { apps: { blog: './src/blog', money: './src/billing' }, databases: { default: 'x:y' } }",
    })
    const project = await loadProject({ cwd: join(dir, 'src/blog') })
    assert.equal(project.root, dir)
    assert.deepEqual(
      [...project.apps],
      [
        ['blog', join(dir, 'src/blog')],
        ['money', join(dir, 'src/billing')],
      ],
    )
    assert.equal(chosenDatabase(project), 'x:y')
  })

  test('may be named, may end in .mjs, and may list folders whose last parts are the labels', async (t) => {
    const dir = folder(t, {
      ...models,
      'other.mjs': "export default { apps: ['src/blog/', './src/billing'], databases: { default: 'x:y' } }",
    })
    const project = await loadProject({ cwd: dir, config: 'other.mjs' })
    assert.deepEqual(chosenApps(project), ['blog', 'billing'])
    assert.deepEqual(chosenApps(project, ['billing', 'billing']), ['billing'])
  })

  test('is refused in one sentence, whatever is wrong with it', async (t) => {
    const good = "apps: ['src/blog'], databases: { default: 'x:y' }"
    const configs: readonly (readonly [config: string, refusal: string])[] = [
      ['export const config = {}', 'config.noDefaultExport: c.mjs has no default export.'],
      ['export default () => ({})', 'config.notAnObject: The default export of c.mjs is a function, not an object.'],
      [
        `export default { ${good}, database: 1 }`,
        'config.unknownKey: c.mjs has a key that Godwit does not know: "database". Did you mean "databases"?',
      ],
      [
        "export default { databases: { default: 'x:y' } }",
        'config.missingKey: c.mjs does not say which apps there are.',
      ],
      ["export default { apps: ['src/blog'] }", 'config.missingKey: c.mjs does not say which databases there are.'],
      [`export default { ...{ ${good} }, apps: 'src/blog' }`, 'config.appsNotUsable: `apps` in c.mjs is a text.'],
      [`export default { ...{ ${good} }, apps: [] }`, 'config.noApps: `apps` in c.mjs is empty.'],
      [
        `export default { ...{ ${good} }, apps: [1] }`,
        'config.appFolderNotUsable: The folder of the app number 1 in c.mjs is a number.',
      ],
      [
        `export default { ...{ ${good} }, apps: { blog: '' } }`,
        'config.appFolderNotUsable: The folder of the app blog in c.mjs is an empty text.',
      ],
      [
        `export default { ...{ ${good} }, apps: { 'my-app': 'src/blog' } }`,
        'config.labelNotUsable: An app cannot be called "my-app" (in c.mjs).',
      ],
      [
        `export default { ...{ ${good} }, apps: ['src/blog', 'lib/blog'] }`,
        'config.labelTwice: Two folders in c.mjs would both be the app "blog": src/blog, lib/blog.',
      ],
      [
        `export default { ...{ ${good} }, apps: { a: 'src/blog', b: './src/blog/' } }`,
        'config.folderTwice: The folder ./src/blog/ is given to two apps in c.mjs: a, b.',
      ],
      [
        `export default { ...{ ${good} }, apps: ['src/bloog'] }`,
        'config.appFolderMissing: The folder of the app bloog does not exist: src/bloog. Did you mean "blog"?',
      ],
      [
        `export default { ...{ ${good} }, apps: ['a/b/c'] }`,
        'config.appFolderMissing: The folder of the app c does not exist: a/b/c.',
      ],
      [
        `export default { ...{ ${good} }, apps: { blog: 'src/blog/models.ts' } }`,
        'config.appFolderIsFile: The folder of the app blog is a file: src/blog/models.ts.',
      ],
      [
        `export default { ...{ ${good} }, databases: ['x:y'] }`,
        'config.databasesNotUsable: `databases` in c.mjs is an array.',
      ],
      [`export default { ...{ ${good} }, databases: {} }`, 'config.noDatabases: `databases` in c.mjs is empty.'],
      [
        `export default { ...{ ${good} }, databases: { default: undefined } }`,
        'config.databaseNotUsable: The database default in c.mjs is nothing.',
      ],
      [
        `export default { ...{ ${good} }, databases: { default: { uri: 'x:secret' } } }`,
        'config.databaseNotUsable: The database default in c.mjs is an object with the key uri, and neither url nor dialect.',
      ],
      [
        `export default { ...{ ${good} }, databases: { default: { dialect: 'sqlite' } } }`,
        'config.databaseNotUsable: The database default in c.mjs is an object whose dialect is a text.',
      ],
      [
        `export default { ...{ ${good} }, databases: { default: { dialect: {} } } }`,
        'config.databaseNotUsable: The database default in c.mjs is an object with a dialect and no kind.',
      ],
      ['export default {', 'loading.syntax'],
    ]
    for (const [text, expected] of configs) {
      const dir = folder(t, { ...models, 'lib/blog/models.ts': 'export {}', 'c.mjs': text })
      const actual = await refusal(() => loadProject({ cwd: dir, config: 'c.mjs' }))
      assert.equal(actual.slice(0, expected.length), expected)
    }
  })

  test('is refused where there is none, two, or not the named one', async (t) => {
    const dir = folder(t, { 'two/godwit.config.js': '', 'two/godwit.config.ts': '', 'none/x': '' })
    assert.match(
      await refusal(() => loadProject({ cwd: join(dir, 'none') })),
      /^config\.notFound: There is no godwit\.config\.ts in /,
    )
    assert.match(
      await refusal(() => loadProject({ cwd: join(dir, 'two') })),
      /^config\.severalFiles: .* godwit\.config\.js, godwit\.config\.ts\.$/,
    )
    assert.equal(
      await refusal(() => loadProject({ cwd: dir, config: 'x.ts' })),
      'config.fileMissing: The config file x.ts does not exist.',
    )
  })

  test('has no app and no database but those it names', async (t) => {
    const dir = folder(t, {
      ...models,
      'godwit.config.mjs':
        "export default { apps: ['src/blog', 'src/billing'], databases: { main: 'x:y', replica: 'x:z' } }",
    })
    const project = await loadProject({ cwd: dir })
    assert.deepEqual(
      [
        await refusal(() => chosenApps(project, ['biling'])),
        await refusal(() => chosenDatabase(project, 'repliac')),
        await refusal(() => chosenDatabase(project)),
      ],
      [
        'config.unknownApp: There is no app called "biling". Did you mean "billing"?',
        'config.unknownDatabase: godwit.config.mjs has no database called "repliac". Did you mean "replica"?',
        'config.noDefaultDatabase: godwit.config.mjs has no database called "default", and none was named.',
      ],
    )
  })
})
