/** Marks a branch that the type checker has proved unreachable; reached all the same, it is a bug of Godwit. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`)
}
