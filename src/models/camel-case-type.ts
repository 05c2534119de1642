/** How a name is written in TypeScript: as the database has it, or as Kysely's `CamelCasePlugin` makes it. */
export type NameCase = 'database' | 'camel'

/** A name of the database in that case. */
export type Cased<Name extends string, Case extends NameCase> = Case extends 'camel' ? CamelCase<Name> : Name

/** What Kysely's `CamelCasePlugin` makes of a name of the database: `_` goes, and what follows it is capital; a `_` in front stays. */
export type CamelCase<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? First extends ''
    ? `_${Words<Rest>}`
    : `${First}${Words<Rest>}`
  : Name

type Words<Rest extends string> = Rest extends `${infer Word}_${infer More}`
  ? `${Capitalize<Word>}${Words<More>}`
  : Capitalize<Rest>
