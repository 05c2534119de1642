// Migrates a database file and kills itself, with SIGKILL, at the n-th point: before or after a statement.
import { openSqlite } from '../../src/dialects/sqlite/index.ts'
import { migrate } from '../../src/execution/migrate.ts'
import { killHistory } from './history.ts'

const [path = '', direction = 'forwards', fatal = '0'] = process.argv.slice(2)
let point = 0

const session = await openSqlite({
  path,
  observe: () => {
    point += 1
    if (point === Number(fatal)) process.kill(process.pid, 'SIGKILL')
  },
})
await migrate({
  session,
  graph: killHistory(),
  ...(direction === 'backwards' ? { target: { kind: 'zero', app: 'blog' } } : {}),
})
await session.close()
console.log(JSON.stringify({ points: point }))
