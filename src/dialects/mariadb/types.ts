import type { TypeVariant } from '../mysql-family/type-variant.ts'

/** The types and expressions, on MariaDB. */
export const types: TypeVariant = {
  uuid: 'uuid',
  parenthesesAroundLongDefaults: false,
  expressionIndex: false,
  jsonIndex: true,
  castJson: false,
  uniqueText: true,
  virtualOverNumbered: true,
  storedUnderCascade: true,
}
