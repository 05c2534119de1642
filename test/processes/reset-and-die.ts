// Resets the history of an app, or takes that back, and kills itself, with SIGKILL, at the n-th step that changes files or rows.
import { restoreReset } from '../../src/api/reset/restore.ts'
import { resetMigrations } from '../../src/api/reset-migrations.ts'

const [cwd = '', action = '', fatal = '0'] = process.argv.slice(2)
let steps = 0
const onStep = (step: string): void => {
  steps += 1
  if (steps === Number(fatal)) process.kill(process.pid, 'SIGKILL')
  process.stdout.write(`${step}\n`)
}
await (action === 'restore' ? restoreReset({ cwd, onStep }) : resetMigrations({ cwd, apps: ['billing'], onStep }))
