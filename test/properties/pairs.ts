import fc from 'fast-check'
import { type Edit, edited, editKinds, emptyProject, type ProjectSpec } from './project-spec.ts'

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...editKinds),
  at: fc.tuple(fc.nat({ max: 997 }), fc.nat({ max: 997 }), fc.nat({ max: 997 })),
})

/** Two projects, the second of which came about by editing the first. */
export const projectPairs: fc.Arbitrary<{ readonly before: ProjectSpec; readonly after: ProjectSpec }> = fc
  .record({
    history: fc.array(edit, { minLength: 3, maxLength: 30 }),
    edits: fc.array(edit, { minLength: 1, maxLength: 8 }),
  })
  .map(({ history, edits }) => {
    const before = history.reduce(edited, emptyProject)
    return { before, after: edits.reduce(edited, before) }
  })
