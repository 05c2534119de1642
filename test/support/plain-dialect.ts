import { structuralEqual } from '../../src/lib/structural-equal.ts'
import type { Dialect } from '../../src/schema/dialect.ts'
import { mapColumns } from '../../src/schema/expression.ts'
import { type Feature, features, type Support } from '../../src/schema/feature.ts'
import { name, value } from '../../src/schema/sql.ts'

// The keys are those of the table.
const everything = Object.fromEntries(
  Object.keys(features).map((feature) => [feature, { works: true }]),
) as unknown as Record<Feature, Support>

/** A dialect with plain names, for tests that need a projection and no database. What they have no use for fails loudly. */
export const plainDialect: Dialect = {
  name: 'plain',
  version: '1',
  capabilities: { transactionalDdl: true, comments: true, enumTypes: true, identifierLimit: undefined },
  spelling: {
    table: (table) => name(table),
    type: (type) =>
      'length' in type
        ? `${type.type}(${type.length})`
        : 'scale' in type
          ? `decimal(${type.precision},${type.scale})`
          : type.type,
    autoIncrementType: (type) => `${type.type} numbered`,
    typeCheck: (type, column) =>
      type.type === 'json'
        ? { kind: 'call', function: 'trim', arguments: [{ kind: 'column', name: column }] }
        : undefined,
    defaultExpression: (fallback) =>
      typeof fallback === 'string' ? { kind: 'sql', sql: `${fallback}()` } : { kind: 'value', value: fallback.value },
    expression: (expression) => value(JSON.stringify(expression)),
  },
  comparison: {
    sameExpression: (a, b, renamed) =>
      structuralEqual(
        mapColumns(a, (name) => renamed?.get(name) ?? name),
        b,
      ),
  },
  reading: { type: () => undefined, literal: () => undefined, condition: () => undefined },
  queries: {
    parameterLimit: 100,
    readsAsText: () => false,
    read: (given) => given,
    bind: (literal) => literal,
    typed: (operand) => operand,
    stored: (computed) => computed,
    match: () => unused('match'),
  },
  estimateRows: () => unused('estimateRows'),
  support: { ...everything, unsigned: { ignored: 'signed, with a CHECK' } },
  plan: () => unused('plan'),
  needsFacts: () => false,
  precheck: () => undefined,
  toText: () => unused('toText'),
  canonicalise: (declared) => Promise.resolve(declared),
}

function unused(what: string): never {
  throw new Error(`The plain dialect has no ${what}.`)
}
