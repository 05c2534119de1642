import type { Graph } from '../history/graph.ts'
import { createRecorder } from '../history/recorder.ts'
import { placementIn } from '../project/placement-in.ts'
import type { Project } from '../project/project.ts'
import { type HalfWayMigration, type RememberedState, rememberedState } from '../reality/remembered-state.ts'
import type { Dialect, Session } from '../schema/dialect.ts'
import { objectKey } from '../schema/schema.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { projectChanged } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import { loadGraph } from './load-graph.ts'

/** What a database of a project should have, as it was migrated. */
export interface Memory extends Pick<RememberedState, 'state' | 'graph' | 'recorded' | 'unread'> {
  readonly placement: Placement
  /** What an earlier run has left half-way, and what is in between because of it. */
  readonly unsettled: readonly Unsettled[]
  /** Nothing was ever recorded. */
  readonly isEmpty: boolean
}

export interface Unsettled extends Omit<HalfWayMigration, 'whole'> {
  readonly tables: readonly string[]
  /** By `objectKey`. */
  readonly objects: readonly string[]
  /** Neither a file nor the record says what it changes. */
  readonly isUnknown?: true
}

/** Reads the record of a database and what the files say of it. Changes nothing. */
export async function memoryOf({
  project,
  database,
  session,
  graph,
}: {
  readonly project: Project
  readonly database: string | undefined
  readonly session: Session
  /** The files, where they were read already. */
  readonly graph?: Graph | undefined
}): Promise<Memory> {
  const placement = placementIn(project, database)
  const { halfWay, ...remembered } = await rememberedState(graph ?? (await loadGraph(project)), createRecorder(session))
  const { state, recorded } = remembered
  return {
    ...remembered,
    placement,
    unsettled: halfWay.map(({ whole, ...entry }) => ({
      ...entry,
      ...(whole === undefined
        ? { tables: [], objects: [], isUnknown: true as const }
        : between(stateIn(state, placement), stateIn(whole, placement), session.dialect)),
    })),
    isEmpty: recorded.size === 0 && halfWay.length === 0,
  }
}

/** The tables and objects that are not the same in two States. */
function between(before: ProjectState, after: ProjectState, dialect: Dialect): Pick<Unsettled, 'tables' | 'objects'> {
  const ends = projectChanged(before, after, dialect)
  const objects = [ends.before, ends.after].flatMap((schema) => [...(schema.objects?.values() ?? [])])
  const changed = objects.filter(
    (object) => ends.before.objects?.get(objectKey(object)) !== ends.after.objects?.get(objectKey(object)),
  )
  return {
    tables: [...new Set([...ends.before.tables.keys(), ...ends.after.tables.keys()])],
    objects: [...new Set(changed.map(objectKey))],
  }
}
