import { inSeries } from '../../lib/in-series.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about squashing migrations. */
export const squashSentences = {
  'squash.startNotBefore': (d: { app: string; start: string; end: string }) => ({
    summary: `${d.app}.${d.start} is not among the migrations that lead to ${d.app}.${d.end}.`,
    why: 'It comes after it, or stands on another branch.',
    fix: `Name the first and then the last one: \`godwit squashmigrations ${d.app} <first> <last>\`; \`godwit showmigrations ${d.app}\` lists them in order.`,
  }),
  'squash.nothingToSquash': (d: { app: string; migration: string }) => ({
    summary: `${d.app}.${d.migration} would be the only one in the range, so there is nothing to squash.`,
    fix: `Name a later one, or shorten this one alone with \`godwit optimizemigration ${d.app} ${d.migration}\`.`,
  }),
  'squash.alreadyReplaced': (d: { migration: string; squash: string }) => ({
    summary: `${d.migration} is replaced by ${d.squash} already.`,
    fix: `Name ${d.squash} in its place: a squash can be squashed again, together with what follows it.`,
  }),
  'squash.cannotJoin': (d: { app: string; reasons: readonly string[] }) => ({
    summary: `No two of these migrations of ${d.app} can become one: ${d.reasons.join('; ')}.`,
    fix: 'Choose a range in which nothing stands between them.',
  }),
  'squash.differs': (d: { squash: string; differences: readonly string[] }) => ({
    summary: `${d.squash} would not lead to the same tables as the migrations that it replaces: ${d.differences.join('; ')}.`,
    why: 'This is a bug of Godwit: a squash is proved before it is written. Nothing was written.',
    fix: 'Please report it, with the migrations; until then squash with `--no-optimize`, or a shorter range.',
  }),
  'squash.notPlannable': (d: { squash: string; dialect: string; direction: string; reason: string }) => ({
    summary: `${d.squash} could not be planned ${d.direction} for ${d.dialect}, though its originals can: ${d.reason}`,
    why: 'This is a bug of Godwit: a squash is planned before it is written. Nothing was written.',
    fix: 'Please report it, with the migrations; until then squash with `--no-optimize`, or a shorter range.',
  }),
  'squash.notReadable': (d: { migration: string; file: string; problem: string }) => ({
    summary: `${d.file} would not hold ${d.migration} as it was proved: ${d.problem}`,
    why: 'What is written is loaded first. Nothing was changed.',
    fix: 'Look at the code in the migrations that are joined: what it uses must be exported by name, or stand in the function itself.',
  }),
  'squash.databaseNotAsked': (d: { database: string; reason: string }) => ({
    summary: `The database "${d.database}" of the config cannot be asked what it has applied: ${d.reason}`,
    why: 'It may have applied the migrations whose files would go, and would then know nothing of what takes their place.',
    fix: 'Run the command where every database of the config can be reached, or take the database out of the config if it is gone for good.',
  }),
  'squash.applied': (d: { database: string; migrations: readonly string[] }) => ({
    summary: `The database "${d.database}" has applied ${d.migrations.join(', ')} already.`,
    why: 'Squashed in place they would be unknown, and what takes their place would be applied over them.',
    fix: 'Unapply them there first with `godwit migrate`, or squash without `--unapplied`: the originals then stay for such databases.',
  }),
  'squash.dependedOn': (d: { dependents: readonly string[] }) => ({
    summary: `${d.dependents.join(', ')} of another app ${d.dependents.length === 1 ? 'refers' : 'refer'} to migrations whose files would go.`,
    fix: 'Squash a range that ends before what they refer to, or without `--unapplied`: references to the originals then hold.',
  }),
  'squash.holdsSquash': (d: { squash: string }) => ({
    summary: `${d.squash} is a squash itself, or replaced by one, so its originals are for databases that have applied them.`,
    fix: 'Squash without `--unapplied`: a squash can be squashed again.',
  }),
  'squash.importedElsewhere': (d: { file: string; imported: string }) => ({
    summary: `${d.file} imports from ${d.imported}, which would be gone.`,
    fix: 'Move what it imports into a file of its own, such as `_shared.ts` beside the migrations: a name with "_" is no migration.',
  }),
  'squash.nothingToFinish': (d: { app: string }) => ({
    summary: `No migration of ${d.app} replaces others, so there is nothing to take away.`,
    fix: `Squash first: \`godwit squashmigrations ${d.app} <last>\`.`,
  }),
  'squash.notASquash': (d: { migration: string }) => ({
    summary: `${d.migration} replaces no other migrations.`,
    fix: 'Name the squash whose originals are to go, or no migration at all for every squash of the app.',
  }),
  'squash.notPast': (d: { squash: string; database: string; recorded: readonly string[] }) => ({
    summary: `The database "${d.database}" is not past ${d.squash}: it has ${d.recorded.join(', ')} in its record, and not the squash as applied.`,
    why: 'Without the originals it could go neither on nor back.',
    fix: `Run \`godwit migrate --database ${d.database}\` first: it completes the range and records the squash.`,
  }),
  'squash.codeNotCarried': (d: { migration: string; operation: string; names: readonly string[]; file: string }) => ({
    summary: `The code of "${d.operation}" in ${d.migration} cannot be carried into another file${reasonOf(d.names)}.`,
    fix:
      d.names.length === 0
        ? `Export its functions by name from ${d.file} (\`export async function fillTotals(…)\`), or write them into that file as functions of the operation.`
        : `Let ${inSeries(new Set(d.names))} be called something else in ${d.file}; or, where that file stays, export its functions by name from it.`,
  }),
} satisfies Record<string, (details: never) => Sentence>

function reasonOf(names: readonly string[]): string {
  if (names.length === 0) return ': its functions are not written in that file'
  return `: it uses ${inSeries(new Set(names))}, which would mean something else there`
}
