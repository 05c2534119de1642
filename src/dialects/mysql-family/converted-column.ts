import type { Fill } from '../../schema/change.ts'
import type { Expression } from '../../schema/expression.ts'
import type { Column, Table } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { Alteration } from './alteration.ts'
import { added, restatedDefinition } from './column-clauses.ts'
import { hasVolatileDefault } from './column-operations.ts'
import { fillColumn } from './fills.ts'
import { firstFree } from './object-names.ts'
import type { ChangedColumn } from './remade-columns.ts'
import type { Work } from './table-work.ts'
import { fold } from './tokens.ts'

/**
 * A column that gets values of another type by an expression: MODIFY knows only the server's own conversion. The new values are computed into a column
 * beside it, which then takes its place.
 */
export function convertedColumn(
  { before, after, changes }: ChangedColumn,
  cast: Expression,
  fill: Fill | undefined,
  alteration: Alteration,
): Work {
  const { table } = alteration
  const { default: _, autoIncrement: __, comment: ___, ...bare } = after
  const beside: Column = { ...bare, name: helperName(after.name, alteration.real), nullable: true }
  const values = fillColumn(beside, { expression: cast }, alteration, sql``)
  const rest =
    fill === undefined ? [] : [fillColumn(beside, fill, alteration, sql` WHERE ${name(beside.name)} IS NULL`)]
  return {
    filled: [added(beside, alteration)],
    fills: [values, ...rest],
    computed: [
      {
        sql: sql`DROP COLUMN ${name(before.name)}, CHANGE COLUMN ${name(beside.name)} ${restatedDefinition(after, alteration)}`,
        operations: ['dropColumn', 'takeName', ...(after.nullable ? [] : (['require'] as const)), 'describe'],
        makes: [...changes, { kind: 'dropColumn', table, column: beside }],
        ...(hasVolatileDefault(after, alteration.flavour) ? { saysVolatileDefault: true as const } : {}),
        together: true,
      },
    ],
  }
}

function helperName(column: string, { columns }: Table): string {
  const taken = new Set(columns.map(({ name: own }) => fold(own)))
  return firstFree([...`godwit_${column}`].slice(0, 60).join(''), (candidate) => taken.has(fold(candidate)))
}
