import { defined } from '../lib/defined.ts'
import { lexemesOf } from '../writer/lexemes.ts'

/** A name that a file has from another one. */
export interface ImportBinding {
  readonly local: string
  /** What the other file calls it; `default`, or `*` for all of them. */
  readonly imported: string
  readonly module: string
  /** It is a type, and gone when the file runs. */
  readonly type: boolean
  /** What stands behind the module: `with { type: 'json' }`. */
  readonly attributes?: string
}

/** The names that an import statement gives a file; none where it imports a file for what that does. */
export function importBindings(written: string): readonly ImportBinding[] {
  const statement = withoutComments(written)
  const [, type, clause = '', , module = '', attributes] =
    /^import\s+(type\s+(?!from\b|,))?([\s\S]*?)\s*\bfrom\s*(['"])(.*?)\3(?:\s*(with\s*\{[^}]*\}))?/.exec(statement) ??
    []
  const from = { module, ...defined({ attributes }) }
  const wholly = type !== undefined
  const [, listed] = /\{([\s\S]*)\}/.exec(clause) ?? []
  const named = (listed ?? '').split(',').flatMap((specifier): readonly ImportBinding[] => {
    const [, isType, imported, local = imported] =
      /^(type\s+(?!as\b))?([\w$]+)(?:\s+as\s+([\w$]+))?$/.exec(specifier.trim()) ?? []
    if (imported === undefined || local === undefined) return []
    return [{ local, imported, ...from, type: wholly || isType !== undefined }]
  })
  const [, all] = /\*\s+as\s+([\w$]+)/.exec(clause) ?? []
  const [, whole] = /^([\w$]+)\s*(?:,|$)/.exec(clause.trim()) ?? []
  return [
    ...(whole === undefined ? [] : [{ local: whole, imported: 'default', ...from, type: wholly }]),
    ...(all === undefined ? [] : [{ local: all, imported: '*', ...from, type: wholly }]),
    ...named,
  ]
}

/** The module that a statement imports for what that does, and for no name of it. */
export function moduleRun(statement: string): string | undefined {
  return /^import\s*(['"])(.*?)\1/.exec(withoutComments(statement))?.[2]
}

/** A statement without its comments. */
export function withoutComments(statement: string): string {
  const comments = lexemesOf(statement).filter(({ kind }) => kind === 'comment')
  return comments.reduceRight((text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`, statement)
}

function moduleText({ module, attributes }: ImportBinding): string {
  return `'${module}'${attributes === undefined ? '' : ` ${attributes}`}`
}

/** The name by which a file uses what a specifier of an import names: `b` of `a as b`. */
export function localName(specifier: string): string {
  return specifier.replace(/^type /, '').replace(/^.* as /, '')
}

/** Import statements for these names, one for each file where that can be. */
export function importStatements(bindings: readonly ImportBinding[]): readonly string[] {
  return [...Map.groupBy(bindings, moduleText)].toSorted(byModule).flatMap(([from, all]) => {
    const named = all.filter(({ imported }) => imported !== '*' && imported !== 'default')
    const others = all.filter((binding) => !named.includes(binding))
    return [
      ...others.map(({ local, imported, type }) => {
        return `import ${type ? 'type ' : ''}${imported === '*' ? `* as ${local}` : local} from ${from}`
      }),
      ...(named.length === 0 ? [] : [`import ${listOf(named)} from ${from}`]),
    ]
  })
}

function listOf(named: readonly ImportBinding[]): string {
  const allTypes = named.every(({ type }) => type)
  const specifiers = named.toSorted(byName).map(({ local, imported, type }) => {
    const name = imported === local ? local : `${imported} as ${local}`
    return type && !allTypes ? `type ${name}` : name
  })
  return `${allTypes ? 'type ' : ''}{ ${specifiers.join(', ')} }`
}

function byModule([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  const [near, far] = [a, b].map((module) => module.startsWith("'."))
  if (near !== far) return near ? 1 : -1
  return a < b ? -1 : 1
}

function byName({ imported: a }: ImportBinding, { imported: b }: ImportBinding): number {
  return a.localeCompare(b, 'en')
}
