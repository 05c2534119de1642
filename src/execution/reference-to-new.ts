import type { Change } from '../schema/change.ts'
import type { Expression } from '../schema/expression.ts'
import type { Precheck } from '../schema/step.ts'

/** What a foreign key asks of the rows that exist where its table is yet to come, and is empty then: none of them may refer to anything. */
export function referenceToNew(
  { table, foreignKey }: Change<'addForeignKey'>,
  changes: readonly Change[],
): { readonly change: Change<'addCheck'>; readonly words: Pick<Precheck, 'columns' | 'problem' | 'rule'> } | undefined {
  const { columns, references } = foreignKey
  const isFilled = changes.some((change) => change.kind === 'copyRows' && change.to === references.table)
  const isNew = changes.some((change) => change.kind === 'createTable' && change.table.name === references.table)
  if (!isNew || isFilled) return undefined
  const operands = columns.map((name): Expression => ({ kind: 'isNull', operand: { kind: 'column', name } }))
  return {
    change: { kind: 'addCheck', table, check: { name: foreignKey.name, expression: { kind: 'or', operands } } },
    words: {
      columns,
      problem: 'orphans',
      rule: `${columns.join(', ')} refers to a row of ${references.table}, which begins empty`,
    },
  }
}
