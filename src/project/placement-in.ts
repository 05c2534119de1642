import type { Router } from '../config.ts'
import { fail } from '../errors/error.ts'
import type { Placement } from '../state/placement.ts'
import { splitModelKey } from '../state/project-state.ts'
import { checkRoute } from './check-router.ts'
import type { Project } from './project.ts'

/** What of a project lives in the database with this name; `default` if none is given. Without a router everything lives in each. */
export function placementIn(project: Project, database = 'default'): Placement {
  const known = [...project.databases.keys()]
  const { router } = project
  if (router === undefined) return { database, known, holds: () => true, isWhole: true }
  // A router is asked about each model once: what it says may take time, and must not change on the way.
  const answers = new Map<string, readonly string[]>()
  const homes = (app: string, model?: string): readonly string[] => {
    const key = model === undefined ? app : `${app}.${model}`
    const answer = answers.get(key) ?? routeOf(router, app, model, project)
    answers.set(key, answer)
    return answer
  }
  return {
    database,
    known,
    holds: (app, model) => homes(app, model).includes(database),
    hasHomeFor: (keys) => {
      const routes = keys.map(splitModelKey).map(({ app, name }) => homes(app, name))
      return known.some((name) => routes.every((route) => route.includes(name)))
    },
  }
}

function routeOf(router: Router, app: string, model: string | undefined, project: Project): readonly string[] {
  const of = model === undefined ? app : `${app}.${model}`
  const route = typeof router === 'function' ? router({ app, model }) : (router[of] ?? router[app] ?? router['*'])
  if (route === undefined && !project.databases.has('default')) {
    return fail('config.routerNeedsDefault', { file: project.file })
  }
  return checkRoute(route ?? 'default', { file: project.file, of, databases: project.databases })
}
