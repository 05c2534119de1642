import type { Change } from '../../schema/change.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Column } from '../../schema/schema.ts'
import { quoted } from './statement-text.ts'
import { parseTypeName, type TypeFamily, typeFamily } from './type-name.ts'

/** The expression by which a column gets values of another type, where MODIFY alone will not do. */
export function castOf({ before, after, cast }: Change<'setType'>): Expression | undefined {
  return cast ?? conversion(before, after)
}

/**
 * What a column gets from its old values where MODIFY refuses whatever the values are, NULL too; undefined where it converts, or judges each value. A
 * UUID and a number or moment have no conversion between them (error 4078): they go through text, of which no value fits.
 */
function conversion(before: Column, after: Column): Expression | undefined {
  const [from, to] = [before, after].map(({ type }) => typeFamily(parseTypeName(type)))
  const isRefused = (from === 'uuid' && isMeasured(to)) || (to === 'uuid' && isMeasured(from))
  return isRefused ? { kind: 'sql', sql: `CAST(${quoted(before.name)} AS CHAR)` } : undefined
}

function isMeasured(family: TypeFamily | undefined): boolean {
  return family !== undefined && measured.includes(family)
}

const measured: readonly TypeFamily[] = ['whole', 'boolean', 'decimal', 'double', 'date', 'time', 'datetime']
