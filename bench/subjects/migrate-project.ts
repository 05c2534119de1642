// Migrates a project from inside a process that has imported all its files, and prints how many milliseconds that took: opening the database,
// reading the record, planning, carrying out, closing.
// Usage: node migrate-project.ts <dist folder of the package> <project folder>
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , dist = '', cwd = ''] = process.argv
const fromDist = (path: string): string => pathToFileURL(join(dist, path)).href
const [{ loadProject }, { loadGraph }, { openDatabase }, { migrate }] = (await Promise.all([
  import(fromDist('project/load-project.js')),
  import(fromDist('api/load-graph.js')),
  import(fromDist('api/open-database.js')),
  import(fromDist('execution/migrate.js')),
])) as [
  typeof import('../../src/project/load-project.ts'),
  typeof import('../../src/api/load-graph.ts'),
  typeof import('../../src/api/open-database.ts'),
  typeof import('../../src/execution/migrate.ts'),
]

const project = await loadProject({ cwd })
const graph = await loadGraph(project)
// Everything is imported before the clock starts: the driver and Kysely come with the first database. A file is not made before its time.
const address = String(project.databases.get('default'))
const like = address.startsWith('sqlite:') ? 'sqlite::memory:' : address
const warm = await openDatabase({ ...project, databases: new Map([['default', like]]) })
// Kysely is imported when it is first asked for.
await warm.kysely.destroy()
await warm.close()

const started = performance.now()
const session = await openDatabase(project)
await migrate({ session, graph })
await session.close()
console.log(performance.now() - started)
