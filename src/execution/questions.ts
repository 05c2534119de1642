import type { Change } from '../schema/change.ts'
import type { Dialect } from '../schema/dialect.ts'
import type { Expression } from '../schema/expression.ts'
import type { Named, Schema } from '../schema/schema.ts'
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

/** What a change asks of the rows that exist: of columns that are filled before it, what they will hold by then. */
export function questionsOf(change: Change, circumstances: Circumstances): readonly Question[] {
  switch (change.kind) {
    case 'addUnique':
      return [uniqueOverFilled(change, circumstances) ?? itself(change)]
    case 'setPrimaryKey': {
      const parts = (change.after?.columns ?? []).map((column) => ({ expression: columnOf(column) }))
      const unique: Change<'addUnique'> = { kind: 'addUnique', table: change.table, unique: { name: '', parts } }
      return [uniqueOverFilled(unique, circumstances) ?? itself(change)]
    }
    case 'addCheck':
    case 'validateCheck':
      return [checkOverFilled(change, circumstances) ?? itself(change)]
    case 'addForeignKey':
      return referenceQuestions(change, circumstances)
    default:
      return [itself(change)]
  }
}

/**
 * What constraints that stay ask of columns whose NULLs get a value: it may be one that they refuse. Which of them go is said in the names after all renames,
 * so that beside renames nothing is asked where any goes.
 */
export function keptQuestions(circumstances: Circumstances): readonly Question[] {
  const { changes, fills, before, isRenamed } = circumstances
  const dropped = new Set(
    changes.flatMap((change) => {
      if (change.kind === 'dropUnique') return [change.unique.name]
      if (change.kind === 'dropCheck') return [change.check.name]
      return change.kind === 'dropForeignKey' ? [change.foreignKey.name] : []
    }),
  )
  if (isRenamed && dropped.size > 0) return []
  const stays = ({ name: constraint }: Named): boolean => !dropped.has(constraint)
  return [...fills.keys()].flatMap((table): readonly Question[] => {
    const { uniques = [], checks = [], foreignKeys = [] } = before.tables.get(table) ?? {}
    return [
      ...uniques.filter(stays).map((unique) => uniqueOverFilled({ kind: 'addUnique', table, unique }, circumstances)),
      ...checks.filter(stays).map((check) => checkOverFilled({ kind: 'addCheck', table, check }, circumstances)),
      ...foreignKeys
        .filter(stays)
        .map((foreignKey) => filledReference({ kind: 'addForeignKey', table, foreignKey }, circumstances)),
    ].flatMap((question) => question ?? [])
  })
}

function itself(change: Change): Question {
  return { change, words: {} }
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

function referenceQuestions(change: Change<'addForeignKey'>, circumstances: Circumstances): readonly Question[] {
  const { table, foreignKey } = change
  const { columns, references } = foreignKey
  const { changes, fills } = circumstances
  const isCreated = changes.some((other) => other.kind === 'createTable' && other.table.name === references.table)
  if (!isCreated) return [itself(change), filledReference(change, circumstances) ?? []].flat()
  if (getsRows(references.table, circumstances)) return []
  const isNull = columns.map((column): Expression => ({ kind: 'isNull', operand: columnOf(column) }))
  const rule = `${columns.join(', ')} refers to a row of ${references.table}, which begins empty`
  return [orphans(change, asFilled({ kind: 'or', operands: isNull }, table, fills), rule)]
}

/** Whether the one value that rows get is the key of a row; what is in the column already is another question. */
function filledReference(change: Change<'addForeignKey'>, circumstances: Circumstances): Question | undefined {
  const { table, foreignKey } = change
  const { columns, references } = foreignKey
  const { changes, fills, dialect } = circumstances
  const [column = '', ...others] = columns
  const [target = ''] = references.columns
  const { literal, isNew } = fills.get(table)?.get(column) ?? {}
  const isRetyped = changes.some(
    (other) => other.kind === 'setType' && other.table === references.table && other.before.name === target,
  )
  if (literal === undefined || others.length > 0 || isRetyped || getsRows(references.table, circumstances))
    return undefined
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

function getsRows(table: string, { changes }: Circumstances): boolean {
  return changes.some((change) => change.kind === 'copyRows' && change.to === table)
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

function columnOf(column: string): Expression {
  return { kind: 'column', name: column }
}
