import { type Change, isObjectChange } from '../schema/change.ts'
import type { Session } from '../schema/dialect.ts'
import { diff } from '../schema/diff.ts'
import { type OtherKind, objectKey, type Schema, type SchemaObject } from '../schema/schema.ts'
import { splitTableName } from '../state/names.ts'
import { type Placement, stateIn } from '../state/placement.ts'
import { project } from '../state/project.ts'
import type { ProjectState } from '../state/project-state.ts'
import { isOnlyNaming, withDeclaredDefaults } from './alike.ts'
import type { NotCompared } from './by-text.ts'
import { type Discrepancy, discrepanciesOf } from './discrepancy.ts'
import { spelledByServer } from './spelled-by-server.ts'

export interface CompareOptions {
  readonly session: Session
  /** What the database should have. */
  readonly state: ProjectState
  /** What of the project lives in the database; absent: everything. */
  readonly placement?: Placement | undefined
  /** Only the tables for which this holds, declared or found; absent: all. Objects that are no tables are then left out too, but for `objects`. */
  readonly only?: ((table: string) => boolean) | undefined
  /** With `only`: the enum types, extensions and collations, by `objectKey`, that are compared all the same. */
  readonly objects?: ReadonlySet<string> | undefined
  /** Schemas of the database that are looked at beside those of what is declared. */
  readonly schemas?: readonly string[] | undefined
  /**
   * For a user who may only read: where the server makes no temporary tables, texts are compared by rules, and what these leave in doubt is no discrepancy.
   * Nothing may be proven so. Absent: what the server does not spell is a failure.
   */
  readonly lenient?: true | undefined
}

/** A database beside what it should be. */
export interface Comparison {
  /** What differs, by table and then by what it is; empty: the database holds all that is declared, and its tables hold no more. */
  readonly discrepancies: readonly Discrepancy[]
  /** What is in the database and in other hands: tables without a model, views, triggers. Never proposed for anything. */
  readonly unmanaged: readonly Unmanaged[]
  /** What nobody but the server could compare, and the server may not be asked. Only where `lenient`. */
  readonly notCompared: readonly NotCompared[]
  /** The server may not be asked how it spells anything, and its catalogue may not show all that is there. Only where `lenient`. */
  readonly isRestricted?: true
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
export async function compareDatabase({
  session,
  state,
  placement,
  only,
  objects,
  schemas: others = [],
  lenient,
}: CompareOptions): Promise<Comparison> {
  const { dialect } = session
  const wanted = project(stateIn(state, placement), dialect)
  const schemas = new Set([
    ...others,
    ...[...wanted.tables.keys()].flatMap((table) => splitTableName(table).schema ?? []),
  ])
  const inspected = within(await session.inspect({ schemas: [...schemas] }), only, objects)
  const { declared, ...doubts } = await spelledByServer(
    within(wanted, only, objects),
    inspected,
    session,
    lenient === true,
  )
  const worded = withDeclaredDefaults(inspected, declared, dialect)
  const changes = diff(worded, declared, { match: 'name', comparison: dialect.comparison })
  return {
    discrepancies: discrepanciesOf(
      changes.filter((change) => !isAboutOthers(change, declared) && !isOnlyNaming(change)),
      { inspected, declared, dialect },
    ),
    unmanaged: unmanagedIn(inspected, declared),
    ...doubts,
    inspected,
    declared,
  }
}

/** What would only take away what no model speaks of. */
function isAboutOthers(change: Change, { objects }: Schema): boolean {
  if (change.kind === 'dropTable') return true
  return isObjectChange(change) && change.kind === 'dropObject' && objects?.has(objectKey(change.object)) !== true
}

function within(schema: Schema, only: CompareOptions['only'], wanted: CompareOptions['objects'] = new Set()): Schema {
  if (only === undefined) return schema
  const objects = new Map([...(schema.objects ?? [])].filter(([key]) => wanted.has(key)))
  const tables = new Map([...schema.tables].filter(([table]) => only(table)))
  return { tables, ...(objects.size > 0 && { objects }), others: [] }
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
