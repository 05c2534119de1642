import { snakeCase } from '../../src/lib/snake-case.ts'
import type { Feature } from '../../src/schema/feature.ts'

// A project as plain data that can be drawn at random, edited at random and turned into models. Everything carries an id of its own, so that the
// harness knows what a rename is while the autodetector has to ask.

export interface FieldSpec {
  readonly id: number
  readonly name: string
  readonly kind: FieldKindName
  readonly options: Readonly<Record<string, unknown>>
  /** The id of the field that a generated one computes from. */
  readonly source?: number
  /** The id of the model that a relation points at. */
  readonly target?: number
}

export interface ModelSpec {
  readonly id: number
  readonly app: string
  readonly name: string
  readonly fields: readonly FieldSpec[]
  readonly table?: string
  readonly schema?: string
  readonly comment?: string
  readonly indexes: readonly IndexSpec[]
  readonly uniques: readonly UniqueSpec[]
  readonly checks: readonly { readonly name: string; readonly field: number; readonly least: number }[]
  readonly exclusions?: readonly ExclusionSpec[]
}

export interface IndexSpec {
  readonly name?: string
  readonly fields: readonly number[]
  readonly descending: boolean
  readonly partial: boolean
  readonly method?: string
  readonly include?: readonly number[]
  /** Of the first field. */
  readonly operatorClass?: string
  /** Of the first field. */
  readonly prefixLength?: number
  /** Of the first field. */
  readonly nulls?: 'first' | 'last'
}

export interface UniqueSpec {
  readonly name?: string
  readonly fields: readonly number[]
  readonly include?: readonly number[]
  readonly nullsNotDistinct?: true
  readonly deferrable?: 'immediate' | 'deferred'
}

export interface ExclusionSpec {
  readonly name: string
  readonly field: number
  readonly operator: string
  readonly method?: string
}

export interface ProjectSpec {
  readonly models: readonly ModelSpec[]
  readonly nextId: number
}

export const plainKinds = [
  'integer',
  'bigInteger',
  'smallInteger',
  'positiveInteger',
  'positiveSmallInteger',
  'positiveBigInteger',
  'boolean',
  'char',
  'text',
  'slug',
  'email',
  'url',
  'uuid',
  'decimal',
  'float',
  'date',
  'time',
  'dateTime',
  'json',
  'binary',
] as const

/** The kinds that not every database has, by the feature that stands for them. */
export const richKinds = {
  enum: 'enum',
  array: 'array',
  duration: 'duration',
  ipAddress: 'ipAddress',
  integerRange: 'range',
  bigIntegerRange: 'range',
  decimalRange: 'range',
  dateRange: 'range',
  dateTimeRange: 'range',
} as const satisfies Record<string, Feature>

/** What the arrays that are drawn hold. */
export const elementKinds = ['integer', 'bigInteger', 'text', 'uuid', 'boolean', 'dateTime', 'json', 'enum'] as const

export type PlainKindName = (typeof plainKinds)[number] | keyof typeof richKinds
export type RelationKindName = 'foreignKey' | 'oneToOne' | 'manyToMany'
export type FieldKindName = PlainKindName | RelationKindName | 'generated'

export const emptyProject: ProjectSpec = { models: [], nextId: 1 }

const apps = ['accounts', 'billing', 'blog']
const words = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'heath',
  'islet',
  'jetty',
  'knoll',
  'ledge',
]
const isRelation = (field: FieldSpec): boolean => field.target !== undefined
const numeric = new Set<string>([
  ...['integer', 'bigInteger', 'smallInteger'],
  ...['positiveInteger', 'positiveSmallInteger', 'positiveBigInteger'],
])

/** Of these there are fewer values than rows, or values that no two rows should share in a test. */
const fewValued: readonly string[] = ['json', 'boolean', 'enum', 'array']

export const hasColumn = (field: FieldSpec): boolean => field.kind !== 'manyToMany'

/** Whether a field has another value in every row. */
export function isDistinct(field: FieldSpec): boolean {
  return hasColumn(field) && field.kind !== 'char' && !fewValued.includes(field.kind)
}

/** One random edit: what it does, and numbers that choose among what there is. */
export interface Edit {
  readonly kind: (typeof editKinds)[number]
  readonly at: readonly [number, number, number]
}

