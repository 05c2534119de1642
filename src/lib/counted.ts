/** A number of things in words: `1 row`, `5 rows`. */
export function counted(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`
}
