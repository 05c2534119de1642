/** One of the ways in which two things of a kind can differ, and how it is said of one of them. */
export interface Trait<Thing> {
  readonly verb: Verb
  /** What a thing is, or has: `varchar(40)`, `the default 'draft'`. */
  readonly words: (thing: Thing) => string
  readonly same: (found: Thing, declared: Thing) => boolean
  /** Whether it goes without saying; absent: never. */
  readonly isUsual?: (thing: Thing) => boolean
}

type Verb = 'be' | 'refer' | 'have'

/** A thing as a database has it, as it is declared, or both; never neither. */
export interface Pair<Thing> {
  readonly found?: Thing | undefined
  readonly declared?: Thing | undefined
}

/** What is wrong with one thing, in words. */
export interface Told {
  readonly kind: 'missing' | 'extra' | 'different'
  readonly declared?: string
  readonly found?: string
  readonly text: string
}

/** Tells a thing that is missing, that should not be there, or that is another than is declared: by the traits that differ, and by no others. */
export function tell<Thing>(
  object: string,
  traits: readonly Trait<Thing>[],
  { found, declared }: Pair<Thing>,
  { notHere = `${object} is missing` }: { readonly notHere?: string } = {},
): Told {
  if (found === undefined) {
    const words = declared === undefined ? '' : described(declared, traits)
    return { kind: 'missing', ...(words !== '' && { declared: words }), text: withWords(notHere, words) }
  }
  if (declared === undefined) {
    const words = described(found, traits)
    return {
      kind: 'extra',
      ...(words !== '' && { found: words }),
      text: withWords(`${object} should not be there`, words),
    }
  }
  const different = traits.filter(({ same }) => !same(found, declared))
  return {
    kind: 'different',
    found: different.map(({ words }) => words(found)).join(', '),
    declared: different.map(({ words }) => words(declared)).join(', '),
    text:
      different.length === 0
        ? `${object} is not what it should be`
        : `${object} ${clauses(different, found, third)}, and should ${clauses(different, declared, base)}`,
  }
}

/** A thing by all that does not go without saying. */
function described<Thing>(thing: Thing, traits: readonly Trait<Thing>[]): string {
  return traits
    .filter(({ isUsual }) => isUsual?.(thing) !== true)
    .map(({ words }) => words(thing))
    .join(', ')
}

function withWords(sentence: string, words: string): string {
  return words === '' ? sentence : `${sentence}: ${words}`
}

const verbs: readonly Verb[] = ['be', 'refer', 'have']
const third: Readonly<Record<Verb, string>> = { be: 'is', refer: 'refers', have: 'has' }
const base: Readonly<Record<Verb, string>> = { be: 'be', refer: 'refer', have: 'have' }

/** `is varchar(80) and nullable, and has the default 'x'`. */
function clauses<Thing>(traits: readonly Trait<Thing>[], thing: Thing, forms: Readonly<Record<Verb, string>>): string {
  const said = verbs.flatMap((verb) => {
    const words = traits.filter((trait) => trait.verb === verb).map((trait) => trait.words(thing))
    const [only = '', another] = words
    // `should not be numbered`, rather than `should be not numbered`.
    if (forms === base && another === undefined && only.startsWith('not ')) return [`not ${verb} ${only.slice(4)}`]
    return words.length === 0 ? [] : [`${forms[verb]} ${words.join(' and ')}`]
  })
  return said.join(' and ')
}

/** A text in the quotes of SQL. */
export function inQuotes(text: string): string {
  return `'${oneLine(text).replaceAll("'", "''")}'`
}

/** SQL in parentheses; a pair that it has already is enough. */
export function inParentheses(text: string): string {
  let depth = 0
  const parts = text.matchAll(/'(?:[^']|'')*'|[()]/g)
  for (const { 0: sign, index } of parts) {
    if (sign === '(') depth += 1
    if (sign === ')') depth -= 1
    if (depth === 0) return text.startsWith('(') && index === text.length - 1 ? text : `(${text})`
  }
  return `(${text})`
}

/** A text on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
