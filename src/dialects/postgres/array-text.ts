/** Elements of arrays: null is an element too, and an array may hold arrays. */
export type Elements<T> = (T | null | Elements<T>)[]

// What may stand between the braces of `{a,"b \" c",NULL,{d}}`: a quoted element, a plain one, or a sign.
const token = /"((?:[^"\\]|\\.)*)"|([^{},"]+)|([{}])/gs

/** An array out of PostgreSQL's text of it. Lower bounds (`[0:1]={a,b}`) are passed over. */
export function readArray<T>(text: string, element: (text: string) => T): Elements<T> {
  const open: Elements<T>[] = []
  let done: Elements<T> = []
  for (const [, quoted, plain, sign] of text.slice(text.indexOf('{')).matchAll(token)) {
    if (sign === '{') {
      const inner: Elements<T> = []
      open.at(-1)?.push(inner)
      open.push(inner)
    } else if (sign === '}') {
      done = open.pop() ?? done
    } else {
      open.at(-1)?.push(elementOf(quoted, plain, element))
    }
  }
  return done
}

function elementOf<T>(quoted: string | undefined, plain: string | undefined, element: (text: string) => T): T | null {
  if (quoted !== undefined) return element(quoted.replace(/\\(.)/gs, '$1'))
  return plain === undefined || plain === 'NULL' ? null : element(plain)
}

/** An array as PostgreSQL reads it; `element` gives the text of one element, or null. */
export function arrayText(array: readonly unknown[], element: (value: unknown) => string | null): string {
  const parts = array.map((value) => {
    if (Array.isArray(value)) return arrayText(value, element)
    const text = element(value)
    return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`
  })
  return `{${parts.join(',')}}`
}
