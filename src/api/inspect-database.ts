import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fail } from '../errors/error.ts'
import { defined } from '../lib/defined.ts'
import { displayPath } from '../lib/display-path.ts'
import { placementIn } from '../project/placement-in.ts'
import { chosenApps, type Project } from '../project/project.ts'
import { type InspectedModels, inspectedModels } from '../reality/inspected-models.ts'
import { bookkeepingIn } from '../reality/other-tools.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { OtherObject, Schema } from '../schema/schema.ts'
import { splitTableName, tableName } from '../state/names.ts'
import type { ProjectState } from '../state/project-state.ts'
import { knownModels, onlyModels, tablesOfModels } from './known-models.ts'
import { openDatabase } from './open-database.ts'
import { type ProjectChoice, projectOf } from './project-of.ts'

export interface InspectDatabaseOptions extends ProjectChoice {
  /** Only these tables, with their schema before them where that is not the default one. All but those of other apps' models, if none is named. */
  readonly tables?: readonly string[] | undefined
  /** The app that the models are for; the only one of the config if not given. */
  readonly app?: string | undefined
  /** By its name in the config; `default` if not given. Nothing is written to it, and its user needs to read nothing but the catalogue. */
  readonly database?: string | undefined
  /** Also the tables of these schemas, where the database has such. */
  readonly schemas?: readonly string[] | undefined
  /** Where to write the source: a path from the working directory. Not written if not given. */
  readonly output?: string | undefined
  /** Whether a file that exists may be lost. Default: `false`. */
  readonly overwrite?: boolean | undefined
}

/** A table and its model. */
export interface InspectedTable {
  readonly table: string
  readonly model: string
  /** What the table has and its model does not say, in words. */
  readonly leftAlone: readonly string[]
}

export interface InspectDatabaseResult {
  readonly app: string
  /** The database in words fit for messages: no password. */
  readonly database: string
  readonly tables: readonly InspectedTable[]
  /** Tables that no model was made for, and why. */
  readonly withoutModel: readonly { readonly table: string; readonly why: string }[]
  /** What the database has besides tables: views, triggers, sequences. */
  readonly others: readonly Omit<OtherObject, 'definition'>[]
  /** The source text of a models.ts. */
  readonly source: string
  /** The file that was written; absolute. */
  readonly written?: string
  /** Where the router has the app's models, if not in this database. */
  readonly livesElsewhere?: true
}

/**
 * Reads the tables of a database as the models that would make them, and writes them as TypeScript. The first migration of such models is recorded with
 * `migrate({ fake: true })`, and the database is then what they say. What no model can say stands in comments and is left alone.
 *
 * @example
 * const { source, tables } = await inspectDatabase({ app: 'shop', output: 'src/shop/models.ts' })
 */
export async function inspectDatabase(options: InspectDatabaseOptions = {}): Promise<InspectDatabaseResult> {
  const project = await projectOf(options)
  const app = chosenApp(project, options.app)
  const { tables: named = [], schemas = [] } = options
  const session = await openDatabase(project, options.database, { forReading: true })
  try {
    const schema = await session.inspect({ schemas: schemasOf(named, schemas, session.dialect) })
    const known = await knownModels(project, options.database, app)
    const tables = wantedTables(schema, { named, known, app, database: session.label, schemas })
    const read = inspectedModels({
      schema,
      dialect: session.dialect,
      app,
      tables,
      without:
        named.length === 0
          ? bookkeepingIn(schema).map(({ table, tool }) => ({ table, why: `it is the bookkeeping of ${tool}` }))
          : [],
      known: onlyModels(known, (model) => !isReadAnew(tableName(model.app, model.name, model.options), tables)),
      whole: named.length === 0,
    })
    const written =
      options.output === undefined ? undefined : await write(read.source, options.output, options.overwrite)
    const isElsewhere = !placementIn(project, options.database).holds(app)
    return {
      app,
      database: session.label,
      ...resultOf(read),
      ...defined({ written, livesElsewhere: isElsewhere ? (true as const) : undefined }),
    }
  } finally {
    await session.close()
  }
}

/** The app that is named, or the only one. */
export function chosenApp(project: Project, app: string | undefined): string {
  const [first, another] = chosenApps(project, app === undefined ? [] : [app])
  if (first === undefined || another !== undefined)
    return fail('inspecting.appNeeded', { known: [...project.apps.keys()] })
  return first
}

/** The schemas that are asked for, by name or before the name of a table. */
function schemasOf(tables: readonly string[], schemas: readonly string[], { support }: Dialect): readonly string[] {
  if ('refused' in support.schema) {
    return schemas.length === 0 ? [] : fail('inspecting.noSchemas', { reason: support.schema.refused })
  }
  return [...new Set([...schemas, ...tables.flatMap((table) => splitTableName(table).schema ?? [])])]
}

interface Wanted {
  readonly named: readonly string[]
  readonly known: ProjectState
  readonly app: string
  readonly database: string
  readonly schemas: readonly string[]
}

/** The tables that are named, or all but those that other apps have models of. */
function wantedTables(schema: Schema, { named, known, app, database, schemas }: Wanted): readonly string[] {
  const all = [...schema.tables.keys()]
  const unknown = named.find((table) => !schema.tables.has(table))
  if (unknown !== undefined) fail('inspecting.unknownTable', { table: unknown, database, known: all })
  if (named.length > 0) return named
  if (all.length === 0) fail('inspecting.noTables', { database, schemas })
  const owners = tablesOfModels(known)
  const wanted = all.filter((table) => (owners.get(table) ?? app) === app)
  if (wanted.length === 0) fail('inspecting.nothingNew', { database, app, apps: [...new Set(owners.values())] })
  return wanted
}

function isReadAnew(table: string, tables: readonly string[]): boolean {
  return tables.includes(table)
}

async function write(source: string, output: string, overwrite = false): Promise<string> {
  const file = resolve(output)
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(file, source, { flag: overwrite ? 'w' : 'wx' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      fail('inspecting.fileExists', { file: displayPath(file) }, { cause: error })
    }
    throw error
  }
  return file
}

function resultOf({ models, unread, differences, others, source }: InspectedModels) {
  return {
    tables: models.map(({ table, model }) => ({
      table: table.name,
      model: model.name,
      leftAlone: (differences.get(table.name) ?? []).map(({ text }) => text),
    })),
    withoutModel: unread,
    others: others.map(({ definition: _, ...other }) => other),
    source,
  }
}
