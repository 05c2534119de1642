import { diffBy } from '../../lib/diff-by.ts'
import { structuralEqual } from '../../lib/structural-equal.ts'
import type { Change } from '../change.ts'
import { objectKey, type SchemaObject } from '../schema.ts'

type Objects = ReadonlyMap<string, SchemaObject> | undefined

/** The objects that come, go and change. What is neither the same nor an enum is made anew. */
export function diffObjects(before: Objects, after: Objects): readonly Change[] {
  const { added, removed, persisted } = diffBy(before?.values() ?? [], after?.values() ?? [], objectKey)
  return [
    ...removed.map((object): Change => ({ kind: 'dropObject', object })),
    ...added.map((object): Change => ({ kind: 'createObject', object })),
    ...persisted.flatMap((pair) => (structuralEqual(pair.before, pair.after) ? [] : altered(pair.before, pair.after))),
  ]
}

function altered(before: SchemaObject, after: SchemaObject): readonly Change[] {
  if (before.kind === 'enum' && after.kind === 'enum') return [{ kind: 'alterEnum', before, after }]
  return [
    { kind: 'dropObject', object: before },
    { kind: 'createObject', object: after },
  ]
}
