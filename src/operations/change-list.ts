import { structuralEqual } from '../lib/structural-equal.ts'

/** A list with the first element that is equal to `old` replaced, or taken out where there is nothing to put in its place. */
export function replacing<T>(list: readonly T[] = [], old: T, ...replacement: readonly T[]): readonly T[] {
  const position = list.findIndex((element) => structuralEqual(element, old))
  return position < 0 ? list : list.toSpliced(position, 1, ...replacement)
}