export const editKinds = [
  'addModel',
  'addField',
  'addField',
  'addField',
  'addRelation',
  'addRelation',
  'removeField',
  'removeModel',
  'renameField',
  'renameModel',
  'moveModel',
  'setTable',
  'toggleNull',
  'toggleUnique',
  'toggleIndex',
  'changeDefault',
  'changeLength',
  'changeKind',
  'changeChoices',
  'changeColumn',
  'swapColumns',
  'addGenerated',
  'retarget',
  'changeOnDelete',
  'changeRelation',
  'changeRelation',
  'addIndex',
  'removeIndex',
  'renameIndex',
  'addUnique',
  'removeUnique',
  'addCheck',
  'removeCheck',
] as const

/** The project after an edit, with fields of these kinds; the same project where the edit has nothing to work on. */
export function edited(
  project: ProjectSpec,
  { kind, at: [first, second, third] }: Edit,
  kinds: readonly PlainKindName[] = plainKinds,
): ProjectSpec {
  const model = pick(project.models, first)
  if (kind === 'addModel' || model === undefined) return withNewModel(project, first, second, kinds)
  const field = pick(model.fields, second)
  const plain = pick(
    model.fields.filter((candidate) => !isRelation(candidate)),
    second,
  )
  const relation = pick(model.fields.filter(isRelation), second)
  const patch = (change: Partial<ModelSpec>): ProjectSpec => withModel(project, { ...model, ...change })
  const patchField = (target: FieldSpec, change: Partial<FieldSpec>): ProjectSpec =>
    patch({ fields: model.fields.map((other) => (other === target ? { ...other, ...change } : other)) })
  const patchOptions = (target: FieldSpec, options: Readonly<Record<string, unknown>>): ProjectSpec =>
    patchField(target, { options: defined({ ...target.options, ...options }) })

  switch (kind) {
    case 'addField':
      return withField(
        project,
        model,
        plainField(project.nextId, pick(kinds, second) ?? 'integer', third, freeName(model, third)),
      )
    case 'addRelation': {
      const target = pick(project.models, second) ?? model
      return withField(project, model, relationField(project.nextId, target, third, freeName(model, second + third)))
    }
    case 'removeField':
      return field === undefined || model.fields.length < 2
        ? project
        : patch(withoutFields(model, (one) => one === field))
    case 'removeModel':
      return project.models.length < 2 ? project : withoutModel(project, model)
    case 'renameField':
      return field === undefined ? project : patchField(field, { name: freeName(model, third) })
    case 'renameModel':
      return patch({ name: freeModelName(project, model.app, third) })
    case 'moveModel': {
      const app = pick(apps, second) ?? model.app
      return app === model.app ? project : patch({ app, name: freeModelName(project, app, third) })
    }
    case 'setTable':
      return model.table === undefined
        ? patch({ table: `custom_${model.id}_${third % 5}` })
        : withModel(project, without(model, 'table'))
    case 'toggleNull':
      // Where what it computes from is NULL, it has no value.
      return plain === undefined || plain.kind === 'generated'
        ? project
        : patchOptions(plain, { null: plain.options['null'] === true ? undefined : true })
    case 'toggleUnique':
      return plain === undefined ||
        plain.kind === 'binary' ||
        fewValued.includes(plain.kind) ||
        plain.options['choices'] !== undefined
        ? project
        : patchOptions(plain, { unique: plain.options['unique'] === true ? undefined : true, default: undefined })
    case 'toggleIndex':
      return plain === undefined
        ? project
        : patchOptions(plain, { index: plain.options['index'] === true ? undefined : true })
    case 'changeDefault':
      return plain === undefined || plain.options['unique'] === true
        ? project
        : patchOptions(plain, { default: defaultFor(plain, third) })
    case 'changeLength':
      return plain?.kind === 'char' ? patchOptions(plain, { maxLength: 20 + (third % 50) }) : project
    case 'changeKind':
      return plain === undefined ? project : withKind(project, model, plain, third)
    case 'changeChoices':
      return plain?.kind !== 'char' || plain.options['unique'] === true
        ? project
        : patchOptions(plain, {
            choices: plain.options['choices'] === undefined ? ['draft', 'sent', 'paid'] : undefined,
            default: plain.options['choices'] === undefined ? 'draft' : undefined,
          })
    case 'changeColumn':
      return field === undefined || !hasColumn(field)
        ? project
        : patchOptions(field, {
            column: field.options['column'] === undefined ? `col_${field.id}_${third % 3}` : undefined,
          })
    case 'swapColumns': {
      const other = pick(
        model.fields.filter((candidate) => !isRelation(candidate) && candidate !== plain),
        third,
      )
      if (plain === undefined || other === undefined) return project
      const swapped = new Map([
        [plain, columnOf(other)],
        [other, columnOf(plain)],
      ])
      const columned = (one: FieldSpec): FieldSpec =>
        swapped.has(one) ? { ...one, options: { ...one.options, column: swapped.get(one) } } : one
      return patch({ fields: model.fields.map(columned) })
    }
    case 'addGenerated': {
      const source = pick(
        model.fields.filter((candidate) => numeric.has(candidate.kind)),
        second,
      )
      if (source === undefined) return project
      const base = { id: project.nextId, name: freeName(model, third), source: source.id }
      return withField(project, model, { ...base, kind: 'generated', options: { null: true, stored: true } })
    }
    case 'retarget': {
      const target = pick(project.models, third)
      return relation === undefined || relation.kind !== 'foreignKey' || target === undefined
        ? project
        : patchField(relation, { target: target.id })
    }
    case 'changeRelation': {
      const changed = pick(['foreignKey', 'oneToOne', 'manyToMany'] as const, third)
      return relation === undefined || changed === undefined || changed === relation.kind
        ? project
        : withModel(project, withRelationKind(model, relation, changed))
    }
    case 'changeOnDelete':
      return relation === undefined || !hasColumn(relation)
        ? project
        : patchOptions(relation, { onDelete: pick(['cascade', 'restrict', 'noAction'], third) })
    case 'addIndex': {
      const fields = distinct([field, pick(model.fields, third)]).filter(hasColumn)
      if (fields.length === 0) return project
      const given = third % 2 === 0 ? { name: `ix_${project.nextId}` } : {}
      const index = {
        ...given,
        fields: fields.map(({ id }) => id),
        descending: third % 3 === 0,
        partial: third % 5 === 0,
      }
      if (model.indexes.some((other) => String(other.fields) === String(index.fields))) return project
      return { ...patch({ indexes: [...model.indexes, index] }), nextId: project.nextId + 1 }
    }
    case 'removeIndex':
      return patch({ indexes: model.indexes.filter((_, index) => index !== second % model.indexes.length) })
    case 'renameIndex': {
      const indexes = model.indexes.map((index, position) =>
        position === 0 ? { ...index, name: `ix_${project.nextId}` } : index,
      )
      return { ...patch({ indexes }), nextId: project.nextId + 1 }
    }
    case 'addUnique': {
      // Of a boolean, and of choices that a char may get later, there are fewer values than rows.
      const fields = distinct([field, pick(model.fields, third)]).filter(isDistinct)
      if (
        fields.length < 2 ||
        model.uniques.some((other) => String(other.fields) === String(fields.map(({ id }) => id)))
      )
        return project
      const given = third % 2 === 0 ? { name: `uq_${project.nextId}` } : {}
      return {
        ...patch({ uniques: [...model.uniques, { ...given, fields: fields.map(({ id }) => id) }] }),
        nextId: project.nextId + 1,
      }
    }
    case 'removeUnique':
      return patch({ uniques: model.uniques.slice(1) })
    case 'addCheck': {
      const checked = model.fields.find((one) => numeric.has(one.kind))
      if (checked === undefined) return project
      const check = { name: `ck_${project.nextId}`, field: checked.id, least: -(third % 3) }
      return { ...patch({ checks: [...model.checks, check] }), nextId: project.nextId + 1 }
    }
    case 'removeCheck':
      return patch({ checks: model.checks.slice(1) })
  }
}

