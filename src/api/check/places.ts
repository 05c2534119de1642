import { readFile } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import type { Migration } from '../../history/migration.ts'
import { defined } from '../../lib/defined.ts'
import { operationPlaces, type Place, placeAt } from '../../rewriting/operation-places.ts'
import { lexemesOf } from '../../writer/lexemes.ts'
import type { Finding, Found } from './finding.ts'

/** Looks up where in its file each finding belongs. A file is read once, and only where something was found in it. */
export async function withPlaces(found: readonly Found[], root: string): Promise<readonly Finding[]> {
  const known = new Map<Migration, Promise<readonly Place[]>>()
  const placesIn = (migration: Migration): Promise<readonly Place[]> => {
    const places = known.get(migration) ?? operationPlaces(migration)
    known.set(migration, places)
    return places
  }
  return Promise.all(
    found.map(async ({ source, operation, file: named, model, ...finding }): Promise<Finding> => {
      const file = named ?? source?.file
      const place =
        source !== undefined && operation !== undefined
          ? (await placesIn(source))[operation]
          : named !== undefined && model !== undefined
            ? await modelPlace(named, model)
            : undefined
      const { app = source?.app, migration = source?.name, line, column, message, fix, ...rest } = finding
      return {
        ...rest,
        ...defined({
          app,
          migration,
          file: file === undefined ? undefined : relative(root, file).split(sep).join('/'),
          line: line ?? place?.line,
          column: column ?? place?.column,
        }),
        message,
        fix,
      }
    }),
  )
}

/** Where a file declares a model: at `model('Invoice'`, whatever the function is called there. A member of something, as `f.foreignKey`, is none. */
async function modelPlace(file: string, model: string): Promise<Place | undefined> {
  const source = await readFile(file, 'utf8')
  const lexemes = lexemesOf(source).filter(({ kind }) => kind !== 'comment')
  const call = lexemes.find(({ kind }, at) => {
    const [before, opening, name] = [lexemes[at - 1], lexemes[at + 1], lexemes[at + 2]]
    if (kind !== 'word' || before?.text === '.' || opening?.text !== '(') return false
    return name?.kind === 'string' && name.text.slice(1, -1) === model
  })
  return call && placeAt(source, call.start)
}
