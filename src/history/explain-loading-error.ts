import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail } from '../errors/error.ts'
import { displayPath } from '../lib/display-path.ts'
import { firstUserFrame } from '../lib/first-user-frame.ts'

/** The file whose import failed; a file that it imports may be the one at fault. */
export interface ImportedFile {
  readonly href: string
  readonly file: string
  readonly purpose: string
}

interface Failure {
  readonly name: string
  readonly code: string | undefined
  /** The file that was looked for, where Node says so. */
  readonly url: string | undefined
  readonly message: string
  readonly stack: string
}

interface Explanation {
  applies(failure: Failure): boolean
  explain(failure: Failure, imported: ImportedFile, cause: unknown): never
}

/** Throws the sentence for an error that Node threw at an import. */
export function explainLoadingError(error: unknown, imported: ImportedFile): never {
  const failure = failureOf(error)
  if (error instanceof Error && failure.name === 'GodwitError') throw withPlace(error, failure, imported)
  const explanation = explanations.find(({ applies }) => applies(failure)) ?? threw
  return explanation.explain(failure, imported, error)
}

/** A mistake that Godwit itself found while the file ran, such as a bad field, keeps its sentence and code; only the place is not known to it. */
function withPlace(error: Error, { stack }: Failure, { file }: ImportedFile): Error {
  const place = ` (${firstUserFrame(stack) ?? file}).`
  // Whoever imports the file again in this process gets the same error.
  if (!error.message.endsWith(place)) error.message = error.message.replace(/\.$/, '') + place
  return error
}

const threw: Explanation = {
  applies: () => true,
  explain: (failure, { file, purpose }, cause) =>
    fail(
      'loading.threw',
      { file, purpose, at: firstUserFrame(failure.stack), message: clause(failure.message) },
      { cause },
    ),
}

/** The first that applies is the one; Node gives some of these errors no code, so that their text must do. */
const explanations: readonly Explanation[] = [
  {
    applies: ({ code }) => code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
    explain: (failure, { file, purpose }, cause) =>
      fail(
        'loading.notErasable',
        { file, line: undefined, ...placeOf(failure), message: clause(failure.message), purpose },
        { cause },
      ),
  },
  {
    applies: ({ code }) => code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
    explain: ({ message }, { file }, cause) =>
      fail(
        'loading.typesInPackage',
        { file, imported: pathIn(/"(file:.*)"/.exec(message)?.[1]) ?? 'a file' },
        { cause },
      ),
  },
  {
    applies: ({ code }) => code === 'ERR_PACKAGE_PATH_NOT_EXPORTED',
    explain: ({ message }, { file }, cause) =>
      fail('loading.packagePath', { file, message: clause(message) }, { cause }),
  },
  {
    applies: ({ code, url }) => code === 'ERR_MODULE_NOT_FOUND' && url === undefined,
    explain: ({ message }, { file }, cause) => {
      const [, name = 'unknown', importer] = /package '(.*)' imported from (.*)$/.exec(message) ?? []
      return fail(
        'loading.missingPackage',
        { file: importer === undefined ? file : displayPath(importer), package: name },
        { cause },
      )
    },
  },
  {
    applies: ({ code }) => code === 'ERR_MODULE_NOT_FOUND' || code === 'ERR_UNSUPPORTED_DIR_IMPORT',
    explain: (failure, imported, cause) => explainMissingFile(failure, imported, cause),
  },
  {
    applies: ({ code, message }) => code === 'ERR_REQUIRE_CYCLE_MODULE' || /before initialization$/.test(message),
    explain: ({ message }, { file, purpose }, cause) =>
      fail('loading.importCycle', { file, purpose, message: clause(message) }, { cause }),
  },
  {
    applies: ({ message }) =>
      /^Cannot use import statement outside a module|^Unexpected token 'export'|Cannot use 'import\.meta' outside a module/.test(
        message,
      ),
    explain: (failure, { file, purpose }, cause) => {
      const place = placeOf(failure)?.file ?? file
      return fail('loading.needsTypeModule', { file: place, purpose, suggestion: moduleName(place) }, { cause })
    },
  },
  {
    applies: ({ message }) => /is not defined in ES module scope/.test(message),
    explain: ({ message }, { file, purpose }, cause) =>
      fail('loading.commonJs', { file, purpose, name: message.split(' ')[0] ?? 'require' }, { cause }),
  },
  {
    applies: ({ message }) => /does not provide an export named/.test(message),
    explain: (failure, { file }, cause) => {
      const [, module = '', name = ''] =
        /module '(.*)' does not provide an export named '(.*)'/.exec(failure.message) ?? []
      return fail('loading.missingExport', { file, line: undefined, ...placeOf(failure), name, module }, { cause })
    },
  },
  {
    applies: ({ name }) => name === 'SyntaxError',
    explain: (failure, { file, purpose }, cause) =>
      fail(
        'loading.syntax',
        { file, line: undefined, ...placeOf(failure), message: clause(failure.message), purpose },
        { cause },
      ),
  },
]

function explainMissingFile({ url, message }: Failure, { href, file, purpose }: ImportedFile, cause: unknown): never {
  if (url === href) return fail('loading.fileMissing', { file, purpose }, { cause })
  const importer = / imported from (.*)$/.exec(message)?.[1]
  return fail(
    'loading.missingImport',
    {
      file: importer === undefined ? file : displayPath(importer),
      imported: pathIn(url) ?? 'a file',
      suggestion: url === undefined ? undefined : nearbyFile(fileURLToPath(url)),
    },
    { cause },
  )
}

/** The file that was meant by a path without an ending, a folder, or the `.js` that a compiler would have made. */
function nearbyFile(path: string): string | undefined {
  const endings = ['.ts', '.mts', '.js', '.mjs']
  const candidates = [
    ...endings.map((ending) => path + ending),
    ...endings.map((ending) => `${path}/index${ending}`),
    path.replace(/\.(m?)js$/, '.$1ts'),
  ]
  const found = candidates.find((candidate) => candidate !== path && existsSync(candidate))
  return found === undefined ? undefined : found.slice(path.lastIndexOf(basename(path)))
}

function moduleName(file: string): string {
  return basename(file).replace(/\.[cm]?(ts|js)$/, '.m$1')
}

/** Node puts `file:line` before the message of errors that it found while reading source. */
function placeOf({ stack }: Failure): { readonly file: string; readonly line: number } | undefined {
  const [, place, line] = /^((?:file:|\/|[A-Za-z]:[\\/]).*):(\d+)$/m.exec(stack.slice(0, stack.indexOf('\n'))) ?? []
  return place === undefined ? undefined : { file: pathIn(place) ?? place, line: Number(line) }
}

function pathIn(place: string | undefined): string | undefined {
  if (place === undefined) return undefined
  return displayPath(place.startsWith('file:') ? fileURLToPath(place) : place)
}

/** A message of another's as part of a sentence: its first line, without the full stop. */
function clause(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/\.$/, '')
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: '', code: undefined, url: undefined, message: String(error), stack: '' }
  const { code, url } = error as { code?: unknown; url?: unknown }
  return {
    name: error.name,
    code: typeof code === 'string' ? code : undefined,
    url: typeof url === 'string' ? url : undefined,
    message: error.message,
    stack: error.stack ?? '',
  }
}
