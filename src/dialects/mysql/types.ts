import type { TypeVariant } from '../mysql-family/type-variant.ts'

/** The types and expressions, on MySQL. */
export const types: TypeVariant = {
  uuid: 'char(36)',
  parenthesesAroundLongDefaults: true,
  expressionIndex: true,
  jsonIndex: false,
  castJson: true,
  uniqueText: false,
  virtualOverNumbered: false,
  storedUnderCascade: false,
}
