import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { ForeignKey, Named, Schema, Unique } from '../schema/schema.ts'
import { name, sql, verbatim } from '../schema/sql.ts'
import type { Precheck } from '../schema/step.ts'
import { asFilled, type Filled, type Fills } from './filled.ts'

/** A change to ask a dialect about in the place of another, and what is said of the answer where that differs. */
export interface Question {
  readonly change: Change
  readonly words: Partial<Omit<Precheck, 'query'>>
}

/** What the changes of a unit say of the rows that are there. */
export interface Circumstances {
  readonly changes: readonly Change[]
  readonly fills: Fills
  readonly before: Schema
  readonly dialect: Dialect
  /** Whether they, or changes before them, rename anything. */
  readonly isRenamed: boolean
}

/**
 * What a change asks of the rows that exist: of columns that are filled before it, what they will hold by then. Undefined where only the change itself is
 * to be asked about, and null where nothing can be.
 */
export function questionOf(change: Change, circumstances: Circumstances): Question | undefined | null {
  switch (change.kind) {
    case 'addUnique':
      return uniqueOverFilled(change, circumstances)
    case 'setPrimaryKey': {
      const parts = (change.after?.columns ?? []).map((column) => ({ expression: columnOf(column) }))
      return uniqueOverFilled({ ...change, kind: 'addUnique', unique: { name: '', parts } }, circumstances)
    }
    case 'addCheck':
    case 'validateCheck':
      return checkOverFilled(change, circumstances)
    case 'addForeignKey':
      return reference(change, circumstances)
    default:
      return undefined
  }
}

/**
 * Constraints that stay, on columns whose NULLs get a value: it may be one that they refuse. Which of them go is said in the names after all renames, so that
 * beside renames nothing is asked where any goes.
 */
export function keptConstraints({ changes, fills, before, isRenamed }: Circumstances): readonly Change[] {
  const dropped = new Set(
    changes.flatMap((change) => {
      if (change.kind === 'dropUnique') return [change.unique.name]
      if (change.kind === 'dropCheck') return [change.check.name]
      return change.kind === 'dropForeignKey' ? [change.foreignKey.name] : []
    }),
  )
  if (isRenamed && dropped.size > 0) return []
  const stays = ({ name: constraint }: Named): boolean => !dropped.has(constraint)
  return [...fills].flatMap(([table, own]): readonly Change[] => {
    const definition = before.tables.get(table)
    if (definition === undefined || [...own.values()].every(({ isNew }) => isNew)) return []
    const isFilled = (expression: Expression): boolean => asFilled(expression, table, fills) !== expression
    return [
      ...definition.uniques
        .filter(stays)
        .filter(({ parts, where }) => [...parts.map(expressionOf), ...(where ? [where] : [])].some(isFilled))
        .map((unique): Change => ({ kind: 'addUnique', table, unique })),
      ...definition.checks
        .filter(stays)
        .filter(({ expression }) => isFilled(expression))
        .map((check): Change => ({ kind: 'addCheck', table, check })),
      ...definition.foreignKeys
        .filter(stays)
        .filter(({ columns }) => columns.some((column) => own.has(column)))
        .map((foreignKey): Change => ({ kind: 'addForeignKey', table, foreignKey })),
    ]
  })
}

function uniqueOverFilled(change: Change<'addUnique'>, { fills }: Circumstances): Question | undefined {
  const { table, unique } = change
  const where = unique.where === undefined ? undefined : asFilled(unique.where, table, fills)
  const parts = unique.parts.map((part) => ({ ...part, expression: asFilled(part.expression, table, fills) }))
  const filled = unique.parts.flatMap(({ expression }) => filledIn(expression, table, fills) ?? [])
  const isSame = parts.every(({ expression }, index) => expression === unique.parts[index]?.expression)
  if (isSame && where === unique.where) return undefined
  const columns = unique.parts.flatMap(({ expression }) => (expression.kind === 'column' ? [expression.name] : []))
  const who = filled.every(({ isNew }) => isNew) ? 'all rows' : 'all rows without a value'
  const isLiteral = filled.length > 0 && filled.every(({ literal }) => literal !== undefined)
  return {
    change: { ...change, unique: { ...unique, parts, ...(where !== undefined && { where }) } },
    words:
      columns.length === parts.length && isLiteral
        ? { columns, rule: `${columns.join(', ')} is unique, and ${who} get the same value` }
        : {},
  }
}

