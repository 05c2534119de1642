#!/usr/bin/env node
// No static import, and nothing a Node of years ago cannot parse: whoever runs the wrong program must get a sentence, not a syntax error.

function refusal(): string | undefined {
  const versions: { readonly [program: string]: string | undefined } = process.versions
  const needed = 'Godwit needs Node 22.18 or newer, which loads TypeScript by itself'
  if (versions['bun'] !== undefined) {
    return `${needed}; this is Bun ${versions['bun']}. Run it with Node: npx godwit, or without the --bun flag.`
  }
  if (versions['deno'] !== undefined) {
    return `${needed}; this is Deno ${versions['deno']}. Run it with Node: npx godwit.`
  }
  const parts = process.versions.node.split('.')
  const major = Number(parts[0])
  if (major > 22 || (major === 22 && Number(parts[1]) >= 18)) return undefined
  return `${needed}; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.`
}

/** Ends the process once what was written has left it: a module of the user's may hold a connection that would keep it alive. */
function end(code: number): void {
  process.stdout.write('', () => {
    process.stderr.write('', () => {
      process.exit(code)
    })
  })
}

// Whoever reads only the beginning, as `| head` does, has got what was asked for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const refused = refusal()
if (refused === undefined) {
  import('node:module')
    .then((nodeModule) => {
      nodeModule.enableCompileCache()
      return import('./main.ts')
    })
    .then((cli) => cli.main(process.argv.slice(2)))
    .then(end, (error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
      end(1)
    })
} else {
  process.stderr.write(`${refused}\n`)
  process.exitCode = 2
}
