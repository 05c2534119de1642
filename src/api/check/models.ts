import type { UnansweredQuestion } from '../../errors/catalogue/detection.ts'
import { GodwitError, hasCode } from '../../errors/error.ts'
import type { Graph } from '../../history/graph.ts'
import { describe, symbolOf } from '../../operations/definitions.ts'
import type { Operation } from '../../operations/operation.ts'
import { loadModels, modelsFile, modelsOfApp } from '../../project/load-models.ts'
import type { Project } from '../../project/project.ts'
import { detectChanges } from '../detect-changes.ts'
import type { Found } from './finding.ts'
import { foundError } from './found-error.ts'
import { misfit } from './misfit.ts'

interface Options {
  readonly project: Project
  readonly graph: Graph
  /** Absent: all. */
  readonly apps: readonly string[] | undefined
  /** The database of the config whose kind must be able to have the models; absent: all of them. */
  readonly database: string | undefined
}

/** What `makemigrations` would write, or what keeps it from it. */
export async function modelFindings({ project, graph, apps, database }: Options): Promise<readonly Found[]> {
  try {
    const options = { name: undefined, answers: undefined, questioner: undefined, now: new Date() }
    const { migrations } = await detectChanges({ project, graph, apps, database, ...options })
    return [...Map.groupBy(migrations, ({ app }) => app)].map(([app, ofApp]) => {
      const operations = ofApp.flatMap(({ definition }) => definition.operations)
      return changed(app, operations, project)
    })
  } catch (error) {
    if (hasCode(error, 'detection.unanswered')) {
      return error.details.questions.map((question) => undecided(question, project))
    }
    if (error instanceof GodwitError && error.code.startsWith('migrations.')) return [misfit(error, graph)]
    return brokenModels(project, error)
  }
}

/** What is wrong with the models by themselves, where there is no history to compare them with. */
export async function loadingFindings(project: Project): Promise<readonly Found[]> {
  try {
    await loadModels(project)
    return []
  } catch (error) {
    return brokenModels(project, error)
  }
}

function changed(app: string, operations: readonly Operation[], project: Project): Found {
  const model = operations.map(modelOf).find((name) => name !== undefined)
  const list = operations.map((operation) => `  ${symbolOf(operation)} ${describe(operation)}`)
  return {
    id: 'models.changed',
    severity: 'error',
    app,
    file: fileOf(app, project),
    ...(model !== undefined && { model }),
    message: `The models of ${app} have changes that are in no migration:\n${list.join('\n')}`,
    fix: `Run \`godwit makemigrations ${app}\`, read what it writes, and commit it.`,
  }
}

/** The key of a question begins with the app and the model that it is about. */
function undecided({ key, text, flags }: UnansweredQuestion, project: Project): Found {
  const [app = '', model] = key.split(/[.:]/)
  return {
    id: 'models.undecided',
    severity: 'error',
    ...(project.apps.has(app) && { app, file: fileOf(app, project) }),
    ...(model !== undefined && { model }),
    message: text,
    fix: `Run \`godwit makemigrations\`, which asks; or answer with ${flags.map((flag) => `\`${flag}\``).join(' or ')}.`,
  }
}

function fileOf(app: string, { apps, root }: Project): string {
  return modelsFile(app, apps.get(app) ?? root)
}

/** The model that an operation is about, under the name that the models of today have for it. */
function modelOf(operation: Operation): string | undefined {
  if ('model' in operation) return operation.model
  if (operation.kind === 'renameModel') return operation.to
  return 'name' in operation ? operation.name : undefined
}

/** The apps whose models cannot be imported, each with its own error: one that imports a broken one fails by the same. */
async function brokenModels(project: Project, failure: unknown): Promise<readonly Found[]> {
  const results = await Promise.all(
    [...project.apps].map(async ([app, folder]): Promise<readonly Found[]> => {
      try {
        await modelsOfApp(app, folder)
        return []
      } catch (error) {
        return [{ app, ...foundError('models.notLoadable', error) }]
      }
    }),
  )
  const found = new Map(results.flat().map((one) => [`${one.file}:${one.line} ${one.fix}`, one]))
  return found.size > 0 ? [...found.values()] : [foundError('models.notLoadable', failure)]
}
