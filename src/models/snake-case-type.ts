/** What `snakeCase` of `lib/` does, at the type level; a test holds the two together. */
export type SnakeCase<Name extends string> = Name extends Lowercase<Name> ? Name : Walk<Name, '', ''>

type Walk<Rest extends string, Done extends string, Before extends string> = Rest extends `${infer First}${infer Next}`
  ? Walk<Next, `${Done}${Separator<Before, First, Next>}${Lowercase<First>}`, First>
  : Done

type Separator<Before extends string, First extends string, Next extends string> =
  IsUpper<First> extends true
    ? Before extends '' | '_'
      ? ''
      : IsUpper<Before> extends true
        ? StartsLower<Next> extends true
          ? '_'
          : ''
        : '_'
    : ''

type IsUpper<Character extends string> = Character extends Lowercase<Character> ? false : true

type StartsLower<Text extends string> = Text extends `${infer First}${string}`
  ? First extends Uppercase<First>
    ? false
    : true
  : false
