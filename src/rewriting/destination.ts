import { dirname, join } from 'node:path'
import type { Migration } from '../history/migration.ts'
import { keyOfMigration } from '../history/migration.ts'
import type { Operation } from '../operations/operation.ts'
import type { CodeValue } from '../writer/code.ts'
import type { WriteOptions } from '../writer/write-migration.ts'
import { importStatements, localName } from './import-bindings.ts'
import { type NamesInScope, originOf } from './names-in-scope.ts'
import { fileName, type TextNeeds, withoutEnding } from './text-needs.ts'

/** A migration's file that is to be written, and what has been carried into it so far. */
export interface Destination {
  /** The migration whose file is written anew, if it is there already. */
  readonly into: Migration | undefined
  readonly scope: NamesInScope
  /** Paths of files that will be gone, without their endings. */
  readonly gone: ReadonlySet<string>
  readonly code: Map<CodeValue, string>
  readonly texts: Map<Operation, string>
  readonly specifiers: Set<string>
  /** What is imported for what it does. */
  readonly modules: Set<string>
  /** What a file declares, where it came along as a whole. */
  readonly preambles: Map<Migration, string>
}

/** A file without anything in it yet. */
export function emptyDestination(given: Pick<Destination, 'into' | 'scope' | 'gone'>): Destination {
  return {
    ...given,
    code: new Map(),
    texts: new Map(),
    specifiers: new Set(),
    modules: new Set(),
    preambles: new Map(),
  }
}

/** Whether a file will be there to import from. */
export function stays({ gone }: Pick<Destination, 'gone'>, file: string): boolean {
  return !gone.has(withoutEnding(file))
}

/** The name by which a migration's file exports a value; undefined where it does not, or will be gone. */
export function exportedName(
  destination: Destination,
  { exports = {}, file }: Migration,
  value: unknown,
): string | undefined {
  if (file === undefined || !stays(destination, file)) return undefined
  return Object.keys(exports).find((name) => name !== 'default' && exports[name] === value)
}

/** The names in what a text needs that mean something else in the destination, or nothing. */
export function conflictsOf(destination: Destination, needs: TextNeeds, from: Migration): readonly string[] {
  const { scope } = destination
  const isKept = (module: string): boolean =>
    !module.startsWith('.') || from.file === undefined || stays(destination, join(dirname(from.file), module))
  return [
    ...needs.imports.flatMap((binding) => scope.takenAmong([binding.local], originOf(binding))),
    ...needs.imports.filter(({ module }) => !isKept(module)).map(({ local }) => local),
    ...needs.modules.filter((module) => !isKept(module)),
    ...scope.takenAmong(needs.own, keyOfMigration(from)),
    ...scope.takenAmong(needs.specifiers.map(localName), 'godwit/migrations'),
  ]
}

/** Takes what a text needs of its file into the destination, where nothing of it conflicts. */
export function takeAlong(
  { scope, specifiers, modules, preambles }: Destination,
  needs: TextNeeds,
  from: Migration,
): void {
  scope.addImports(needs.imports)
  scope.take(needs.own, keyOfMigration(from))
  scope.take(needs.specifiers.map(localName), 'godwit/migrations')
  for (const name of needs.specifiers) specifiers.add(name)
  for (const module of needs.modules) modules.add(module)
  if (needs.declarations !== undefined) preambles.set(from, needs.declarations)
}

/** How the writer writes the file with all that was carried into it. */
export function writeOptionsOf(destination: Destination): WriteOptions {
  const { into, scope, code, texts, specifiers, modules, preambles } = destination
  const declared = [...preambles].map(([from, text]) => (from === into ? text : `// From ${fileName(from)}\n${text}`))
  return {
    code: (value) => code.get(value),
    operationText: (operation) => texts.get(operation),
    specifiers: [...specifiers],
    imports: [...importStatements(scope.imports()), ...[...modules].map((module) => `import '${module}'`)],
    ...(declared.length > 0 && { preamble: declared.join('\n\n') }),
  }
}