function checkOverFilled(
  change: Change<'addCheck' | 'validateCheck'>,
  { fills, dialect }: Circumstances,
): Question | undefined {
  const { table, check } = change
  const expression = asFilled(check.expression, table, fills)
  if (expression === check.expression) return undefined
  const rule = dialect.toText(dialect.spelling.expression(check.expression))
  return {
    change: { ...change, check: { ...check, expression } },
    words: { rule: `${rule}, once values are filled in` },
  }
}

function reference(change: Change<'addForeignKey'>, circumstances: Circumstances): Question | undefined | null {
  const { table, foreignKey } = change
  const { columns, references } = foreignKey
  const { changes, fills } = circumstances
  const isCreated = changes.some((other) => other.kind === 'createTable' && other.table.name === references.table)
  const getsRows = changes.some((other) => other.kind === 'copyRows' && other.to === references.table)
  const filled = fills.get(table)?.get(columns[0] ?? '')
  if (getsRows) return isCreated || filled !== undefined ? null : undefined
  if (isCreated) {
    const isNull = columns.map((column): Expression => ({ kind: 'isNull', operand: columnOf(column) }))
    const rule = `${columns.join(', ')} refers to a row of ${references.table}, which begins empty`
    return orphans(change, asFilled({ kind: 'or', operands: isNull }, table, fills), rule)
  }
  if (filled === undefined) return undefined
  return filledReference(change, filled, foreignKey, circumstances)
}

/** Whether the one value that rows get is the key of a row. What they refer to already was asked when they got it. */
function filledReference(
  change: Change<'addForeignKey'>,
  { literal, isNew }: Filled,
  { columns: [column = '', ...others], references }: ForeignKey,
  { changes, dialect }: Circumstances,
): Question | null {
  const [target = ''] = references.columns
  const isRetyped = changes.some(
    (other) => other.kind === 'setType' && other.table === references.table && other.before.name === target,
  )
  if (literal === undefined || others.length > 0 || isRetyped) return null
  const value = dialect.toText(dialect.spelling.expression(literal))
  const other = dialect.spelling.table(references.table)
  const exists: Expression = {
    kind: 'sql',
    sql: dialect.toText(sql`EXISTS (SELECT 1 FROM ${other} AS p WHERE p.${name(target)} = ${verbatim(value)})`),
  }
  const hasValue: Expression = { kind: 'not', operand: { kind: 'isNull', operand: columnOf(column) } }
  const who = isNew ? 'all rows' : 'all rows without a value'
  return orphans(
    change,
    isNew ? exists : { kind: 'or', operands: [hasValue, exists] },
    `${column} refers to a row of ${references.table}, and ${who} get ${value}`,
  )
}

function orphans({ table, foreignKey }: Change<'addForeignKey'>, expression: Expression, rule: string): Question {
  return {
    change: { kind: 'addCheck', table, check: { name: foreignKey.name, expression } },
    words: { columns: foreignKey.columns, problem: 'orphans', rule },
  }
}

function filledIn(expression: Expression, table: string, fills: Fills): readonly Filled[] | undefined {
  if (expression.kind !== 'column') return undefined
  const filled = fills.get(table)?.get(expression.name)
  return filled === undefined ? undefined : [filled]
}

function expressionOf({ expression }: Unique['parts'][number]): Expression {
  return expression
}

function columnOf(column: string): Expression {
  return { kind: 'column', name: column }
}
