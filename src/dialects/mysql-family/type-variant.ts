/** Where MariaDB and MySQL differ in the types and expressions that they have. */
export interface TypeVariant {
  /** The type of a UUID. */
  readonly uuid: string
  /** A default of a text of any length, of bytes and of a document is written in parentheses. */
  readonly parenthesesAroundLongDefaults: boolean
  /** An index can be over expressions. */
  readonly expressionIndex: boolean
  /** An index can be over documents. */
  readonly jsonIndex: boolean
  /** CAST knows documents: a text that is one is not taken for a text. */
  readonly castJson: boolean
  /** A unique can be over texts of any length in whole, by their hashes. */
  readonly uniqueText: boolean
  /** A column that is computed when it is read, and an index over an expression, can be over one that the server numbers. */
  readonly virtualOverNumbered: boolean
  /** A stored column can be computed from a foreign key whose rows go with those that they refer to. */
  readonly storedUnderCascade: boolean
}
