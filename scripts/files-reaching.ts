import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The test files that import a module of `test/`, themselves or by way of others there. */
export function filesReaching(module: string): readonly string[] {
  const importsOf = new Map(globSync('test/**/*.ts').map((file) => [file, importsIn(file)]))
  const reaching = new Set([module])
  let before: number
  do {
    before = reaching.size
    for (const [file, imports] of importsOf) if (imports.some((imported) => reaching.has(imported))) reaching.add(file)
  } while (reaching.size > before)
  return [...reaching].filter((file) => file.endsWith('.test.ts'))
}

function importsIn(file: string): readonly string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)
  return [...imports].map(([, path = '']) => join(dirname(file), path))
}
