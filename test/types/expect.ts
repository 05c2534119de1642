/** Compiles only for `true`. */
export type Expect<Holds extends true> = Holds

/** Whether two types are the same, not merely assignable to each other. */
export type Equal<A, B> = (<T>() => T extends Flat<A> ? 1 : 2) extends <T>() => T extends Flat<B> ? 1 : 2 ? true : false

type Flat<A> = { [Key in keyof A]: A[Key] }
