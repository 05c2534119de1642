// Runs command lines for as long as its parent wants, each twice, for a program and for a person, as two processes would: to start Node and to load
// Godwit takes longer than most commands.
import { main } from '../../src/cli/main.ts'
import { type CommandLine, separator } from './command-line.ts'

process.on('message', ({ dir, args }: CommandLine) => {
  process.chdir(dir)
  runTwice(args).then((codes) => process.send?.(codes))
})

async function runTwice(args: readonly string[]): Promise<readonly number[]> {
  const codes: number[] = []
  for (const line of [[...args, '--json'], args]) {
    codes.push(await main(line))
    process.stdout.write(separator)
    process.stderr.write(separator)
  }
  return codes
}
