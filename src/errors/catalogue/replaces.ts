import type { Sentence } from '../sentence.ts'

/** Every sentence about squashes and what they replace. */
export const replacesSentences = {
  'replaces.itself': (d: { squash: string }) => ({
    summary: `${d.squash} says that it replaces itself.`,
    fix: 'Remove its own name from `replaces`.',
  }),
  'replaces.otherApp': (d: { squash: string; replaced: string }) => ({
    summary: `${d.squash} says that it replaces ${d.replaced}, which belongs to another app.`,
    why: 'A squash stands for migrations of its own app; what it waits for in other apps are `dependencies`.',
    fix: `Remove ${d.replaced} from \`replaces\` of ${d.squash}; squash the other app by itself.`,
  }),
  'replaces.twice': (d: { squash: string; other: string; replaced: string }) =>
    d.squash === d.other
      ? {
          summary: `${d.squash} names ${d.replaced} twice in its \`replaces\`.`,
          fix: 'Remove one of the two.',
        }
      : {
          summary: `${d.replaced} is replaced twice, by ${d.other} and by ${d.squash}.`,
          why: 'Only one squash can stand in its place. A squash that replaces another one names that one, and not what it replaces.',
          fix: `Delete the squash that is not wanted, or remove ${d.replaced} from one of the two.`,
        },
  'replaces.cycle': (d: { squashes: readonly string[] }) => ({
    summary: `These squashes replace each other: ${d.squashes.join(' → ')} → ${d.squashes[0]}.`,
    fix: 'Remove one of these names from the `replaces` of the squash that was made first.',
  }),
  'replaces.gone': (d: {
    squash: string
    gone: readonly string[]
    applied: readonly string[]
    open: readonly string[]
    target: string | undefined
  }) => ({
    summary:
      d.target === undefined
        ? `This database has a part of what ${d.squash} replaces (${d.applied.join(', ')}) and not the rest (${d.open.join(', ')}), and ${filesOf(d.gone)} gone.`
        : `${d.target} is one of those that ${d.squash} replaces, and ${filesOf(d.gone)} gone.`,
    why: `${d.squash} is one step from before the first of them to after the last, so the way to a point between needs their files.`,
    fix:
      d.target === undefined
        ? 'Check out the commit that still has these files (or put them back), run `godwit migrate` there, and come back to this one.'
        : `Go to ${d.squash} instead, or check out the commit that still has these files.`,
  }),
  'replaces.begun': (d: { squash: string; target: string | undefined }) => ({
    summary: `${d.squash} was begun on this database and is half-way${d.target === undefined ? '' : `, so ${d.target}, which it replaces, cannot be reached`}.`,
    fix: 'Finish it first: run `godwit migrate`.',
  }),
  'replaces.stillNamed': (d: {
    app: string
    squashes: readonly { squash: string; replaced: readonly string[] }[]
  }) => ({
    summary: `Rows of ${d.app} cannot be pruned while a squash still stands for them: ${d.squashes
      .map(({ squash, replaced }) => `${squash} replaces ${replaced.join(', ')}`)
      .join('; ')}.`,
    why: 'By these rows a database is known to be past the squash.',
    fix: `Once every database has been migrated with the squash, run \`godwit squashmigrations ${d.app} --finish\`, and prune then.`,
  }),
} satisfies Record<string, (details: never) => Sentence>

function filesOf(keys: readonly string[]): string {
  return keys.length === 1 ? `the file of ${keys[0]} is` : `the files of ${keys.join(', ')} are`
}
