import { structuralEqual } from '../lib/structural-equal.ts'
import type { SchemaObject } from '../schema/schema.ts'
import { inQuotes, type Trait } from './trait.ts'

/** `enum type mood`, `collation german`. */
export function objectInWords(object: SchemaObject | undefined): string {
  if (object === undefined) return ''
  return `${object.kind === 'enum' ? 'enum type' : object.kind} ${object.name}`
}

/** How enum types, extensions and collations can differ. */
export const objectTraits: readonly Trait<SchemaObject>[] = [
  {
    verb: 'have',
    words: (object) => (object.kind === 'enum' ? `the values ${object.values.map(inQuotes).join(', ')}` : ''),
    same: (a, b) => a.kind !== 'enum' || b.kind !== 'enum' || structuralEqual(a.values, b.values),
    isUsual: ({ kind }) => kind !== 'enum',
  },
  {
    verb: 'be',
    words: (object) =>
      object.kind === 'collation'
        ? `${object.provider} ${inQuotes(object.locale)}${object.deterministic === false ? ', not deterministic' : ''}`
        : '',
    same: (a, b) => a.kind !== 'collation' || b.kind !== 'collation' || structuralEqual(a, b),
    isUsual: ({ kind }) => kind !== 'collation',
  },
]
