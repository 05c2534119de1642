import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** Where a query stands: the migration whose code asks, and the model that is asked. */
export interface QuerySite {
  readonly migration: string
  readonly model: string
}

const inMigration = ({ migration }: { migration: string }): string => `The code of ${migration}`
const list = (words: readonly string[]): string => words.join(', ')
const history = 'Code of a migration sees the models as they were at that point of history.'

/** Every sentence about queries that code of a migration makes with historical models. */
export const querySentences = {
  'query.notDependedOn': (d: QuerySite & { app: string; latest: string | undefined }) => ({
    summary: `${inMigration(d)} declares the model ${d.model}, and ${d.migration} does not wait for the migration that makes it.`,
    why: 'Without a dependency the model may look otherwise, or not exist yet, in another database.',
    fix: `Add a dependency: dependencies: [['${d.app}', '${d.latest ?? '0001_initial'}']].`,
  }),
  'query.unknownField': (d: QuerySite & { field: string; known: readonly string[] }) => ({
    summary: `${inMigration(d)} names ${d.field}, which ${d.model} does not have at this point of history.${didYouMean(d.field, d.known)}`,
    why: `It has ${list(d.known)}.`,
    fix: `Correct the name; ${history.charAt(0).toLowerCase()}${history.slice(1)}`,
  }),
  'query.ambiguousRelation': (d: QuerySite & { name: string; relations: readonly string[] }) => ({
    summary: `${inMigration(d)} follows ${d.name} from ${d.model}, and ${list(d.relations)} are all called that from there.`,
    fix: 'Ask from the other end, or give the relations names in the migrations that create them: relatedName.',
  }),
  'query.notRelation': (
    d: QuerySite & { field: string; wanted: 'one' | 'many' | 'links'; known: readonly string[] },
  ) => ({
    summary: `${inMigration(d)} uses ${d.field} of ${d.model} as ${
      { one: 'a relation to one row', many: 'a relation to many rows', links: 'a many-to-many' }[d.wanted]
    }, which it is not.`,
    why:
      d.known.length === 0 ? `${d.model} has no such relation.` : `Such relations of ${d.model} are ${list(d.known)}.`,
    fix: 'Name one of them, or a field of its own.',
  }),
  'query.manyRows': (d: QuerySite & { path: string; relation: string }) => ({
    summary: `${inMigration(d)} asks for the one value of ${d.path}, but ${d.relation} leads from ${d.model} to many rows.`,
    fix: 'Filter by it, take count, sum, min or max of it in an update, or ask the other model.',
  }),
  'query.unknownLookup': (d: QuerySite & { field: string; lookup: string; known: readonly string[] }) => ({
    summary: `${inMigration(d)} asks ${d.model}.${d.field} for "${d.lookup}", which is no way to ask.${didYouMean(d.lookup, d.known)}`,
    why: `The ways to ask are ${list(d.known)}.`,
    fix: 'Use one of them, or ask through db.',
  }),
  'query.lookupNotFor': (d: QuerySite & { field: string; lookup: string; type: string }) => ({
    summary: `${inMigration(d)} asks ${d.model}.${d.field} by "${d.lookup}", which a field of the type ${d.type} cannot be asked on every database.`,
    fix: 'Ask in another way, or through db in the words of your database.',
  }),
  'query.badFilter': (d: QuerySite & { problem: string }) => ({
    summary: `${inMigration(d)} filters ${d.model} by ${d.problem}.`,
    fix: 'Give an object: a field, and its value or lookups: { views: { gte: 100 } }.',
  }),
  'query.wrongValue': (d: QuerySite & { field: string; type: string; value: string }) => ({
    summary: `${inMigration(d)} gives ${d.value} to ${d.model}.${d.field}, which is ${d.type}.`,
    why: 'Nothing was sent to the database.',
    fix: 'Give a value that the field can hold.',
  }),
  'query.notWritable': (d: QuerySite & { field: string; problem: string; fix: string }) => ({
    summary: `${inMigration(d)} writes ${d.model}.${d.field}, which ${d.problem}.`,
    why: 'Nothing was sent to the database.',
    fix: d.fix,
  }),
  'query.missingFields': (d: QuerySite & { fields: readonly string[] }) => ({
    summary: `${inMigration(d)} creates a row of ${d.model} without ${list(d.fields)}.`,
    why: 'At this point of history the database has no default for it, and it cannot be NULL.',
    fix: 'Give a value.',
  }),
  'query.nothingToWrite': (d: QuerySite) => ({
    summary: `${inMigration(d)} updates ${d.model} and names no field to write.`,
    fix: "Name what changes: update({ status: 'draft' }).",
  }),
  'query.wrongComputation': (d: QuerySite & { subject: string; problem: string }) => ({
    summary: `${inMigration(d)} computes with ${d.model}: ${d.subject} ${d.problem}.`,
    why: 'Nothing was sent to the database.',
    fix: 'Compute what the field can hold, or write SQL of your own with sql.',
  }),
  'query.noRow': (d: QuerySite & { filter: string }) => ({
    summary: `${inMigration(d)} wants the one row of ${d.model} with ${d.filter}, and there is none.`,
    fix: 'Use first() where there may be none, or see whether the data of this database is as the migration expects.',
  }),
  'query.severalRows': (d: QuerySite & { filter: string }) => ({
    summary: `${inMigration(d)} wants the one row of ${d.model} with ${d.filter}, and there are several.`,
    fix: 'Filter by more, or use first() with an order where any of them will do.',
  }),
  'query.badCount': (d: QuerySite & { method: string; value: string }) => ({
    summary: `${inMigration(d)} gives ${d.value} to ${d.method} of ${d.model}, which wants a whole number from 0 on.`,
    fix: 'Give the number of rows.',
  }),
  'query.orderedIteration': (d: QuerySite) => ({
    summary: `${inMigration(d)} iterates over rows of ${d.model} in an order of its own.`,
    why: 'Iteration goes along the primary key in batches; in any other order all rows would have to be in memory at once.',
    fix: 'Leave out orderBy and offset, add a limit, or take all rows at once with rows().',
  }),
  'query.needsOrder': (d: QuerySite) => ({
    summary: `${inMigration(d)} passes over the first rows of ${d.model} without saying in which order.`,
    fix: 'Add orderBy.',
  }),
  'query.tooManyValues': (d: QuerySite & { values: number; limit: number }) => ({
    summary: `${inMigration(d)} asks ${d.model} with ${d.values} values in one query; this database takes ${d.limit}.`,
    fix: 'Ask in parts, or by a relation instead of a list.',
  }),
  'query.wrongLinks': (d: QuerySite & { relation: string; target: string; given: string }) => ({
    summary: `${inMigration(d)} links rows of ${d.model} by ${d.relation}, which leads to ${d.target}, to rows of ${d.given}.`,
    why: 'Nothing was linked.',
    fix: `Name rows of ${d.target}: by their keys, by themselves, or by a query for them.`,
  }),
  'query.unknownLinks': (d: QuerySite & { relation: string; target: string; missing: number }) => ({
    summary: `${inMigration(d)} links rows of ${d.model} by ${d.relation} to ${d.missing} row${d.missing === 1 ? '' : 's'} of ${d.target} that do${d.missing === 1 ? 'es' : ''} not exist.`,
    why: 'Nothing was linked.',
    fix: 'Create them first, or leave them out.',
  }),
} satisfies Record<string, (details: never) => Sentence>
