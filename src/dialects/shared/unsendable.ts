/** Why a value that code hands to a query cannot be sent, if it can't. Drivers send `undefined` as NULL and an invalid Date as text. */
export function unsendable(content: unknown): string | undefined {
  switch (typeof content) {
    case 'undefined':
      return 'it is undefined'
    case 'symbol':
    case 'function':
      return `it is a ${typeof content}`
    case 'object':
      if (content instanceof Date && Number.isNaN(content.getTime())) return 'it is an invalid Date'
      return content instanceof Map || content instanceof Set ? `it is a ${content.constructor.name}` : undefined
    default:
      return undefined
  }
}
