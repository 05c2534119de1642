import fc from 'fast-check'
import type { Dialect } from '../../src/schema/dialect.ts'
import {
  type Edit,
  edited,
  editKinds,
  emptyProject,
  type PlainKindName,
  type ProjectSpec,
  plainKinds,
  richKinds,
} from './project-spec.ts'
import { isRichEdit, type RichEdit, richEdits, richlyEdited } from './rich-edits.ts'

/** Two projects, the second of which came about by editing the first. */
export type ProjectPairs = fc.Arbitrary<{ readonly before: ProjectSpec; readonly after: ProjectSpec }>

/** Pairs that every database can follow. */
export const projectPairs: ProjectPairs = pairsOf(plainKinds, [])

/** Pairs with everything in them that a database works with, or leaves out without harm. */
export function projectPairsFor({ support }: Pick<Dialect, 'support'>): ProjectPairs {
  const kinds = keysOf(richKinds).filter((kind) => !('refused' in support[richKinds[kind]]))
  const edits = keysOf(richEdits).filter((edit) => !('refused' in support[richEdits[edit]]))
  return pairsOf([...plainKinds, ...kinds, ...kinds], edits)
}

function pairsOf(kinds: readonly PlainKindName[], rich: readonly RichEdit['kind'][]): ProjectPairs {
  const number = fc.nat({ max: 997 })
  const edit = fc.record({
    kind: fc.constantFrom<Edit['kind'] | RichEdit['kind']>(...editKinds, ...rich),
    at: fc.tuple(number, number, number),
  })
  const apply = (project: ProjectSpec, { kind, at }: Pick<Edit, 'at'> & { kind: Edit['kind'] | RichEdit['kind'] }) =>
    isRichEdit(kind) ? richlyEdited(project, { kind, at }) : edited(project, { kind, at }, kinds)
  return fc
    .record({
      history: fc.array(edit, { minLength: 3, maxLength: 30 }),
      edits: fc.array(edit, { minLength: 1, maxLength: 8 }),
    })
    .map(({ history, edits }) => {
      const before = history.reduce(apply, emptyProject)
      return { before, after: edits.reduce(apply, before) }
    })
}

function keysOf<Key extends string>(record: { readonly [K in Key]: unknown }): readonly Key[] {
  return Object.keys(record) as Key[]
}
