/** A piece of source text: what a reader of code sees as one thing. Blanks are none. */
export interface Lexeme {
  readonly kind: 'word' | 'sign' | 'string' | 'template' | 'regex' | 'comment'
  readonly text: string
  readonly start: number
  readonly end: number
  /** How many brackets are open around it. A bracket stands outside what it opens or closes. */
  readonly depth: number
}

/** After these words comes a value, so that a slash begins a regular expression. */
const beforeValues = new Set(
  'return typeof case in of new delete void instanceof do else yield await throw default extends'.split(' '),
)

const blank = /[\s\ufeff]+/y
const lineComment = /\/\/[^\n\r\u2028\u2029]*/y
const blockComment = /\/\*[\s\S]*?(?:\*\/|$)/y
const string = /'(?:[^'\\]|\\[\s\S])*'?|"(?:[^"\\]|\\[\s\S])*"?/y
const templatePiece = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
const regex = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
const word = /[#\w$\u00a1-\uffff]+/y
const sign = /=>|\?\.|\.\.\.|[^\s]/y

/**
 * The lexemes of TypeScript or JavaScript source, comments among them. It takes code as it is written and proves nothing: what is no code gives lexemes
 * all the same, so who changes a file by them looks at the outcome.
 */
export function lexemesOf(source: string): readonly Lexeme[] {
  const found: Lexeme[] = []
  /** For each open brace, whether it is one of a template literal. */
  const templates: boolean[] = []
  let depth = 0
  let position = 0
  let before: Lexeme | undefined
  const add = (kind: Lexeme['kind'], end: number): void => {
    const lexeme = { kind, text: source.slice(position, end), start: position, end, depth }
    found.push(lexeme)
    if (kind !== 'comment') before = lexeme
    position = end
  }
  const match = (pattern: RegExp, from = position): number => {
    pattern.lastIndex = from
    return pattern.test(source) ? pattern.lastIndex : from
  }
  const addTemplatePiece = (): void => {
    const end = match(templatePiece, position + 1)
    add('template', end)
    if (source.slice(end - 2, end) !== '${') return
    templates.push(true)
    depth += 1
  }
  while (position < source.length) {
    const character = source[position] ?? ''
    const next = source[position + 1]
    if (/[\s\ufeff]/.test(character)) position = match(blank)
    else if (character === '/' && next === '/') add('comment', match(lineComment))
    else if (character === '/' && next === '*') add('comment', match(blockComment))
    else if (character === "'" || character === '"') add('string', match(string))
    else if (character === '`') addTemplatePiece()
    else if (character === '}' && templates.at(-1) === true) {
      templates.pop()
      depth -= 1
      addTemplatePiece()
    } else if (character === '/' && isValueExpected(before) && match(regex) > position) add('regex', match(regex))
    else if (match(word) > position) add('word', match(word))
    else {
      if (isClosing(character)) {
        depth -= 1
        if (character === '}') templates.pop()
      }
      add('sign', match(sign))
      if (isOpening(character)) {
        depth += 1
        if (character === '{') templates.push(false)
      }
    }
  }
  return found
}

/** Where a bracket at one place of a list closes: the place of its counterpart, or that behind the last. */
export function closingOf(lexemes: readonly Lexeme[], opening: number): number {
  const depth = lexemes[opening]?.depth ?? 0
  const index = lexemes.findIndex((lexeme, place) => {
    return place > opening && lexeme.depth === depth && lexeme.kind === 'sign' && isClosing(lexeme.text)
  })
  return index === -1 ? lexemes.length : index
}

/** Whether one of some names is used in a text, as a name and not as a member. */
export function mentions(lexemes: readonly Lexeme[], names: ReadonlySet<string>): boolean {
  return lexemes.some(({ kind, text }, place) => {
    return kind === 'word' && names.has(text) && !/^\??\.$/.test(lexemes[place - 1]?.text ?? '')
  })
}

/** Whether a sign opens brackets. */
export function isOpening(text: string): boolean {
  return text === '(' || text === '[' || text === '{'
}

/** Whether a sign closes brackets. */
export function isClosing(text: string): boolean {
  return text === ')' || text === ']' || text === '}'
}

function isValueExpected(before: Lexeme | undefined): boolean {
  if (before === undefined) return true
  if (before.kind === 'word') return beforeValues.has(before.text)
  if (before.kind === 'sign') return !isClosing(before.text)
  return before.kind === 'template' && before.text.endsWith('${')
}
