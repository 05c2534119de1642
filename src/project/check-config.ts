import type { Config } from '../config.ts'
import { fail } from '../errors/error.ts'
import { defined } from '../lib/defined.ts'
import { checkApps } from './check-apps.ts'
import { checkDatabases } from './check-databases.ts'
import { checkDrift } from './check-drift.ts'
import { checkIgnoredFindings } from './check-ignored-findings.ts'
import { checkRouter } from './check-router.ts'
import { inWords, isRecord } from './in-words.ts'
import type { Project } from './project.ts'

/** Every key that a config can have, with an example for whoever left out one that it must have. */
const examples: { readonly [Key in keyof Required<Config>]: string | undefined } = {
  apps: "apps: { billing: './src/billing' }",
  databases: 'databases: { default: process.env.DATABASE_URL }',
  router: undefined,
  check: undefined,
  drift: undefined,
}

/** Refuses what a config cannot be, key by key: it has its declared type only if somebody ran a type checker over it. */
export function checkConfig(exported: unknown, place: { readonly file: string; readonly root: string }): Project {
  const { file, root } = place
  if (!isRecord(exported)) fail('config.notAnObject', { file, found: inWords(exported) })
  const known = Object.keys(examples)
  for (const key of Object.keys(exported)) {
    if (!known.includes(key)) fail('config.unknownKey', { file, key, known })
  }
  for (const [key, example] of Object.entries(examples)) {
    if (exported[key] === undefined && example !== undefined) fail('config.missingKey', { file, key, example })
  }
  const apps = checkApps(exported['apps'], place)
  const databases = checkDatabases(exported['databases'], file)
  const router = checkRouter(exported['router'], { file, apps, databases })
  const ignoredDrift = checkDrift(exported['drift'], file)
  const ignoredFindings = checkIgnoredFindings(exported['check'], file)
  // Every key has just been checked.
  return {
    config: exported as unknown as Config,
    file,
    root,
    apps,
    databases,
    ignoredDrift,
    ignoredFindings,
    ...defined({ router }),
  }
}
