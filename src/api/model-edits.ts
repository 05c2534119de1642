import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { structuralEqual } from '../lib/structural-equal.ts'
import type { ModelOptions } from '../models/declarations.ts'
import { modelsFile } from '../project/load-models.ts'
import type { Project } from '../project/project.ts'
import { findModel, keyOf, type ModelState, modelsOf, type ProjectState } from '../state/project-state.ts'
import { constraintDoc, indexDoc } from '../writer/declarations.ts'
import { type DeclaredModel, declaredModel, edited, type TextEdit, withImports } from '../writer/edit-models.ts'
import { fieldCallDoc } from '../writer/field.ts'
import { concat, type Doc, printDoc, symbolsOf } from '../writer/layout.ts'
import { arrayDoc, stringText } from '../writer/syntax.ts'

/** What is to be changed in one file of models. */
export interface ModelEdit {
  /** Absolute. */
  readonly file: string
  /** What the file says once it is edited; absent where the place was not found, as models may be made in many ways. */
  readonly edited?: string
  readonly parts: readonly ModelPartEdit[]
}

/** One property of a model: a field, or an option. */
export interface ModelPartEdit {
  /** `blog.Post`. */
  readonly model: string
  readonly name: string
  /** Where it stands, counted from 1; of what is new, where it belongs. Absent where it was not found. */
  readonly line?: number
  /** As the file has it; absent for what is new. */
  readonly before?: string
  /** Absent for what goes. */
  readonly after?: string
}

/** What makes the models of a project say what a State says, file by file. Nothing is written. */
export function modelEdits(from: ProjectState, to: ProjectState, project: Project): readonly ModelEdit[] {
  const changed = [...modelsOf(from)].flatMap((before): readonly Changed[] => {
    const after = findModel(to, keyOf(before))
    if (after === before) return []
    const folder = project.apps.get(before.app)
    return folder === undefined ? [] : [{ before, after, ...sourceOf(before, folder) }]
  })
  return [...Map.groupBy(changed, ({ file }) => file)].map(([file, models]) => editOf(file, models))
}

interface Changed {
  readonly before: ModelState
  /** Absent: its table is gone. */
  readonly after: ModelState | undefined
  readonly file: string
  readonly source: string
}

/** The file that declares a model: that of the app, or one beside it. */
function sourceOf(model: ModelState, folder: string): Pick<Changed, 'file' | 'source'> {
  const main = modelsFile(model.app, folder)
  const beside = readdirSync(dirname(main)).map((name) => join(dirname(main), name))
  const files = [main, ...beside.filter((file) => file !== main && /\.m?[jt]s$/.test(file))].filter((file) =>
    existsSync(file),
  )
  const sources = files.map((file) => ({ file, source: readFileSync(file, 'utf8') }))
  const found = sources.find(({ source }) => declaredModel(source, model.name) !== undefined)
  return found ?? sources[0] ?? { file: main, source: '' }
}

function editOf(file: string, models: readonly Changed[]): ModelEdit {
  const parts: ModelPartEdit[] = []
  const edits: TextEdit[] = []
  const used = new Set<string>()
  const source = models[0]?.source ?? ''
  let isWhole = true
  for (const { before, after } of models) {
    const place = declaredModel(source, before.name)
    for (const part of partsOf(before, after, place)) {
      for (const word of part.symbols) used.add(word)
      if (part.edit === undefined) isWhole = false
      else edits.push(part.edit)
      const line = part.edit && source.slice(0, part.edit.start).split('\n').length
      const { name, before: was, after: is } = part
      parts.push({
        model: keyOf(before),
        name,
        ...(line !== undefined && { line }),
        ...(was !== undefined && { before: was }),
        ...(is !== undefined && { after: is }),
      })
    }
  }
  return { file, parts, ...(isWhole && { edited: withImports(edited(source, edits), used) }) }
}

interface Part {
  readonly name: string
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly edit: TextEdit | undefined
  readonly symbols: ReadonlySet<string>
}

function partsOf(before: ModelState, after: ModelState | undefined, place: DeclaredModel | undefined): readonly Part[] {
  const none: ReadonlySet<string> = new Set()
  if (after === undefined) {
    return [{ name: before.name, before: `model('${before.name}', …)`, edit: undefined, symbols: none }]
  }
  const target = (to: unknown): Doc => {
    const [app, name = ''] = String(to).split('.')
    return app === before.app ? `() => ${name}` : stringText(String(to))
  }
  const written = (name: string, doc: Doc): Pick<Part, 'after' | 'symbols'> => ({
    after: printDoc(concat(`${name}: `, doc)).replaceAll('\n', '\n  '),
    symbols: symbolsOf(doc),
  })
  const ours = new Map(before.fields.map((entry) => [entry.name, entry.field]))
  const theirs = new Map(after.fields.map((entry) => [entry.name, entry.field]))
  const fields = [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name): readonly Part[] => {
    const field = theirs.get(name)
    if (structuralEqual(ours.get(name), field)) return []
    const text = field === undefined ? { after: undefined, symbols: none } : written(name, fieldCallDoc(field, target))
    return [{ name, before: place?.textOf('fields', name), ...text, edit: place?.edit('fields', name, text.after) }]
  })
  const optionNames: readonly (keyof ModelOptions)[] = ['comment', 'primaryKey', 'indexes', 'constraints']
  const options = optionNames.flatMap((name): readonly Part[] => {
    if (structuralEqual(before.options[name], after.options[name])) return []
    const doc = optionDoc(name, before, after, place)
    const text = doc === undefined ? { after: undefined, symbols: none } : written(name, doc)
    return [{ name, before: place?.textOf('options', name), ...text, edit: place?.edit('options', name, text.after) }]
  })
  return [...fields, ...options]
}

/** An option as source; of a list, what stays is as the file has it. */
function optionDoc(
  name: keyof ModelOptions,
  { options: before }: ModelState,
  { options: after }: ModelState,
  place: DeclaredModel | undefined,
): Doc | undefined {
  switch (name) {
    case 'comment':
      return after.comment === undefined ? undefined : stringText(after.comment)
    case 'primaryKey':
      return after.primaryKey && arrayDoc(after.primaryKey.map(stringText))
    case 'indexes':
      return after.indexes && listDoc(before.indexes, after.indexes, place?.itemsOf('indexes'), indexDoc)
    case 'constraints':
      return (
        after.constraints &&
        listDoc(before.constraints, after.constraints, place?.itemsOf('constraints'), constraintDoc)
      )
    default:
      return undefined
  }
}

function listDoc<T>(
  before: readonly T[] = [],
  after: readonly T[],
  items: readonly string[] | undefined,
  write: (item: T) => Doc,
): Doc {
  const isListed = items?.length === before.length
  return arrayDoc(
    after.map((item) => {
      const at = before.indexOf(item)
      return (isListed && at >= 0 ? items[at] : undefined) ?? write(item)
    }),
  )
}
