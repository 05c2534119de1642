import type { ImportBinding } from './import-bindings.ts'

/** The names that a file to be written has at its top level, and where each is from: one name is one thing. */
export interface NamesInScope {
  /** The names among these that already mean something else. */
  takenAmong(names: Iterable<string>, origin: string): readonly string[]
  /** Takes names for something; they must not be taken for something else. */
  take(names: Iterable<string>, origin: string): void
  /** Takes a name by import, under another one where it is taken, and says which. */
  takeImport(module: string, imported: string, otherwise: string): string
  imports(): readonly ImportBinding[]
  addImports(bindings: readonly ImportBinding[]): void
}

/** Nothing but these names. */
export function namesInScope(reserved: Iterable<string>): NamesInScope {
  const origins = new Map([...reserved].map((name) => [name, 'godwit/migrations']))
  const imported = new Map<string, ImportBinding>()
  const takenAmong: NamesInScope['takenAmong'] = (names, origin) =>
    [...names].filter((name) => (origins.get(name) ?? origin) !== origin)
  const addImports: NamesInScope['addImports'] = (bindings) => {
    for (const binding of bindings) {
      origins.set(binding.local, originOf(binding))
      const known = imported.get(binding.local)
      // A value stands for its type as well.
      if (known === undefined || known.type) imported.set(binding.local, binding)
    }
  }
  return {
    takenAmong,
    take: (names, origin) => {
      for (const name of names) origins.set(name, origin)
    },
    takeImport: (module, name, otherwise) => {
      const free = takenAmong([name], originOf({ module, imported: name })).length === 0
      const local = free ? name : otherwise
      addImports([{ local, imported: name, module, type: false }])
      return local
    },
    imports: () => [...imported.values()],
    addImports,
  }
}

/** What an imported name stands for, the same for all who import it. */
export function originOf({ module, imported }: Pick<ImportBinding, 'module' | 'imported'>): string {
  return `${imported} of ${module}`
}
