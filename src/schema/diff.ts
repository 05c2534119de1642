export { type DiffOptions, diff } from './diff/diff.ts'
export type { Match } from './diff/renames.ts'
