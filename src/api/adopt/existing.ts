import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { snakeCase } from '../../lib/snake-case.ts'
import type { Project } from '../../project/project.ts'
import { type InspectedModels, inspectedModels } from '../../reality/inspected-models.ts'
import { type Bookkeeping, bookkeepingIn, schemasOfTools } from '../../reality/other-tools.ts'
import type { Session } from '../../schema/dialect.ts'
import type { Schema } from '../../schema/schema.ts'
import { splitTableName } from '../../state/names.ts'
import { withNativeEnums } from '../../state/native-enums.ts'
import { holdsModel, type Placement } from '../../state/placement.ts'
import { keyOf, type ProjectState } from '../../state/project-state.ts'
import { sampleModels } from '../init-project.ts'
import { onlyModels, tablesOfModels } from '../known-models.ts'
import { fileOf } from './models-of-apps.ts'

/**
 * What stands where the models of an app are to be: nothing; a file that says nothing, or is the untouched sample of `init`; models; or a file of somebody's
 * without models.
 */
export type ModelsPlace = 'empty' | 'replaceable' | 'models' | 'inUse'

/** The models that an app has, and what a database has for them. */
export interface Existing {
  /** Where the models are, or are to be; absolute. */
  readonly file: string
  readonly place: ModelsPlace
  /** What an inspection makes of the tables: of all of them, or of those that the models are about. */
  readonly read: InspectedModels
  readonly bookkeeping: readonly Bookkeeping[]
  /** The models of all apps: the app's own, or those that were read. */
  readonly state: ProjectState
}

export interface ExistingOptions {
  readonly project: Project
  readonly app: string
  readonly placement: Placement
  readonly schemas: readonly string[]
  readonly session: Session
  /** The models of all apps. */
  readonly all: ProjectState
}

/** Reads what is there, on both sides. Writes nothing. */
export async function readExisting({
  project,
  app,
  placement,
  schemas,
  session,
  all,
}: ExistingOptions): Promise<Existing> {
  const { file, place: found } = await placeOf(project, app)
  const isAnybodys = found === 'inUse' && (all.apps.get(app)?.size ?? 0) > 0
  const place = isAnybodys ? 'models' : found
  const known = onlyModels(all, (model) => model.app !== app && holdsModel(keyOf(model), placement))
  const ownTables = tablesOfModels(onlyModels(all, (model) => model.app === app))
  const wanted = new Set([...schemas, ...[...ownTables.keys()].flatMap((table) => splitTableName(table).schema ?? [])])
  const canHaveSchemas = 'works' in session.dialect.support.schema
  const whole = await session.inspect({ schemas: canHaveSchemas ? [...wanted, ...schemasOfTools] : [] })
  const bookkeeping = bookkeepingIn(whole)
  const schema = withoutTools(whole, wanted)
  const unwritten = [...project.apps.keys()].filter((other) => other !== app && (all.apps.get(other)?.size ?? 0) === 0)
  const isOurs = (table: string): boolean =>
    place === 'models' ? ownTables.has(table) : !isOfAnother(table, app, unwritten)
  const taken = new Set([...tablesOfModels(known).keys(), ...bookkeeping.map(({ table }) => table)])
  const free = [...schema.tables.keys()].filter((table) => !taken.has(table))
  const whyNot = place === 'models' ? 'no model speaks of it' : 'by its name it belongs to another app of the config'
  const read = inspectedModels({
    schema,
    dialect: session.dialect,
    app,
    tables: free.filter(isOurs),
    without: [
      ...bookkeeping.map(({ table, tool }) => ({ table, why: `it is the bookkeeping of ${tool}` })),
      ...free.filter((table) => !isOurs(table)).map((table) => ({ table, why: whyNot })),
    ],
    known,
    whole: true,
  })
  const models = read.state.apps.get(app) ?? new Map()
  const state = place === 'models' ? all : withNativeEnums({ ...all, apps: new Map(all.apps).set(app, models) })
  return { file, place, read, bookkeeping, state }
}

async function placeOf(project: Project, app: string): Promise<Pick<Existing, 'file' | 'place'>> {
  const folder = project.apps.get(app) ?? ''
  const file = fileOf(app, folder)
  if (file === undefined) return { file: join(folder, 'models.ts'), place: 'empty' }
  return { file, place: saysNothing(await readFile(file, 'utf8')) ? 'replaceable' : 'inUse' }
}

/** Whether a file is the untouched sample of `init`, or only begun: imports, and nothing made of them. */
function saysNothing(text: string): boolean {
  return text === sampleModels || text.replace(/^(?:\s+|import\b[^\n]*|export \{\};?)/gm, '').trim() === ''
}

/** Whether a table has by its name been made for another app that has no models yet: `shop_item` for `shop`. */
function isOfAnother(table: string, app: string, unwritten: readonly string[]): boolean {
  const { table: bare } = splitTableName(table)
  const named = [app, ...unwritten].filter((label) => bare.startsWith(`${snakeCase(label)}_`))
  return (named.toSorted((a, b) => b.length - a.length)[0] ?? app) !== app
}

/** The Schema without what was only looked at for the tables of other tools. */
function withoutTools(schema: Schema, wanted: ReadonlySet<string>): Schema {
  const isTools = (table: string): boolean => {
    const { schema: name } = splitTableName(table)
    return name !== undefined && schemasOfTools.includes(name) && !wanted.has(name)
  }
  return {
    ...schema,
    tables: new Map([...schema.tables].filter(([table]) => !isTools(table))),
    others: schema.others.filter(({ name, table = name }) => !isTools(table) && !isTools(name)),
  }
}
