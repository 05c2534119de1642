import { fail } from '../errors/error.ts'
import type { Graph } from '../history/graph.ts'
import type { MigrationKey } from '../history/migration.ts'
import { createRecorder } from '../history/recorder.ts'
import { type RememberedObject, rememberedObjects } from '../history/remembered-objects.ts'
import { structuralEqual } from '../lib/structural-equal.ts'
import { type Differing, isAbout, type WithoutIgnored, withoutIgnored } from '../project/ignored-drift.ts'
import { loadModels } from '../project/load-models.ts'
import type { Project } from '../project/project.ts'
import type { NotCompared } from '../reality/by-text.ts'
import { type Comparison, compareDatabase, type Unmanaged } from '../reality/compare-database.ts'
import type { Discrepancy } from '../reality/discrepancy.ts'
import { withRemembered } from '../reality/remembered-discrepancies.ts'
import type { Session } from '../schema/dialect.ts'
import { type NamedObject, objectInWords } from '../schema/object-in-words.ts'
import { objectId, objectsIn } from '../schema/objects-in.ts'
import { objectKey } from '../schema/schema.ts'
import type { ProjectState } from '../state/project-state.ts'
import { type Memory, memoryOf } from './memory-of.ts'

export interface FindDriftOptions {
  readonly project: Project
  /** By its name in the config. */
  readonly database: string | undefined
  readonly session: Session
  /** The files, where they were read already. */
  readonly graph?: Graph | undefined
  /** Only what these patterns are about. */
  readonly only?: readonly string[] | undefined
  /** Compares with the models too. */
  readonly models?: boolean | undefined
}

/** How a database stands beside what it should be, once what is not to be judged is set aside. */
export interface Judgement extends Pick<WithoutIgnored<Discrepancy>, 'ignored'> {
  readonly comparison: Comparison
  readonly discrepancies: readonly Discrepancy[]
  readonly notCompared: readonly NotCompared[]
}

export interface FoundDrift {
  readonly memory: Memory
  /** Reality beside memory. */
  readonly judged: Judgement
  /** Reality beside intent, where that was asked for. */
  readonly byModels?: Judgement
  /** In other hands: neither declared nor remembered. */
  readonly unmanaged: readonly Unmanaged[]
  /** Patterns of the config that are about nothing. */
  readonly unusedPatterns: readonly string[]
}

/** Compares a database with what was applied to it. Reads only. What is migrated meanwhile is no drift: it is looked at again. */
export async function findDrift(options: FindDriftOptions): Promise<FoundDrift> {
  for (let left = patience; ; left -= 1) {
    const before = await recordOf(options.session)
    const found = await findOnce(options)
    if (left === 0 || structuralEqual(before, await recordOf(options.session))) return found
  }
}

/** How often a database that is migrated meanwhile is looked at again; a second `migrate` right after the first is rare enough. */
const patience = 3

/** What says that nothing was migrated between two moments. */
async function recordOf(session: Session): Promise<readonly (readonly [MigrationKey, string])[]> {
  const recorder = createRecorder(session)
  const applied = [...(await recorder.applied())].map(([key, { appliedAt }]) => [key, appliedAt] as const)
  if (!(await recorder.exists())) return applied
  return [...applied, ...[...(await recorder.halfWay())].map(([key, { direction }]) => [key, direction] as const)]
}

async function findOnce(options: FindDriftOptions): Promise<FoundDrift> {
  const { project, session, only = [] } = options
  const memory = await memoryOf(options)
  const remembered = await rememberedObjects(session)
  const compare = async (state: ProjectState): Promise<Judged> => {
    const comparison = await compareDatabase({ session, state, placement: memory.placement, lenient: true })
    return judgedBy(comparison, { memory, remembered, session, only, project })
  }
  const first = await compare(memory.state)
  const second = options.models === true ? await compare((await loadModels(project)).state) : undefined
  const known = new Set(remembered.map(objectId))
  const between = new Set(memory.unsettled.flatMap(({ tables, objects }) => [...tables, ...objects]))
  const isBetween = ({ kind, name, table = name }: Unmanaged): boolean =>
    between.has(kind === 'enum' || kind === 'extension' || kind === 'collation' ? objectKey({ kind, name }) : table)
  const others = first.comparison.unmanaged
    .filter((object) => !known.has(objectId({ ...object, definition: '' })) && !isBetween(object))
    .map((thing) => ({ ...asDiffering(thing), thing }))
  const all = [...first.everything, ...(second?.everything ?? []), ...others]
  if (!memory.isEmpty)
    requireMatches(only, all, [first.comparison, ...(second === undefined ? [] : [second.comparison])])
  return {
    memory,
    judged: first.judgement,
    ...(second !== undefined && { byModels: second.judgement }),
    unmanaged: withoutIgnored(within(others, only), project).kept.map(({ thing }) => thing),
    unusedPatterns: withoutIgnored(all, project).unused,
  }
}

