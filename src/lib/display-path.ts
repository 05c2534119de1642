import { isAbsolute, relative, sep } from 'node:path'

/** A path as a person would name it: from the working directory when it lies below, else in full. */
export function displayPath(path: string, from: string = process.cwd()): string {
  const below = relative(from, path)
  return below === '' || below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below) ? path : below
}
