import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail } from '../../errors/error.ts'

/** A package that speaks to a product. */
export interface DriverPackage {
  readonly package: string
  readonly product: string
}

/** Loads a driver that the project has installed, when a database is opened and not before. Throws `database.driverMissing`. */
export async function loadDriver<Module>(driver: DriverPackage, baseDir: string | undefined): Promise<Module> {
  const module = await loadPackage<Module>(driver.package, baseDir)
  return module ?? fail('database.driverMissing', driver)
}

/**
 * Loads a package, or a part of one, as seen from Godwit, or else from the project: its dependencies are not Godwit's where packages are kept apart.
 * Undefined where it is not installed.
 */
export async function loadPackage<Module>(specifier: string, baseDir: string | undefined): Promise<Module | undefined> {
  const own = await present<Module>(specifier, async () => specifier)
  if (own !== undefined) return own
  const project = createRequire(join(baseDir ?? process.cwd(), 'package.json'))
  return present<Module>(specifier, async () => pathToFileURL(project.resolve(specifier)).href)
}

async function present<Module>(specifier: string, find: () => Promise<string>): Promise<Module | undefined> {
  try {
    // What a package exports is not known to the type checker when it is loaded by its name.
    return (await import(await find())) as Module
  } catch (error) {
    if (isMissing(error, specifier)) return undefined
    throw error
  }
}

/** Whether the package itself is absent, and not something that it needs. */
function isMissing(error: unknown, specifier: string): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  if (error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return true
  const [first = '', second = ''] = specifier.split('/')
  const name = first.startsWith('@') ? `${first}/${second}` : first
  const isNotFound = error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND'
  return isNotFound && [`'${specifier}'`, `'${name}'`].some((quoted) => error.message.includes(quoted))
}
