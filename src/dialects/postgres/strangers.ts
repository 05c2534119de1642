import type { Named, Schema, Table } from '../../schema/schema.ts'
import { type Alikeness, pairWithReal } from '../shared/pair-with-real.ts'
import { alikeChecks, alikeExclusions, alikeForeignKeys, alikeIndexes } from './match.ts'
import type { Dependency } from './read-dependencies.ts'

/** Tells what is not declared: an object that no declared one is the real one of, and everything that a Schema can't declare. */
export function strangersTo(declared: Schema, real: Schema): (dependency: Dependency) => boolean {
  const known = new Map<string, ReadonlySet<string>>()
  const knownOf = (owner: string): ReadonlySet<string> => {
    const found = known.get(owner) ?? knownNames(declared.tables.get(owner), real.tables.get(owner))
    known.set(owner, found)
    return found
  }
  return ({ kind, name, owner }) => {
    if (owner === undefined) return true
    if (kind === 'primary key') return declared.tables.get(owner)?.primaryKey === undefined
    return !knownOf(owner).has(keyOf(kind, name))
  }
}

function knownNames(declared: Table | undefined, real: Table | undefined): ReadonlySet<string> {
  if (declared === undefined || real === undefined) return new Set()
  const names = <T extends Named>(kind: string, mine: readonly T[], theirs: readonly T[], alikeness: Alikeness<T>) =>
    [...pairWithReal(mine, theirs, alikeness).values()].map(({ name }) => keyOf(kind, name))
  const uniques = pairWithReal(declared.uniques, real.uniques, alikeIndexes).values()
  return new Set([
    ...[...uniques].map(({ name, form }) => keyOf(form === 'constraint' ? 'unique constraint' : 'index', name)),
    ...names('index', declared.indexes, real.indexes, alikeIndexes),
    ...names('check', declared.checks, real.checks, alikeChecks),
    ...names('exclusion', declared.exclusions ?? [], real.exclusions ?? [], alikeExclusions),
    ...names('foreign key', declared.foreignKeys, real.foreignKeys, alikeForeignKeys),
    ...declared.columns.flatMap(({ name }) => {
      const column = `${declared.name}.${name}`
      return [keyOf('column', column), keyOf('generated column', column)]
    }),
  ])
}

function keyOf(kind: string, name: string): string {
  return `${kind} ${name}`
}