function withNewModel(
  project: ProjectSpec,
  first: number,
  second: number,
  kinds: readonly PlainKindName[],
): ProjectSpec {
  const app = pick(apps, first) ?? 'blog'
  const id = project.nextId
  const model: ModelSpec = {
    id,
    app,
    name: freeModelName(project, app, second),
    fields: [
      plainField(id + 1, 'integer', second, 'rank'),
      plainField(id + 2, pick(kinds, second) ?? 'char', first, 'label'),
    ],
    indexes: [],
    uniques: [],
    checks: [],
  }
  return { models: [...project.models, model], nextId: id + 3 }
}

function plainField(id: number, kind: PlainKindName, seed: number, name: string): FieldSpec {
  const base: FieldSpec = {
    id,
    name,
    kind,
    options: defined({ ...requiredOptions(kind, seed, id), null: seed % 3 === 0 ? true : undefined }),
  }
  return {
    ...base,
    options: defined({ ...base.options, default: seed % 4 === 1 ? defaultFor(base, seed) : undefined }),
  }
}

function requiredOptions(kind: PlainKindName, seed: number, id: number): Readonly<Record<string, unknown>> {
  if (kind === 'char') return { maxLength: 20 + (seed % 30) }
  if (kind === 'decimal') return { maxDigits: 10, decimalPlaces: 2 }
  if (kind === 'enum') return { values: enumValues, native: seed % 2 === 0 ? `mood_${id}` : undefined }
  if (kind === 'array') return { of: pick(elementKinds, seed) }
  return {}
}

