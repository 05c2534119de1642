/** States what must hold here; when it does not, that is a bug of Godwit, never a mistake of its user. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant violated: ${message}`)
}
