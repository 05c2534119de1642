import { numberParameter, type Parameter } from './statement-text.ts'

/**
 * What is sent for a value that code hands to a query, or the reason why nothing can be. `node:sqlite` takes a lone object for named parameters
 * and binds NULL in silence, so everything is looked at first.
 */
export function bindValue(content: unknown): { readonly parameter: Parameter } | { readonly problem: string } {
  switch (typeof content) {
    case 'string':
    case 'bigint':
      return { parameter: content }
    case 'boolean':
      return { parameter: content ? 1 : 0 }
    case 'number':
      return Number.isFinite(content)
        ? { parameter: numberParameter(content) }
        : { problem: `${content} is no number that SQLite has` }
    case 'object':
      return bindObject(content)
    default:
      return { problem: content === undefined ? 'it is undefined' : `it is a ${typeof content}` }
  }
}

function bindObject(content: object | null): { readonly parameter: Parameter } | { readonly problem: string } {
  if (content === null) return { parameter: null }
  if (content instanceof Uint8Array) return { parameter: content }
  if (content instanceof Date) {
    return Number.isNaN(content.getTime()) ? { problem: 'it is an invalid Date' } : { parameter: content.toISOString() }
  }
  const prototype: unknown = Object.getPrototypeOf(content)
  const isPlain = Array.isArray(content) || prototype === null || prototype === Object.prototype
  return isPlain ? { parameter: JSON.stringify(content) } : { problem: `it is a ${content.constructor.name}` }
}
