/** What is said to a person when something cannot be done: what is wrong (with their own names), why, and what to do next. */
export interface Sentence {
  readonly summary: string
  readonly why?: string
  readonly fix: string
}
