import type { Session } from '../../schema/dialect.ts'

/** A database that is made once, and of which every scratch database is a copy from then on. */
export interface Template {
  /** Whose it is, as a few hexadecimal digits: where another is made for the same owner, this one goes. */
  readonly owner: string
  /** What it follows from, as hexadecimal digits: another key is another template. */
  readonly key: string
  /** Puts what belongs in it into an empty database. */
  readonly make: (session: Session) => Promise<void>
}

/** What a server calls a template. */
export function templateName({ owner, key }: Template): string {
  return `${templatesOf(owner)}${key}`
}

/** How the names of all templates of an owner begin. */
export function templatesOf(owner: string): string {
  return `godwit_template_${owner}_`
}

/** How long to wait for another process that makes the template, in milliseconds: as long as migrations may take. */
export const templateWait = 600_000
