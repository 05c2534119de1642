import assert from 'node:assert/strict'
import { migrate } from '../../../src/execution/migrate.ts'
import type { Field } from '../../../src/fields/field.ts'
import { buildGraph } from '../../../src/history/graph.ts'
import type { Migration } from '../../../src/history/migration.ts'
import { applyMigration } from '../../../src/history/replay.ts'
import {
  check,
  createEnum,
  createModel,
  defineMigration,
  f,
  index,
  q,
  runSql,
  sqlDefault,
} from '../../../src/migrations.ts'
import type { ConstraintDeclaration, IndexDeclaration } from '../../../src/models/declarations.ts'
import type { Operation } from '../../../src/operations/operation.ts'
import { project } from '../../../src/state/project.ts'
import { emptyState } from '../../../src/state/project-state.ts'
import {
  checks,
  columns,
  defaults,
  generated,
  indexParts,
  mood,
  type Pair,
  pairs,
  predicates,
  type WrittenPart,
} from './expressions.ts'
import { differences, testOnBoth } from './two-servers.ts'

const custom = (type: string): { readonly types: { readonly postgres: string } } => ({ types: { postgres: type } })

const plainFields: Readonly<Record<string, Field>> = Object.fromEntries(
  Object.entries(columns).map(([column, type], position) => [
    `field${position}`,
    column === 'id' ? f.bigInteger({ primaryKey: true, column }) : f.custom({ ...custom(type), null: true, column }),
  ]),
)

interface Declared {
  readonly fields?: Readonly<Record<string, Field>>
  readonly constraints?: readonly ConstraintDeclaration[]
  readonly indexes?: readonly IndexDeclaration[]
}

function model(name: string, { fields = {}, constraints = [], indexes = [] }: Declared): Operation {
  return createModel({ name, fields: { ...plainFields, ...fields }, options: { constraints, indexes } })
}

function withChecks(conditions: readonly string[], name: string): Declared {
  return {
    constraints: conditions.map((sql, position) => check({ name: `${name}_c${position}`, condition: q.sql(sql) })),
  }
}

function withDefault([type, sql]: readonly [string, string], position: number): [string, Field] {
  return [`default${position}`, f.custom({ ...custom(type), null: true, default: sqlDefault(sql) })]
}

function withGenerated([type, sql]: readonly [string, string], position: number): [string, Field] {
  return [`computed${position}`, f.generated({ expression: q.sql(sql), output: f.custom(custom(type)), null: true })]
}

function overPart({ part, method }: WrittenPart, name: string): IndexDeclaration {
  const { expression, collation: _, ...order } = part
  return { name, parts: [{ expression: inFields(expression), ...order }], ...(method === undefined ? {} : { method }) }
}

/** A Schema speaks of columns, a model of fields. */
function inFields(expression: WrittenPart['part']['expression']): WrittenPart['part']['expression'] {
  if (expression.kind !== 'column') return expression
  return { kind: 'column', name: `field${Object.keys(columns).indexOf(expression.name)}` }
}

/** A model can say everything of these but a collation of a part. */
const declarable = indexParts.filter(({ part }) => part.collation === undefined)

const everything: readonly Operation[] = [
  model('Checks', withChecks(checks, 'checks')),
  model('Defaults', { fields: Object.fromEntries(defaults.map(withDefault)) }),
  model('Computed', { fields: Object.fromEntries(generated.map(withGenerated)) }),
  model('Predicates', {
    indexes: predicates.map((sql, position) =>
      index({ fields: ['field1'], where: q.sql(sql), name: `predicate_${position}` }),
    ),
  }),
  model('Parts', { indexes: declarable.map((part, position) => overPart(part, `part_${position}`)) }),
]

function history(operations: readonly Operation[]): Migration {
  const prelude = runSql({ forwards: 'CREATE SEQUENCE counter; CREATE SEQUENCE "Odd Counter"' })
  const definition = defineMigration({
    operations: [createEnum({ name: mood.name, values: mood.values }), prelude, ...operations],
  })
  return { app: 'shop', name: '0001_initial', definition }
}

const count = checks.length + defaults.length + generated.length + predicates.length + declarable.length

testOnBoth(`of ${count} expressions declared, migrated and inspected none differs`, '', async (session) => {
  assert.ok(count >= 200)
  const migration = history(everything)
  await migrate({ session, graph: buildGraph([migration]) })
  const declared = project(applyMigration(emptyState, migration), session.dialect)
  assert.deepEqual(await differences(session, declared), [])
})

const declarablePairs = pairs.filter(
  (pair) =>
    pair.kind !== 'index' || (pair.real.part.collation === undefined && pair.declared.part.collation === undefined),
)

testOnBoth(`of ${declarablePairs.length} pairs that are not the same every one is found`, '', async (session) => {
  assert.ok(declarablePairs.length >= 40)
  await migrate({ session, graph: buildGraph([history(declarablePairs.map((pair, n) => ofPair(pair, 'real', n)))]) })
  const other = history(declarablePairs.map((pair, n) => ofPair(pair, 'declared', n)))
  const found = await differences(session, project(applyMigration(emptyState, other), session.dialect))
  const tables = new Set(
    found.map((change) => ('table' in change && typeof change.table === 'string' ? change.table : '')),
  )
  assert.deepEqual(
    declarablePairs.filter((_, position) => !tables.has(`shop_pair${position}`)),
    [],
  )
})

function ofPair(pair: Pair, side: 'real' | 'declared', position: number): Operation {
  const name = `Pair${position}`
  switch (pair.kind) {
    case 'check':
      return model(name, withChecks([pair[side]], name))
    case 'predicate':
      return model(name, {
        indexes: [index({ fields: ['field1'], where: q.sql(pair[side]), name: `pair_${position}` })],
      })
    case 'default':
      return model(name, { fields: Object.fromEntries([withDefault([pair.type, pair[side]], 0)]) })
    case 'generated':
      return model(name, { fields: Object.fromEntries([withGenerated([pair.type, pair[side]], 0)]) })
    case 'index':
      return model(name, { indexes: [overPart(pair[side], `pair_${position}`)] })
  }
}
