import { columnsOf, type Expression } from '../../schema/expression.ts'
import { spellingOf } from './column-types.ts'
import { identifiersIn } from './raw-sql.ts'
import { toText } from './statement-text.ts'
import { fold } from './tokens.ts'
import type { Flavour } from './variant.ts'

/** The folded names of the columns that an expression reads, those that raw SQL may mean included. */
export function columnsRead(expression: Expression, flavour: Flavour): ReadonlySet<string> {
  if (expression.kind === 'column') return new Set([fold(expression.name)])
  const text = toText(spellingOf(flavour).expression(expression))
  return new Set([...[...columnsOf(expression)].map(fold), ...identifiersIn(text)])
}