/** What every enum that is drawn can hold; some can hold more. */
export const enumValues = ['draft', 'sent', 'paid'] as const

function relationField(id: number, target: ModelSpec, seed: number, name: string): FieldSpec {
  const kind = pick(['foreignKey', 'foreignKey', 'manyToMany', 'oneToOne'] as const, seed) ?? 'foreignKey'
  const options = kind === 'manyToMany' ? {} : { null: true, onDelete: pick(['cascade', 'restrict', 'setNull'], seed) }
  return { id, name, kind, target: target.id, options }
}

/** The relation as one of another kind, to the same target. What was over its column goes with the column. */
function withRelationKind(model: ModelSpec, relation: FieldSpec, kind: RelationKindName): ModelSpec {
  const options = kind === 'manyToMany' ? {} : { null: true, onDelete: relation.options['onDelete'] ?? 'cascade' }
  const changed: FieldSpec = { ...relation, kind, options }
  const kept = kind === 'manyToMany' ? withoutFields(model, (one) => one === relation) : model
  return { ...model, ...kept, fields: model.fields.map((other) => (other === relation ? changed : other)) }
}

/** Changes that keep every value: what narrows is judged by tests of its own. */
function withKind(project: ProjectSpec, model: ModelSpec, field: FieldSpec, seed: number): ProjectSpec {
  const wider: Readonly<Record<string, readonly PlainKindName[]>> = {
    smallInteger: ['integer', 'bigInteger'],
    integer: ['bigInteger', 'text'],
    positiveSmallInteger: ['smallInteger', 'positiveInteger', 'positiveBigInteger'],
    positiveInteger: ['integer', 'positiveBigInteger'],
    char: ['text'],
    slug: ['text'],
    email: ['text'],
    date: ['text'],
    enum: ['text'],
    ipAddress: ['text'],
  }
  const kind = pick(wider[field.kind] ?? [], seed)
  if (kind === undefined || field.options['choices'] !== undefined) return project
  const { null: nullable, unique, index, column } = field.options
  const changed: FieldSpec = { ...field, kind, options: defined({ null: nullable, unique, index, column }) }
  // What is computed from a number is not computed from a text.
  const kept = numeric.has(kind) ? {} : withoutFields(model, ({ source }) => source === field.id)
  return withModel(project, {
    ...model,
    ...kept,
    fields: (kept.fields ?? model.fields).map((other) => (other === field ? changed : other)),
    checks: numeric.has(kind) ? model.checks : model.checks.filter((check) => check.field !== field.id),
  })
}

function defaultFor(field: FieldSpec, seed: number): unknown {
  if (seed % 3 === 2) return undefined
  if (numeric.has(field.kind)) return seed % 100
  switch (field.kind) {
    case 'boolean':
      return seed % 2 === 0
    case 'char':
      return field.options['choices'] === undefined ? `it's %s ${seed % 10}` : 'draft'
    case 'text':
      return 'a "quoted" text'
    case 'float':
      return 1.5
    case 'decimal':
      return '12.50'
    case 'date':
      return '2026-01-02'
    case 'dateTime':
      return { now: true }
    case 'uuid':
      return { uuid: true }
    default:
      return field.kind in samples ? sampleOf(field) : undefined
  }
}

