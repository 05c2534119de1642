/** A record without the keys whose value is undefined: for functions whose optional keys must be absent. */
export function defined<Content extends object>(record: Content): Defined<Content> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<Content>
}

type Defined<Content> = {
  [Key in keyof Content as undefined extends Content[Key] ? never : Key]: Content[Key]
} & {
  [Key in keyof Content as undefined extends Content[Key] ? Key : never]?: Exclude<Content[Key], undefined>
}
