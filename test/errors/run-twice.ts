// Runs one command line twice in one process, for a program and for a person, as two processes would: starting Node takes longer than the command.
import { enableCompileCache } from 'node:module'
import { main } from '../../src/cli/main.ts'

/** Stands between the two on both streams, and before the exit codes. */
const separator = '\0'

enableCompileCache()
const args = process.argv.slice(2)
const codes: number[] = []
for (const line of [[...args, '--json'], args]) {
  codes.push(await main(line))
  process.stdout.write(separator)
  process.stderr.write(separator)
}
process.stdout.write(JSON.stringify(codes), () => {
  process.stderr.write('', () => process.exit(0))
})
