import { hash } from 'node:crypto'

/** The first `length` hexadecimal digits of the SHA-256 of a text: stable across machines and versions. */
export function shortHash(text: string, length = 8): string {
  return hash('sha256', text, 'hex').slice(0, length)
}
