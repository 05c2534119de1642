import fc from 'fast-check'
import type { Dialect } from '../../src/schema/dialect.ts'
import {
  columnOf,
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
import { supportedProject } from './supported-project.ts'

/** Two projects, the second of which came about by editing the first. */
export type ProjectPairs = fc.Arbitrary<{ readonly before: ProjectSpec; readonly after: ProjectSpec }>

/** Pairs that every database can follow. */
export const projectPairs: ProjectPairs = pairsOf({ kinds: plainKinds, rich: [], supported: (project) => project })

/** Pairs with everything in them that a database works with, or leaves out without harm. */
export function projectPairsFor(dialect: Pick<Dialect, 'support'>): ProjectPairs {
  return pairsOf(drawsFor(dialect))
}

/** A project that two developers edit, each on a branch of their own. */
export type ProjectForks = fc.Arbitrary<{
  readonly before: ProjectSpec
  readonly left: ProjectSpec
  readonly right: ProjectSpec
}>

/** Forks with everything in them that a database works with, or leaves out without harm. */
export function projectForksFor(dialect: Pick<Dialect, 'support'>): ProjectForks {
  const { edit, apply } = editsOf(drawsFor(dialect))
  const edits = fc.array(edit, { minLength: 2, maxLength: 4 })
  return fc
    .record({ history: fc.array(edit, { minLength: 6, maxLength: 30 }), left: edits, right: edits })
    .map(({ history, left, right }) => {
      const before = history.reduce(apply, emptyProject)
      return { before, left: left.reduce(apply, before), right: right.reduce(apply, before) }
    })
}

/** A project at several moments, each of which came about by editing the one before. */
export type ProjectHistories = fc.Arbitrary<readonly ProjectSpec[]>

/** Histories with everything in them that a database works with, or leaves out without harm. */
export function projectHistoriesFor(dialect: Pick<Dialect, 'support'>): ProjectHistories {
  const { edit, apply } = editsOf(drawsFor(dialect))
  const first = fc.array(edit, { minLength: 3, maxLength: 15 })
  const steps = fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 })
  return fc.tuple(first, steps).map(([edits, later]) => {
    const moments = [edits.reduce(apply, emptyProject)]
    for (const more of later) moments.push(more.reduce(apply, moments.at(-1) ?? emptyProject))
    return moments
  })
}

/** What edits may draw, and what is left of a project after one. */
interface Draws {
  readonly kinds: readonly PlainKindName[]
  readonly rich: readonly RichEdit['kind'][]
  readonly supported: (project: ProjectSpec) => ProjectSpec
}

function drawsFor(dialect: Pick<Dialect, 'support'>): Draws {
  const { support } = dialect
  const kinds = keysOf(richKinds).filter((kind) => !('refused' in support[richKinds[kind]]))
  const rich = keysOf(richEdits).filter((edit) => !('refused' in support[richEdits[edit]]))
  const supported = (project: ProjectSpec): ProjectSpec => supportedProject(project, dialect)
  return { kinds: [...plainKinds, ...kinds, ...kinds], rich, supported }
}

function editsOf({ kinds, rich, supported }: Draws) {
  const number = fc.nat({ max: 997 })
  const edit = fc.record({
    kind: fc.constantFrom<Edit['kind'] | RichEdit['kind']>(...editKinds, ...rich),
    at: fc.tuple(number, number, number),
  })
  const apply = (project: ProjectSpec, { kind, at }: Pick<Edit, 'at'> & { kind: Edit['kind'] | RichEdit['kind'] }) =>
    sound(
      project,
      supported(isRichEdit(kind) ? richlyEdited(project, { kind, at }) : edited(project, { kind, at }, kinds)),
    )
  return { edit, apply }
}

/** The edited project, or the one before where two fields would have one column. */
function sound(before: ProjectSpec, edited: ProjectSpec): ProjectSpec {
  const clashes = edited.models.some(({ fields }) => {
    const columns = fields.filter(({ target }) => target === undefined).map(columnOf)
    return new Set(columns).size < columns.length
  })
  return clashes ? before : edited
}

function pairsOf(draws: Draws): ProjectPairs {
  const { edit, apply } = editsOf(draws)
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
