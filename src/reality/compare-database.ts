import { type Change, isObjectChange } from '../schema/change.ts'
import type { Session } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { type OtherKind, objectKey, type Schema, type SchemaObject } from '../schema/schema.ts'
import { splitTableName } from '../state/names.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { project } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import { type Discrepancy, discrepanciesOf } from './discrepancy.ts'

export interface CompareOptions {
  readonly session: Session
  /** What the database should have. */
  readonly state: ProjectState
  /** What of the project lives in the database; absent: everything. */
  readonly placement?: Placement | undefined
  /** Only the tables for which this holds, declared or found; absent: all. Objects that are no tables are then left out too. */
  readonly only?: ((table: string) => boolean) | undefined
}

/** A database beside what it should be. */
export interface Comparison {
  /** What differs, by table and then by what it is; empty: the database holds all that is declared, and its tables hold no more. */
  readonly discrepancies: readonly Discrepancy[]
  /** What is in the database and in other hands: tables without a model, views, triggers. Never proposed for anything. */
  readonly unmanaged: readonly Unmanaged[]
  /** Both sides in the server's spelling: the changes of the discrepancies lead from one to the other. */
  readonly inspected: Schema
  readonly declared: Schema
}

/** Something of a database that no model speaks of. */
export interface Unmanaged {
  readonly kind: 'table' | SchemaObject['kind'] | OtherKind
  readonly name: string
  /** The table that it stands on, if it stands on one. */
  readonly table?: string
}

/**
 * Compares a database with what it should have, by everything that an inspection shows. Names that were generated are no difference: such objects are
 * what they are. Reads only, but for the temporary tables in which the server spells what is declared.
 */
export async function compareDatabase({ session, state, placement, only }: CompareOptions): Promise<Comparison> {
  const { dialect } = session
  const wanted = project(stateIn(state, placement), dialect)
  const schemas = [...new Set([...wanted.tables.keys()].flatMap((table) => splitTableName(table).schema ?? []))]
  const [declared, inspected] = [
    await dialect.canonicalise(within(wanted, only), session),
    within(await session.inspect({ schemas }), only),
  ]
  const changes = diff(inspected, declared, { match: 'name', comparison: dialect.comparison })
  return {
    discrepancies: discrepanciesOf(
      changes.filter((change) => !isAboutOthers(change)),
      { inspected, declared, dialect },
    ),
    unmanaged: unmanagedIn(inspected, declared),
    inspected,
    declared,
  }
}

/** What would only take away what no model speaks of. */
function isAboutOthers(change: Change): boolean {
  return change.kind === 'dropTable' || (isObjectChange(change) && change.kind === 'dropObject')
}

function within(schema: Schema, only: CompareOptions['only']): Schema {
  if (only === undefined) return schema
  return { tables: new Map([...schema.tables].filter(([table]) => only(table))), others: [] }
}

function unmanagedIn(inspected: Schema, declared: Schema): readonly Unmanaged[] {
  const tables = [...inspected.tables.keys()].filter((table) => !declared.tables.has(table))
  const objects = [...(inspected.objects?.values() ?? [])].filter(
    (object) => declared.objects?.has(objectKey(object)) !== true,
  )
  return [
    ...tables.map((name) => ({ kind: 'table' as const, name })),
    ...objects.map(({ kind, name }) => ({ kind, name })),
    ...inspected.others.map(({ definition: _, ...other }) => other),
  ]
}
