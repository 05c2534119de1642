import type { Feature } from '../../src/schema/feature.ts'
import {
  defined,
  type Edit,
  elementKinds,
  enumValues,
  type FieldSpec,
  hasColumn,
  type IndexSpec,
  isDistinct,
  type ModelSpec,
  type ProjectSpec,
  pick,
  richKinds,
  type UniqueSpec,
  withModel,
  without,
} from './project-spec.ts'

/** The edits that not every database can follow, by the feature that they need. */
export const richEdits = {
  toggleNative: 'nativeEnum',
  changeValues: 'enum',
  changeElements: 'array',
  toggleSchema: 'schema',
  changeComment: 'comment',
  changeDeferrable: 'deferrableForeignKey',
  addMethodIndex: 'indexMethod',
  addIncludingIndex: 'include',
  addOrderedIndex: 'nullsOrder',
  addClassIndex: 'operatorClass',
  addPrefixIndex: 'prefixLength',
  toggleStored: 'virtualGenerated',
  changeIncluded: 'include',
  toggleNullsNotDistinct: 'nullsNotDistinct',
  changeDeferrableUnique: 'deferrableUnique',
  addExclusion: 'exclusion',
  removeExclusion: 'exclusion',
} as const satisfies Record<string, Feature>

type RichEditKind = keyof typeof richEdits

/** One random edit that not every database can follow. */
export interface RichEdit {
  readonly kind: RichEditKind
  readonly at: Edit['at']
}

/** Whether an edit is one that not every database can follow. */
export function isRichEdit(kind: Edit['kind'] | RichEditKind): kind is RichEditKind {
  return kind in richEdits
}

/** The schema in which some models are drawn; a database must have it. */
export const drawnSchema = 'audit'

/** The project after an edit that not every database can follow; the same project where the edit has nothing to work on. */
export function richlyEdited(project: ProjectSpec, { kind, at: [first, second, third] }: RichEdit): ProjectSpec {
  const model = pick(project.models, first)
  if (model === undefined) return project
  const change = changes[kind](model, second, third, project.nextId)
  return change === undefined ? project : { ...withModel(project, change), nextId: project.nextId + 1 }
}

/** The model after a change, by two numbers that choose and one that nobody had; undefined where there is nothing to change. */
type ModelChange = (model: ModelSpec, second: number, third: number, id: number) => ModelSpec | undefined

const changes: { readonly [Kind in RichEditKind]: ModelChange } = {
  toggleNative: (model, second) =>
    changedField(model, second, isEnum, (field) => {
      if (field.options['native'] !== undefined) return { native: undefined }
      // All native enums of a model are of one type, so that some fields share theirs.
      const [other] = model.fields.filter(({ options }) => options['native'] !== undefined)
      return { native: `mood_${model.id}`, values: other?.options['values'] ?? field.options['values'] }
    }),

  changeValues: (model, second, third) => {
    const field = pick(model.fields.filter(isEnum), second)
    if (field === undefined) return undefined
    const { native } = field.options
    const fields = model.fields.map((other) =>
      other === field || (native !== undefined && other.options['native'] === native)
        ? withOptions(other, { values: changedValues(valuesOf(field), third) })
        : other,
    )
    return { ...model, fields }
  },

  changeElements: (model, second) =>
    changedField(
      model,
      second,
      ({ kind, options }) => kind === 'array' && options['of'] === 'integer',
      () => ({ of: elementKinds[1], default: undefined }),
    ),

  toggleSchema: (model) => (model.schema === undefined ? { ...model, schema: drawnSchema } : without(model, 'schema')),

  changeComment: (model, second, third) => {
    const comment = pick([undefined, "it's %s", 'another'], third)
    if (second % 3 > 0) return changedField(model, second, hasColumn, () => ({ comment }))
    return comment === undefined ? without(model, 'comment') : { ...model, comment }
  },

  changeDeferrable: (model, second, third) =>
    changedField(
      model,
      second,
      (field) => field.target !== undefined && hasColumn(field),
      () => ({ deferrable: pick([undefined, 'immediate', 'deferred'], third) }),
    ),

  addMethodIndex: (model, second, third, id) => {
    const field = pick(model.fields.filter(hasColumn), second)
    return field && withIndex(model, id, field, { method: methodFor(field, third) })
  },

  addIncludingIndex: (model, second, third, id) => {
    const [field, included] = [second, third].map((seed) => pick(model.fields.filter(hasColumn), seed))
    return field && included && withIndex(model, id, field, { include: [included.id] })
  },

  addOrderedIndex: (model, second, third, id) => {
    const field = pick(model.fields.filter(hasColumn), second)
    return (
      field && withIndex(model, id, field, { descending: third % 2 === 0, nulls: third % 3 === 0 ? 'last' : 'first' })
    )
  },

  addClassIndex: (model, second, _third, id) => {
    const field = pick(model.fields.filter(isText), second)
    return field && withIndex(model, id, field, { operatorClass: 'text_pattern_ops' })
  },

  addPrefixIndex: (model, second, third, id) => {
    const field = pick(model.fields.filter(isText), second)
    return field && withIndex(model, id, field, { prefixLength: 5 + (third % 15) })
  },

  toggleStored: (model, second) =>
    changedField(
      model,
      second,
      ({ kind }) => kind === 'generated',
      (field) => ({ stored: field.options['stored'] !== true }),
    ),

  changeIncluded: (model, second, third) => {
    const included = pick(model.fields.filter(hasColumn), third)
    return changedUnique(model, second, ({ include, ...rest }) =>
      include === undefined && included !== undefined ? { ...rest, include: [included.id] } : rest,
    )
  },

  toggleNullsNotDistinct: (model, second) =>
    changedUnique(model, second, ({ nullsNotDistinct, ...rest }) =>
      nullsNotDistinct ? rest : { ...rest, nullsNotDistinct: true },
    ),

  changeDeferrableUnique: (model, second, third) =>
    changedUnique(model, second, ({ deferrable, ...rest }) =>
      deferrable === undefined ? { ...rest, deferrable: third % 2 === 0 ? 'immediate' : 'deferred' } : rest,
    ),

  addExclusion: (model, second, _third, id) => {
    const field = pick(model.fields.filter(isDistinct), second)
    // Of two constraints that say the same, PostgreSQL makes one without a word.
    if (field === undefined || model.exclusions?.some((other) => other.field === field.id)) return undefined
    const how = isRange(field) ? { operator: '&&' } : { operator: '=', method: 'btree' }
    return { ...model, exclusions: [...(model.exclusions ?? []), { name: `ex_${id}`, field: field.id, ...how }] }
  },

  removeExclusion: (model) => ({ ...model, exclusions: (model.exclusions ?? []).slice(1) }),
}

