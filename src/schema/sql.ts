import type { Value } from './value.ts'

/** One piece of a statement: text written by Godwit, an identifier, or a value. */
export type SqlPart = string | { readonly name: string } | { readonly value: Value }

/** A statement or a fragment of one. Identifiers and values stay apart until a dialect quotes or binds them, so nothing is ever spliced. */
export interface Sql {
  readonly parts: readonly SqlPart[]
}

/** An identifier, quoted by the dialect. */
export function name(identifier: string): Sql {
  return { parts: [{ name: identifier }] }
}

/** A value, bound or written as a literal by the dialect. */
export function value(literal: Value): Sql {
  return { parts: [{ value: literal }] }
}

/** SQL that a user wrote, or that a server printed: taken to the letter. Never for identifiers and values. */
export function verbatim(text: string): Sql {
  return { parts: [text] }
}

/**
 * Builds a statement. Only fragments can be interpolated: a bare string does not compile.
 *
 * @example
 * sql`ALTER TABLE ${name('billing_invoice')} DROP COLUMN ${name('total')}`
 */
export function sql(strings: TemplateStringsArray, ...fragments: readonly Sql[]): Sql {
  return {
    parts: strings.flatMap((text, index) => [text, ...(fragments[index]?.parts ?? [])]).filter((part) => part !== ''),
  }
}

/** Fragments one after the other, with a separator between them. */
export function join(fragments: readonly Sql[], separator = ', '): Sql {
  return {
    parts: fragments.flatMap((fragment, index) => (index === 0 ? fragment.parts : [separator, ...fragment.parts])),
  }
}

/** Identifiers, separated by commas. */
export function names(identifiers: readonly string[]): Sql {
  return join(identifiers.map(name))
}
