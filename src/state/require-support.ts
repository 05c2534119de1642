import { fail } from '../errors/error.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import { type Feature, features } from '../schema/feature.ts'

/**
 * Whether the database does what is asked for in a place, such as `billing.Invoice.tags`; false where leaving it out harms nobody. Fails with
 * `models.notSupported` where the database refuses it.
 */
export function supports(dialect: Dialect, feature: Feature, place: string): boolean {
  const support = dialect.support[feature]
  if (!('refused' in support)) return 'works' in support
  return fail('models.notSupported', {
    place,
    feature: features[feature],
    database: dialect.name,
    reason: support.refused,
    fix: support.instead ?? 'Leave it out, or use a database that has it.',
  })
}

/** Whether a column has the collation in this database. Fails with `models.notSupported` where there can be none of that name. */
export function supportsCollation(collation: string, dialect: Dialect, place: string): boolean {
  if (!supports(dialect, 'collation', place)) return false
  const problem = dialect.spelling.collationProblem?.(collation)
  if (problem === undefined) return true
  return fail('models.notSupported', {
    place,
    feature: `the collation "${collation}"`,
    database: dialect.name,
    ...problem,
  })
}

/** The type as this database is to spell it: without what it ignores. Fails with `models.notSupported`. */
export function supportedType(type: ColumnType, dialect: Dialect, place: string): ColumnType {
  switch (type.type) {
    case 'enum':
      if (type.native !== undefined && supports(dialect, 'nativeEnum', place)) return type
      supports(dialect, 'enum', place)
      return { type: 'enum', values: type.values }
    case 'array':
      supports(dialect, 'array', place)
      return { type: 'array', of: supportedType(type.of, dialect, place) }
    case 'smallInteger':
    case 'integer':
    case 'bigInteger':
      return type.unsigned && !supports(dialect, 'unsigned', place) ? { type: type.type } : type
    case 'duration':
    case 'ipAddress':
    case 'range':
      supports(dialect, type.type, place)
      return type
    case 'custom':
      requireOwnType(type.types, dialect, place)
      return type
    default:
      return type
  }
}

function requireOwnType(types: { readonly [database: string]: string }, dialect: Dialect, place: string): void {
  if (Object.hasOwn(types, dialect.name)) return
  fail('models.notSupported', {
    place,
    feature: 'f.custom',
    database: dialect.name,
    reason: `its types name none for ${dialect.name}`,
    fix: `Add ${dialect.name} to its types.`,
  })
}
