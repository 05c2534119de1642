import { byKey, evolve, type GeneratedModel, indexSource, newName, runSql } from './evolve.ts'
import { fieldSource, randomColumn, requiredKey } from './fields.ts'
import { createRandom, type Random } from './random.ts'
import { type Call, call } from './source.ts'

/** A project as a benchmark wants it: so many apps, models and migrations. */
export interface ProjectShape {
  readonly apps: number
  readonly modelsPerApp: number
  readonly migrationsPerApp: number
}

export interface GeneratedMigration {
  readonly name: string
  readonly dependencies: readonly (readonly [app: string, name: string])[]
  readonly operations: readonly Call[]
}

export interface GeneratedApp {
  readonly label: string
  /** As the last migration leaves them. */
  readonly models: readonly GeneratedModel[]
  readonly migrations: readonly GeneratedMigration[]
}

const appNames = [
  ...['accounts', 'catalogue', 'billing', 'blog', 'shipping', 'stock', 'support', 'survey', 'payroll', 'events'],
  ...['forum', 'media', 'reports', 'search', 'loyalty', 'fleet', 'contracts', 'training', 'audit', 'partners'],
]
const modelNames = ['User', 'Item', 'Invoice', 'Post', 'Parcel', 'Shelf', 'Ticket', 'Answer', 'Salary', 'Booking']

/**
 * The history of a project, the same on every run. All apps start with their models, linked by foreign keys inside the app and to two apps before
 * it; then they grow in turn, one migration of one to three operations after the other.
 */
export function generateProject({ apps, modelsPerApp, migrationsPerApp }: ProjectShape): readonly GeneratedApp[] {
  const random = createRandom(apps * 1_000_003 + migrationsPerApp)
  const growing = appNames.slice(0, apps).map((label) => {
    const models = modelNames.slice(0, modelsPerApp).map((name): GeneratedModel => emptyModel(label, name))
    return { label, models, migrations: [] as GeneratedMigration[] }
  })
  growing.forEach((app, position) => {
    app.migrations.push(initialMigration(app, growing.slice(Math.max(0, position - 2), position), random))
  })
  const [first, ...others] = growing.flatMap((app) => app.models)
  if (first === undefined) return []
  for (let number = 2; number <= migrationsPerApp; number += 1) {
    for (const app of growing) app.migrations.push(nextMigration(app, number, growing, [first, ...others], random))
  }
  return growing
}

function emptyModel(app: string, name: string): GeneratedModel {
  const id = { kind: 'bigAuto', options: { primaryKey: true } }
  return { app, name, fields: new Map([['id', id]]), indexes: [], fieldCount: 0 }
}

function initialMigration(app: GeneratedApp, before: readonly GeneratedApp[], random: Random): GeneratedMigration {
  app.models.forEach((model, position) => {
    const targets = [app.models[position - 1], before[0]?.models[position], before[1]?.models[(position * 3) % 10]]
    for (const target of targets) {
      if (target === undefined || random.below(3) === 0) continue
      model.fields.set(newName(model, 'owner'), requiredKey(`${target.app}.${target.name}`))
    }
    for (let columns = 4 + random.below(4); columns > 0; columns -= 1) {
      const { noun, field } = randomColumn(random)
      model.fields.set(newName(model, noun), field)
    }
    const indexed = [...model.fields.keys()].at(-1)
    if (indexed !== undefined) model.indexes = [indexed]
  })
  return {
    name: '0001_initial',
    dependencies: before.map(({ label }) => [label, '0001_initial'] as const),
    operations: app.models.map(createModel),
  }
}

function createModel(model: GeneratedModel): Call {
  const fields = Object.fromEntries([...model.fields].map(([name, field]) => [name, fieldSource(field, byKey)]))
  return call('createModel', { name: model.name, fields, options: { indexes: model.indexes.map(indexSource) } })
}

function nextMigration(
  app: GeneratedApp,
  number: number,
  apps: readonly GeneratedApp[],
  all: readonly [GeneratedModel, ...GeneratedModel[]],
  random: Random,
): GeneratedMigration {
  const count = random.pick([1, 1, 1, 1, 1, 1, 2, 2, 2, 3])
  const [first, ...rest] = app.models
  if (first === undefined) return { name: migrationName(number, 'nothing'), dependencies: [], operations: [] }
  const someModel = (): GeneratedModel => random.pick([first, ...rest])
  // A migration with SQL is written by hand, so it stands apart from those that `makemigrations` wrote.
  const operations =
    random.below(20) === 0
      ? [runSql(someModel())]
      : Array.from({ length: count }, () => evolve(someModel(), random, all))
  const needed = new Set(operations.flatMap(({ needs }) => needs ?? []))
  // What stands one number earlier is there in whatever order the apps come.
  const dependencies = apps
    .filter(({ label }) => label === app.label || needed.has(label))
    .map(({ label, migrations }) => [label, migrations[number - 2]?.name ?? '0001_initial'] as const)
  const [{ source } = { source: call('change') }] = operations
  return { name: migrationName(number, source.call), dependencies, operations: operations.map((each) => each.source) }
}

function migrationName(number: number, rest: string): string {
  return `${String(number).padStart(4, '0')}_${rest.toLowerCase()}`
}
