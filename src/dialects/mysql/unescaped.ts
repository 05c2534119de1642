/**
 * An expression out of the catalogue, as SHOW CREATE TABLE prints it: the catalogue has the bytes of its UTF-8 taken for characters of one byte, and a
 * backslash before every quote and backslash.
 */
export function unescaped(printed: string): string {
  const text = Buffer.from(printed, 'latin1').toString('utf8')
  return text.replaceAll(/\\([\s\S])/g, '$1')
}
