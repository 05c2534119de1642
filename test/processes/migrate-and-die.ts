// Migrates a database file and kills itself, with SIGKILL, at the n-th point: before or after a statement.
import { migrateFile } from './migrate-file.ts'

const [path = '', direction = 'forwards', fatal = '0'] = process.argv.slice(2)

await migrateFile(path, direction, (point) => {
  if (point === Number(fatal)) process.kill(process.pid, 'SIGKILL')
})
