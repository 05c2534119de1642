/**
 * Source text as a document: pieces of text with places where a line may end. A group is written on one line when it fits, and otherwise with every
 * line of its own ended; the groups inside decide for themselves. (P. Wadler, "A prettier printer".)
 */
export type Doc =
  | string
  | { readonly kind: 'concat'; readonly parts: readonly Doc[]; readonly breaks: boolean }
  | { readonly kind: 'indent'; readonly content: Doc; readonly breaks: boolean }
  | { readonly kind: 'group'; readonly content: Doc; readonly breaks: boolean }
  | { readonly kind: 'line'; readonly flat: string; readonly breaks: boolean }
  | { readonly kind: 'whenBroken'; readonly text: string; readonly breaks: false }
  | { readonly kind: 'symbol'; readonly name: string; readonly breaks: false }

/** A blank, or the end of the line. */
export const line: Doc = { kind: 'line', flat: ' ', breaks: false }
/** Nothing, or the end of the line. */
export const softLine: Doc = { kind: 'line', flat: '', breaks: false }
/** The end of the line, always; every group around it is broken. */
export const hardLine: Doc = { kind: 'line', flat: '', breaks: true }

/** Text that is written only where the group around it is broken: a trailing comma. */
export function whenBroken(text: string): Doc {
  return { kind: 'whenBroken', text, breaks: false }
}

/** A name that the source must import. */
export function symbol(name: string): Doc {
  return { kind: 'symbol', name, breaks: false }
}

/** The names that a document needs imported. */
export function symbolsOf(doc: Doc): ReadonlySet<string> {
  const found = new Set<string>()
  const pending: Doc[] = [doc]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') continue
    if (next.kind === 'symbol') found.add(next.name)
    else if (next.kind === 'concat') pending.push(...next.parts)
    else if (next.kind === 'group' || next.kind === 'indent') pending.push(next.content)
  }
  return found
}

/** Documents one after the other. */
export function concat(...parts: readonly Doc[]): Doc {
  return { kind: 'concat', parts, breaks: parts.some(breaksAnyway) }
}

/** A document whose line ends are followed by two more blanks. */
export function indent(content: Doc): Doc {
  return { kind: 'indent', content, breaks: breaksAnyway(content) }
}

/** A document that is written on one line when it fits. */
export function group(content: Doc): Doc {
  return { kind: 'group', content, breaks: breaksAnyway(content) }
}

/** Documents with a separator between them. */
export function joinDocs(docs: readonly Doc[], separator: Doc): Doc {
  return concat(...docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc])))
}

/** The document as text, in lines of at most `width` characters where that can be done. */
export function printDoc(doc: Doc, width = 120): string {
  const output: string[] = []
  let column = 0
  let margin = ''
  const pending: Pending[] = [{ doc, depth: 0, flat: false }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { doc: current, depth, flat } = next
    if (typeof current === 'string') {
      if (current === '') continue
      // The margin is written with the text that it precedes, so that empty lines have none.
      output.push(margin, current)
      margin = ''
      const lastEnd = current.lastIndexOf('\n')
      column = lastEnd === -1 ? column + current.length : current.length - lastEnd - 1
    } else if (current.kind === 'line' && !flat) {
      output.push('\n')
      margin = ' '.repeat(depth)
      column = depth
    } else if (current.kind === 'group' && !flat) {
      const oneLine = !current.breaks && fits(current.content, pending, width - column)
      pending.push({ doc: current.content, depth, flat: oneLine })
    } else {
      pending.push(...piecesOf(current, next))
    }
  }
  return output.join('')
}

interface Pending {
  readonly doc: Doc
  readonly depth: number
  readonly flat: boolean
}

/** What a document consists of, last first, as a stack takes it. */
function piecesOf(doc: Exclude<Doc, string>, { depth, flat }: Pending): readonly Pending[] {
  switch (doc.kind) {
    case 'concat':
      return doc.parts.map((part) => ({ doc: part, depth, flat })).reverse()
    case 'indent':
      return [{ doc: doc.content, depth: depth + 2, flat }]
    case 'group':
      return [{ doc: doc.content, depth, flat }]
    case 'line':
      return [{ doc: doc.flat, depth, flat }]
    case 'symbol':
      return [{ doc: doc.name, depth, flat }]
    case 'whenBroken':
      return flat ? [] : [{ doc: doc.text, depth, flat }]
  }
}

/** Whether a document, and what follows it up to the next line end, has room on the rest of the line. Looks at `room` characters at most. */
function fits(content: Doc, following: readonly Pending[], room: number): boolean {
  const pending: Pending[] = [{ doc: content, depth: 0, flat: true }]
  let rest = following.length
  let left = room
  while (left >= 0) {
    const next = pending.pop() ?? following[--rest]
    if (next === undefined) return true
    const { doc, flat } = next
    if (typeof doc === 'string') left -= doc.length
    else if (doc.kind === 'line' && !flat) return true
    else pending.push(...piecesOf(doc, next))
  }
  return false
}

/** Text with a line end in it cannot stand inside a group on one line. */
function breaksAnyway(doc: Doc): boolean {
  return typeof doc === 'string' ? doc.includes('\n') : doc.breaks
}