/** One value of each of the kinds that not every database has, as a model writes it. */
const samples: { readonly [Kind in keyof typeof richKinds]: unknown } = {
  enum: 'draft',
  array: [],
  duration: 'P1DT2H30M',
  ipAddress: '10.9.8.7',
  integerRange: '[100,200)',
  bigIntegerRange: '[100,)',
  decimalRange: '[100.5,200.25]',
  dateRange: '[2025-01-01,2025-02-01)',
  dateTimeRange: '[2025-01-01T00:00:00.000Z,2025-01-01T12:30:00.000Z)',
}

const elementSamples: { readonly [Kind in (typeof elementKinds)[number]]: unknown } = {
  integer: -7,
  bigInteger: 8,
  text: 'it\'s {a, "b"} \\ NULL',
  uuid: '6f0e2a52-6b1c-4f0e-8f3b-0a4c1d2e3f40',
  boolean: true,
  dateTime: '2026-02-03T10:11:12.000Z',
  json: { a: [1, null] },
  enum: 'draft',
}

/** One value of a field whose kind not every database has, as a model writes it. */
export function sampleOf({ kind, options }: FieldSpec): unknown {
  const element = elementKinds.find((one) => one === options['of'])
  return element === undefined ? new Map<string, unknown>(Object.entries(samples)).get(kind) : [elementSamples[element]]
}

function withField(project: ProjectSpec, model: ModelSpec, field: FieldSpec): ProjectSpec {
  return { ...withModel(project, { ...model, fields: [...model.fields, field] }), nextId: project.nextId + 1 }
}

export function withModel(project: ProjectSpec, model: ModelSpec): ProjectSpec {
  return { ...project, models: project.models.map((other) => (other.id === model.id ? model : other)) }
}

function withoutFields(model: ModelSpec, isGone: (field: FieldSpec) => boolean): Partial<ModelSpec> {
  const gone = new Set(model.fields.filter(isGone).map(({ id }) => id))
  for (const { id, source } of model.fields) if (source !== undefined && gone.has(source)) gone.add(id)
  const keeps = ({ fields, include = [] }: IndexSpec | UniqueSpec): boolean =>
    ![...fields, ...include].some((id) => gone.has(id))
  const { exclusions } = model
  return {
    fields: model.fields.filter(({ id }) => !gone.has(id)),
    indexes: model.indexes.filter(keeps),
    uniques: model.uniques.filter(keeps),
    checks: model.checks.filter((check) => !gone.has(check.field)),
    ...(exclusions === undefined ? {} : { exclusions: exclusions.filter(({ field }) => !gone.has(field)) }),
  }
}

function withoutModel(project: ProjectSpec, gone: ModelSpec): ProjectSpec {
  const models = project.models
    .filter((model) => model !== gone)
    .map((model) => ({ ...model, ...withoutFields(model, (field) => field.target === gone.id) }))
  return { ...project, models }
}

/** The column of a field that is no relation. */
export function columnOf({ name, options }: FieldSpec): string {
  return String(options['column'] ?? snakeCase(name))
}

function freeName(model: ModelSpec, seed: number): string {
  const taken = new Set(model.fields.map(({ name }) => name))
  for (let offset = 0; ; offset += 1) {
    const word = `${pick(words, seed + offset)}${offset < words.length ? '' : offset}`
    const name = seed % 2 === 0 ? word : `${word}Of`
    if (!taken.has(name)) return name
  }
}

function freeModelName(project: ProjectSpec, app: string, seed: number): string {
  const taken = new Set(project.models.filter((model) => model.app === app).map(({ name }) => name))
  for (let offset = 0; ; offset += 1) {
    const word = pick(words, seed + offset) ?? 'word'
    const name = `${word[0]?.toUpperCase()}${word.slice(1)}${offset < words.length ? '' : offset}`
    if (!taken.has(name)) return name
  }
}

export function pick<T>(list: readonly T[], seed: number): T | undefined {
  return list[seed % Math.max(list.length, 1)]
}

export function distinct<T>(list: readonly (T | undefined)[]): readonly T[] {
  return [...new Set(list.filter((element) => element !== undefined))]
}

export function defined(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

export function without<T extends object, K extends keyof T>(object: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = object
  return rest
}
