/**
 * What a model can ask for and not every database has. Each dialect says of every one how it does it or why it can't; projection refuses by it, and
 * the table of what works where is printed from it.
 */
export const features = {
  enum: 'f.enum',
  nativeEnum: 'f.enum with `native`',
  array: 'f.array',
  duration: 'f.duration',
  ipAddress: 'f.ipAddress',
  range: 'f.integerRange and the other ranges',
  schema: '`schema` in a model',
  comment: '`comment` of a table or field',
  collation: '`collation` of a field',
  virtualGenerated: 'f.generated with `stored: false`',
  unsigned: 'f.positiveInteger and its like',
  indexMethod: 'index with `method`',
  include: 'index or unique with `include`',
  operatorClass: 'index with `operatorClasses`',
  nullsOrder: 'index with `nulls`',
  nullsNotDistinct: 'unique with `nullsNotDistinct`',
  partialIndex: 'index or unique with `where`',
  expressionIndex: 'index or unique over expressions',
  prefixLength: 'index with `prefixLengths`',
  uniqueText: 'unique over f.text, f.json or f.binary',
  textKey: 'primary key of f.text, f.json or f.binary',
  jsonIndex: 'index over f.json',
  numberedCheck: 'check over a field that the database numbers',
  numberedStored: 'f.generated computed from a field that the database numbers',
  numberedVirtual: 'f.generated with `stored: false`, or an index, computed from a field that the database numbers',
  checkUnderAction: "check over a foreign key that `onUpdate` or 'setNull' writes to",
  storedUnderAction: "f.generated computed from a foreign key that `onUpdate` or 'setNull' writes to",
  storedUnderCascade: "f.generated computed from a foreign key with 'cascade'",
  deferrableUnique: 'unique with `deferrable`',
  deferrableForeignKey: 'foreign key with `deferrable`',
  setDefaultAction: "foreign key with 'setDefault'",
  exclusion: 'exclusion',
  extension: 'createExtension',
  createCollation: 'createCollation',
  concurrently: 'addIndexConcurrently, removeIndexConcurrently',
  notValid: 'addConstraintNotValid, validateConstraint',
} as const satisfies Record<string, string>

export type Feature = keyof typeof features

/**
 * What a database makes of a feature: `works`, with a few words where they say more than yes; `ignored`, where leaving it out harms nobody; `refused`,
 * with the reason as a clause ("SQLite has no arrays") and, where there is one, what to do instead as a sentence ("Use f.json, which holds a list.").
 */
export type Support =
  | { readonly works: true | string }
  | { readonly ignored: string }
  | { readonly refused: string; readonly instead?: string }