interface Judged {
  readonly comparison: Comparison
  readonly judgement: Judgement
  /** All that differs, ignored or not. */
  readonly everything: readonly Differing[]
}

interface Judging {
  readonly memory: Memory
  readonly remembered: readonly RememberedObject[]
  readonly session: Session
  readonly only: readonly string[]
  readonly project: Project
}

function judgedBy(comparison: Comparison, { memory, remembered, session, only, project }: Judging): Judged {
  const sides = { ...comparison, dialect: session.dialect }
  const tables = new Set(memory.unsettled.flatMap((one) => one.tables))
  const objects = new Set(memory.unsettled.flatMap((one) => one.objects))
  const isSettled = ({ table, changes }: Discrepancy): boolean =>
    table === undefined
      ? !changes.some((change) => 'object' in change && objects.has(objectKey(change.object)))
      : !tables.has(table)
  const everything = withRemembered(comparison.discrepancies, remembered, sides).filter(isSettled)
  const { unseen, seen } = visible(everything, comparison, session)
  const { kept, ignored } = withoutIgnored(within(seen, only), project)
  const notCompared = [...comparison.notCompared.filter(({ table }) => !tables.has(table)), ...unseen]
  return {
    comparison,
    everything: [...everything, ...comparison.notCompared],
    judgement: {
      comparison,
      discrepancies: kept,
      ignored,
      notCompared: withoutIgnored(within(notCompared, only), project).kept,
    },
  }
}

/** What holds code of the server's, which not everybody may look at. */
const programs: ReadonlySet<string> = new Set(['trigger', 'function', 'procedure', 'event'])

/** What a user who may only read is not shown everywhere: whether it is there cannot be told. */
function visible(
  everything: readonly Discrepancy[],
  { isRestricted }: Comparison,
  { dialect }: Session,
): { readonly seen: readonly Discrepancy[]; readonly unseen: readonly NotCompared[] } {
  const isHidden = ({ kind, remembered }: Discrepancy): boolean =>
    isRestricted === true &&
    dialect.capabilities.catalogueHides === true &&
    kind === 'missing' &&
    remembered !== undefined &&
    programs.has(remembered.kind)
  const unseen = everything.filter(isHidden).map(({ table = '', object, remembered }): NotCompared => {
    const made = remembered === undefined ? '' : `, which ${remembered.migration} made,`
    return {
      table,
      object,
      declared: object,
      found: '',
      text: `${object}${made} may be there, as your user is not shown such`,
    }
  })
  return { seen: everything.filter((one) => !isHidden(one)), unseen }
}

function asDiffering(thing: NamedObject): Differing {
  const place = thing.kind === 'table' ? thing.name : thing.table
  return { object: objectInWords(thing), ...(place !== undefined && { table: place }) }
}

function within<Thing extends Differing>(things: readonly Thing[], patterns: readonly string[]): readonly Thing[] {
  return patterns.length === 0 ? things : things.filter((thing) => patterns.some((pattern) => isAbout(pattern, thing)))
}

/** A pattern with a slip in it would otherwise find no difference, and say so. */
function requireMatches(
  patterns: readonly string[],
  differing: readonly Differing[],
  comparisons: readonly Comparison[],
): void {
  const schemas = comparisons.flatMap(({ inspected, declared }) => [inspected, declared])
  const tables = new Set(schemas.flatMap((schema) => [...schema.tables.keys()]))
  const known: readonly Differing[] = [
    ...differing,
    ...schemas.flatMap((schema) => objectsIn({ ...schema, others: [] }).map(asDiffering)),
    ...[...tables].map((table) => ({ object: `primary key of ${table}`, table })),
  ]
  for (const pattern of patterns) {
    if (!known.some((thing) => isAbout(pattern, thing))) fail('drift.nothingMatches', { pattern, known: [...tables] })
  }
}
