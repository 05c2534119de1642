import { invariant } from '../../lib/invariant.ts'
import type { IndexPart } from '../../schema/schema.ts'
import type { NumberedIndex } from './read-indexes.ts'
import { isToken, tokenize } from './tokens.ts'

/** The parts of an index's key. `nameOf` gives the name of a column by its number. */
export function readParts(index: NumberedIndex, nameOf: (number: number) => string): readonly IndexPart[] {
  const sorting = index.definition === undefined ? [] : readSorting(index.definition, index.texts)
  return index.columns.slice(0, index.keyLength).map((number, position): IndexPart => {
    const option = index.options[position] ?? 0
    const [descending, nullsFirst] = [(option & 1) !== 0, (option & 2) !== 0]
    return {
      expression:
        number === 0 ? { kind: 'sql', sql: index.texts[position] ?? '' } : { kind: 'column', name: nameOf(number) },
      ...(descending ? { descending } : {}),
      ...(nullsFirst === descending ? {} : { nulls: nullsFirst ? 'first' : 'last' }),
      ...sorting[position],
    }
  })
}

/** How a part of an index is sorted, where somebody asked for it. */
type Sorting = Pick<IndexPart, 'operatorClass' | 'collation'>

const identifier = '(?:"(?:[^"]|"")*"|[a-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)'
const qualified = `${identifier}(?:\\.${identifier})?`
const options = " \\((?:[^')]|'(?:[^']|'')*')*\\)"
const decoration = new RegExp(
  `(?: COLLATE (?<collation>${qualified}))?(?: (?<operatorClass>${qualified}(?:${options})?))?(?: DESC)?(?: NULLS (?:FIRST|LAST))?(?:, |\\))`,
  'y',
)

/** Reads what stands behind each part in a CREATE INDEX that the server printed; the texts of the parts themselves are known to the letter. */
function readSorting(definition: string, texts: readonly string[]): readonly Sorting[] {
  let position = startOfKey(definition)
  return texts.map((text) => {
    invariant(definition.startsWith(text, position), `${text} is no part of ${definition}`)
    decoration.lastIndex = position + text.length
    const match = decoration.exec(definition)
    invariant(match !== null, `no end of ${text} in ${definition}`)
    position = decoration.lastIndex
    const { collation, operatorClass } = match.groups ?? {}
    return {
      ...(collation === undefined ? {} : { collation: plainName(collation) }),
      ...(operatorClass === undefined ? {} : { operatorClass }),
    }
  })
}

/** The key begins behind `USING method (`; a name cannot be taken for the word, which is reserved. */
function startOfKey(definition: string): number {
  const tokens = tokenize(definition)
  const using = tokens.findIndex((token) => isToken(token, 'using'))
  return tokens[using + 2]?.end ?? 0
}

/** A name without its quotes, as a Schema has it. */
function plainName(printed: string): string {
  return printed.replace(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'))
}
