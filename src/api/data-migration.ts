import { fail } from '../errors/error.ts'
import { forwardsPlan, type Graph, leavesOf } from '../history/graph.ts'
import { type Migration, splitMigrationKey } from '../history/migration.ts'
import { replay } from '../history/replay.ts'
import { didYouMean } from '../lib/did-you-mean.ts'
import { runCode } from '../operations/run-code.ts'
import { frozenTypes } from '../query/frozen-types.ts'
import { findModel, keyOf, modelKey, modelsOf, type ProjectState } from '../state/project-state.ts'
import { stringText } from '../writer/syntax.ts'
import type { WriteOptions } from '../writer/write-migration.ts'
import { type Changes, type DetectChangesOptions, emptyMigrations } from './detect-changes.ts'
import { loadGraph } from './load-graph.ts'

/** A data migration that is to be filled by hand, and what its file says besides it. */
export interface DataMigration {
  readonly migration: Migration
  readonly writing: Pick<WriteOptions, 'operationText' | 'specifiers' | 'preamble'>
}

/**
 * The data migration over some models that an app is to get.
 *
 * @throws cli.modelsNeedOneApp, cli.unknownModels
 */
export async function dataMigrations(
  wanted: DetectChangesOptions,
  { empty, models = [] }: { readonly empty?: boolean | undefined; readonly models?: readonly string[] | undefined },
): Promise<Changes & Pick<DataMigration, 'writing'>> {
  if (empty !== true || wanted.apps?.length !== 1) fail('cli.modelsNeedOneApp', {})
  const { migrations, notices } = await emptyMigrations(wanted)
  const graph = await loadGraph(wanted.project)
  const names = models.map((name) => name.trim()).filter((name) => name !== '')
  const [made] = migrations.map((migration) => dataMigration(graph, migration, names))
  return { migrations: made === undefined ? [] : [made.migration], notices, writing: made?.writing ?? {} }
}

/**
 * Gives an empty migration a step of code over some models, with the types that their rows have at this point of history. It then waits for the last
 * migration of each app whose model it reads.
 *
 * @throws cli.unknownModels where history has no such model
 */
function dataMigration(graph: Graph, empty: Migration, names: readonly string[]): DataMigration {
  const { app } = empty
  const today = replay(graph, graph.order)
  const keys = [...new Set(names.map((name) => modelUnder(today, name, app)))]
  const apps = [...new Set(keys.map((key) => appOf(key)))].filter((other) => other !== app).toSorted()
  const others = apps.flatMap((other) => leavesOf(graph, other))
  const dependencies = [...(empty.definition.dependencies ?? []), ...others.map(splitMigrationKey)]
  const state = replay(graph, forwardsPlan(graph, [...leavesOf(graph, app), ...others]))
  const models = keys.flatMap((key) => findModel(state, key) ?? [])
  const frozen = frozenTypes(state, models)
  const operation = runCode({ models: modelsByName(frozen.names), forwards: () => {}, backwards: () => {} })
  return {
    migration: { ...empty, definition: { ...empty.definition, dependencies, operations: [operation] } },
    writing: {
      operationText: (other) => (other === operation ? stepText(frozen.names) : undefined),
      specifiers: ['runCode', ...frozen.specifiers],
      preamble: `// The models as they are at this point of history: later changes of them do not reach this file.\n\n${frozen.text}`,
    },
  }
}

/** `Invoice` is a model of the migration's own app. */
function modelUnder(state: ProjectState, name: string, app: string): string {
  const key = name.includes('.') ? name : modelKey(app, name)
  if (findModel(state, key) !== undefined) return key
  const known = [...modelsOf(state)]
  const namesakes = known.filter((model) => model.name === name).map((model) => `"${keyOf(model)}"`)
  if (namesakes.length > 0) fail('cli.unknownModels', { model: key, hint: ` Did you mean ${namesakes.join(' or ')}?` })
  const own = name.includes('.') ? [] : known.filter((model) => model.app === app).map((model) => model.name)
  const hints = [didYouMean(name, own), didYouMean(key, known.map(keyOf))]
  const hint = hints.find((words) => words !== '') ?? ''
  return fail('cli.unknownModels', { model: key, hint })
}

function appOf(key: string): string {
  return key.slice(0, key.indexOf('.'))
}

function modelsByName(names: ReadonlyMap<string, string>): { readonly [local: string]: string } {
  return Object.fromEntries([...names].map(([key, name]) => [name, key]))
}

/** A step that runs as it stands, and shows how the models are reached. */
function stepText(names: ReadonlyMap<string, string>): string {
  const locals = [...names.values()]
  const listed = locals.join(', ')
  const counted = locals.map((name) => `${name}: \${await ${name}.count()} rows`).join(', ')
  return [
    `runCode<{ ${locals.map((name) => `${name}: ${name}`).join('; ')} }>({`,
    `  models: { ${[...names].map(([key, name]) => `${name}: ${stringText(key)}`).join(', ')} },`,
    `  async forwards({ models: { ${listed} }, log }) {`,
    `    log(\`${counted}\`)`,
    '  },',
    `  async backwards({ models: { ${listed} }, log }) {`,
    `    log(\`${counted}\`)`,
    '  },',
    '})',
  ].join('\n')
}
