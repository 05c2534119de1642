import type { Migration, MigrationReference } from '../../src/history/migration.ts'

/**
 * A squash of migrations of one app, made by putting their operations behind each other; nothing is shortened. It depends on what they depend on
 * outside, so long as that stands before all of them.
 */
export function squashOf(originals: readonly Migration[], name: string): Migration {
  const [first] = originals
  if (first === undefined) throw new Error('A squash needs something to replace.')
  const replaces = originals.map((original): MigrationReference => [original.app, original.name])
  // What a squash among them replaces is inside too: others may name it still.
  const below = originals.flatMap(({ definition }) => definition.replaces ?? [])
  const inside = new Set([...replaces, ...below].map(String))
  const dependencies = originals.flatMap(({ definition }) => definition.dependencies ?? [])
  const outside = new Map(dependencies.filter((one) => !inside.has(String(one))).map((one) => [String(one), one]))
  return {
    app: first.app,
    name,
    definition: {
      replaces,
      dependencies: [...outside.values()],
      ...(originals.some(({ definition }) => definition.atomic === false) && { atomic: false as const }),
      operations: originals.flatMap(({ definition }) => definition.operations),
    },
  }
}
