import { invariant } from '../../lib/invariant.ts'
import type { Expression } from '../../schema/expression.ts'

/** The text of an expression that was read from a server. */
export function rawText(expression: Expression): string {
  invariant(expression.kind === 'sql' && typeof expression.sql === 'string', 'what a server prints is SQL')
  return expression.sql
}