function isText({ kind }: FieldSpec): boolean {
  return ['char', 'text', 'slug', 'email', 'url'].includes(kind)
}

function isEnum({ kind }: FieldSpec): boolean {
  return kind === 'enum'
}

function isRange({ kind }: FieldSpec): boolean {
  return new Map<string, string>(Object.entries(richKinds)).get(kind) === 'range'
}

function valuesOf({ options }: FieldSpec): readonly string[] {
  return Array.isArray(options['values']) ? options['values'] : enumValues
}

/** A value more or less, or another order; what rows may hold stays. */
function changedValues(values: readonly string[], seed: number): readonly string[] {
  if (seed % 3 === 0) return values.toReversed()
  const extra = `more ${seed % 4}`
  if (values.includes(extra)) return values.filter((value) => value !== extra)
  return seed % 3 === 1 ? [...values, extra] : [extra, ...values]
}

function methodFor(field: FieldSpec, seed: number): string {
  if (isRange(field)) return 'gist'
  if (field.kind === 'array') return 'gin'
  if (field.kind === 'json') return 'gin'
  // BRIN has no operators for truth values.
  return seed % 2 === 0 || field.kind === 'boolean' || field.kind === 'enum' ? 'hash' : 'brin'
}

function withIndex(model: ModelSpec, id: number, field: FieldSpec, how: Partial<IndexSpec>): ModelSpec {
  const name = id % 2 === 0 ? {} : { name: `ix_${id}` }
  const index: IndexSpec = { ...name, fields: [field.id], descending: false, partial: false, ...how }
  const isThere = model.indexes.some(
    (other) => JSON.stringify({ ...other, name: '' }) === JSON.stringify({ ...index, name: '' }),
  )
  return isThere ? model : { ...model, indexes: [...model.indexes, index] }
}

/** A unique with something changed in it; where a model has none, one that begins like that. */
function changedUnique(
  model: ModelSpec,
  seed: number,
  change: (unique: UniqueSpec) => UniqueSpec,
): ModelSpec | undefined {
  const unique = pick(model.uniques, seed)
  if (unique !== undefined) {
    return { ...model, uniques: model.uniques.map((other) => (other === unique ? change(other) : other)) }
  }
  const fields = model.fields.filter(isDistinct).map(({ id }) => id)
  return fields.length < 2 ? undefined : { ...model, uniques: [change({ fields: fields.slice(0, 2) })] }
}

function changedField(
  model: ModelSpec,
  seed: number,
  isMeant: (field: FieldSpec) => boolean,
  change: (field: FieldSpec) => Readonly<Record<string, unknown>>,
): ModelSpec | undefined {
  const field = pick(model.fields.filter(isMeant), seed)
  if (field === undefined) return undefined
  const fields = model.fields.map((other) => (other === field ? withOptions(field, change(field)) : other))
  return { ...model, fields }
}

function withOptions(field: FieldSpec, options: Readonly<Record<string, unknown>>): FieldSpec {
  return { ...field, options: defined({ ...field.options, ...options }) }
}
