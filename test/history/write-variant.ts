/** A piece of a migration file that can be written in many ways. */
export type Piece = string | number | boolean | Call | Code | readonly Piece[] | { readonly [key: string]: Piece }

/** A call of something that `godwit/migrations` exports. */
export class Call {
  readonly callee: string
  readonly given: readonly Piece[]
  constructor(callee: string, ...given: readonly Piece[]) {
    this.callee = callee
    this.given = given
  }
}

/** One function, in several spellings. */
export class Code {
  readonly spellings: readonly string[]
  constructor(...spellings: readonly string[]) {
    this.spellings = spellings
  }
}

/** A repeatable source of chance: the same seed writes the same text. */
type Chance = () => number

function chanceFrom(seed: number): Chance {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/**
 * The source of a migration in one of endlessly many formats: another layout, quotes, comments, order of keys, aliases of imports, constants, helper
 * functions, spreads, and spellings of numbers. All of them say the same.
 */
export function writeVariant(definition: { readonly [key: string]: Piece }, seed: number): string {
  const chance = chanceFrom(seed)
  const often = (share: number): boolean => chance() < share
  const pick = <T>(choices: readonly [T, ...T[]]): T => choices[Math.floor(chance() * choices.length)] ?? choices[0]
  const style = {
    space: pick(['', ' ', '\n  ', '\n\t', '  ']),
    semicolon: pick(['', ';']),
    trailing: often(0.5) ? ',' : '',
    calls: pick(['named', 'alias', 'namespace']),
    extracted: pick([0, 0.1, 0.3]),
    comments: pick([0, 0.1, 0.4]),
  }
  const names = new Set(['defineMigration'])
  const before: string[] = []

  const comment = (): string => {
    if (!often(style.comments)) return ''
    return pick([' /* as agreed */ ', ' // as agreed\n', '\n/**\n * As agreed.\n */\n'])
  }
  const callee = (path: string): string => {
    const [name = ''] = path.split('.')
    names.add(name)
    if (style.calls === 'namespace') return `godwit.${path}`
    return style.calls === 'alias' ? path.replace(name, `${name}As`) : path
  }
  const text = (content: string): string => {
    const quoted = JSON.stringify(content)
    const inner = quoted.slice(1, -1)
    const cut = Math.floor(content.length / 2)
    return pick([
      quoted,
      `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
      `\`${inner.replaceAll('\\"', '"').replaceAll('`', '\\`')}\``,
      `${JSON.stringify(content.slice(0, cut))} + ${JSON.stringify(content.slice(cut))}`,
    ])
  }
  const key = (name: string): string => pick([name, name, JSON.stringify(name), `['${name}']`])
  const entries = (content: { readonly [key: string]: Piece }): string => {
    const shuffled = Object.entries(content)
      .map((entry) => [chance(), entry] as const)
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry)
    const written = shuffled.map(([name, value]) => {
      const pair = `${key(name)}:${style.space}${write(value)}`
      return `${comment()}${often(style.extracted) ? `...{ ${pair} }` : pair}`
    })
    return `{${style.space}${written.join(`,${style.space}`)}${written.length > 0 ? style.trailing : ''}${style.space}}`
  }
  const list = (content: readonly Piece[]): string => {
    const written = content.map(
      (value) => `${comment()}${often(style.extracted) ? `...[${write(value)}]` : write(value)}`,
    )
    return `[${style.space}${written.join(`,${style.space}`)}${written.length > 0 ? style.trailing : ''}${style.space}]`
  }
  const plain = (piece: Piece): string => {
    if (typeof piece === 'string') return text(piece)
    if (typeof piece === 'number')
      return pick([`${piece}`, `0x${piece.toString(16)}`, `(${piece - 1} + 1)`, `${piece}.0`])
    if (typeof piece === 'boolean') return pick([`${piece}`, `!${!piece}`])
    if (piece instanceof Code) return pick(piece.spellings as readonly [string, ...string[]])
    if (piece instanceof Call) return `${callee(piece.callee)}(${piece.given.map(write).join(`,${style.space}`)})`
    return isList(piece) ? list(piece) : entries(piece)
  }
  const write = (piece: Piece): string => {
    const written = plain(piece)
    if (!often(style.extracted)) return often(0.05) ? `(${written})` : written
    const name = `part${before.length}`
    const [declared, used] = pick<readonly [string, string]>([
      [`const ${name} = ${written}`, name],
      [`const ${name} = () => (${written})`, `${name}()`],
      [`function ${name}() { return (${written}) }`, `${name}()`],
      [`const [${name}] = [${written}]`, name],
    ])
    before.push(declared)
    return used
  }
  const written = `${callee('defineMigration')}(${entries(definition)})`
  return [
    importOf([...names], style.calls),
    ...before.map((line) => `${line};`),
    pick([`export default ${written}${style.semicolon}`, `const all = ${written};\nexport { all as default }`]),
    '',
  ].join('\n')
}

function importOf(names: readonly string[], calls: string): string {
  if (calls === 'namespace') return `import * as godwit from 'godwit/migrations'`
  const bindings = names.map((name) => (calls === 'alias' ? `${name} as ${name}As` : name))
  return `import { ${bindings.join(', ')} } from "godwit/migrations";`
}

function isList(piece: Piece): piece is readonly Piece[] {
  return Array.isArray(piece)
}
