// Migrates a database and kills itself, with SIGKILL, at the n-th point: before or after a statement.
import { isHistoryName } from './history.ts'
import { migrateDatabase } from './migrate-database.ts'

const [url = '', direction, fatal = '0', history] = process.argv.slice(2)

await migrateDatabase(url, direction === 'backwards' ? 'backwards' : 'forwards', {
  history: isHistoryName(history) ? history : 'kill',
  rollback: direction === 'rollback',
  onPoint: (point) => {
    if (point === Number(fatal)) process.kill(process.pid, 'SIGKILL')
  },
})
