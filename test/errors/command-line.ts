/** What a child is to run, and where. */
export interface CommandLine {
  readonly dir: string
  readonly args: readonly string[]
}

/** Stands behind what was said, on both streams. */
export const separator = '\0'
