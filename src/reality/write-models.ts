import type { OtherObject, Schema } from '../schema/schema.ts'
import { keyOf } from '../state/project-state.ts'
import { modelOptionsDoc } from '../writer/declarations.ts'
import { fieldCallDoc, type TargetDoc } from '../writer/field.ts'
import { concat, type Doc, hardLine, joinDocs, printDoc, symbol, symbolsOf } from '../writer/layout.ts'
import { callDoc, importLineDoc, objectDoc, stringText } from '../writer/syntax.ts'
import type { Difference } from './difference.ts'
import type { ReadModel, Unread } from './read-models.ts'

/** Everything that a models.ts says of a database. */
export interface ModelsFile {
  readonly models: readonly ReadModel[]
  /** By table, what it has and its model does not say. */
  readonly differences: ReadonlyMap<string, readonly Difference[]>
  readonly unread: readonly Unread[]
  /** What is no table: it is listed, so that nobody misses it. */
  readonly others: readonly OtherObject[]
  readonly objects: Schema['objects']
}

/** The source text of a models.ts. What no model says stands in comments: at its table, or at the end. */
export function writeModels(file: ModelsFile): string {
  const names = new Map(file.models.map(({ model }): [string, string] => [keyOf(model), model.name]))
  const declarations = file.models.map((read) => modelDoc(read, file, names))
  const end = endOf(file)
  const whole = joinDocs([...declarations, ...(end.length === 0 ? [] : [commentDoc(end)])], paragraph)
  const imports = file.models.length === 0 ? [] : [importLineDoc(symbolsOf(whole), 'godwit')]
  return printDoc(concat(joinDocs([...imports, whole], paragraph), hardLine))
}

const paragraph = concat(hardLine, hardLine)

function modelDoc({ table, model }: ReadModel, file: ModelsFile, names: ReadonlyMap<string, string>): Doc {
  const target: TargetDoc = (to) => {
    const name = names.get(String(to))
    return name === undefined ? stringText(String(to)) : `() => ${name}`
  }
  const fields = objectDoc(
    model.fields.map(({ name, field }) => [name, fieldCallDoc(field, target)]),
    { expanded: true },
  )
  const options = Object.keys(model.options).length === 0 ? [] : [modelOptionsDoc(model.options)]
  const declaration = concat(
    `export const ${model.name} = `,
    callDoc(symbol('model'), [stringText(model.name), fields, ...options]),
  )
  const remarks = remarksOn(table.name, model.options.managed === false, file)
  return remarks.length === 0 ? declaration : concat(commentDoc(remarks), hardLine, declaration)
}

function remarksOn(table: string, isUnmanaged: boolean, { differences, others }: ModelsFile): readonly string[] {
  const left = [
    ...(differences.get(table) ?? []).map(({ text }) => text),
    ...others.filter((other) => other.table === table).map(otherInWords),
  ]
  return [
    ...(isUnmanaged
      ? [
          'Without a primary key in the database, so it stays in other hands: give it one, and take managed: false away.',
        ]
      : []),
    ...(left.length === 0 ? [] : ['Left alone, as no model says it:', ...left.map((text) => `- ${text}`)]),
  ]
}

function endOf({ models, unread, others, objects }: ModelsFile): readonly string[] {
  const told = new Set(models.map(({ table }) => table.name))
  const used = new Set(models.flatMap(({ model }) => model.fields.map(({ field }) => field.native ?? field.of?.native)))
  const left = [
    ...[...(objects?.values() ?? [])].flatMap(({ kind, name }) => (used.has(name) ? [] : [`${kind} ${name}`])),
    ...others.filter(({ table }) => table === undefined || !told.has(table)).map(otherInWords),
  ]
  return [
    ...(unread.length === 0 ? [] : ['Tables without a model:']),
    ...unread.map(({ table, why }) => `- ${table}: ${why}`),
    ...(left.length === 0 ? [] : ['In the database besides, and left alone:', ...left.map((text) => `- ${text}`)]),
  ]
}

/** `materialised view sales_by_store`. */
function otherInWords({ kind, name }: OtherObject): string {
  return `${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${name}`
}

function commentDoc(lines: readonly string[]): Doc {
  return joinDocs(
    lines.map((text) => `// ${text.replace(/\s+/g, ' ').trim()}`),
    hardLine,
  )
}
