import type { BadInput } from '../bad-input.ts'

/** Servers that cannot be reached, or do not do as they are asked. */
export const serverCases: readonly BadInput[] = []
