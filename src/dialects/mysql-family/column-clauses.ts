import type { Column } from '../../schema/schema.ts'
import { name, type Sql, sql } from '../../schema/sql.ts'
import { changesOf } from '../shared/table-changes.ts'
import { type Alteration, realCheck } from './alteration.ts'
import { withOwnCollation } from './collation.ts'
import { columnChanges } from './column-changes.ts'
import { addingOf, hasVolatileDefault, operationOf } from './column-operations.ts'
import { spellingOf } from './column-types.ts'
import { columnDefinition } from './definition.ts'
import { fold } from './tokens.ts'
import type { Clause } from './work.ts'

/** ADD COLUMN, as a part of an ALTER TABLE. */
export function added(column: Column, { table, real, flavour }: Alteration): Clause {
  return {
    sql: sql`ADD COLUMN ${columnDefinition(withOwnCollation(column, real, flavour), flavour)}`,
    operations: [addingOf(column, flavour)],
    makes: [{ kind: 'addColumn', table, column }],
  }
}

/** MODIFY COLUMN, from one state of a column to another. */
export function modified(before: Column, after: Column, alteration: Alteration): Clause {
  const changes = columnChanges(alteration.table, before, after)
  return {
    sql: sql`MODIFY COLUMN ${restatedDefinition(after, alteration)}`,
    operations: changes.map((change) => operationOf(change, alteration.real, alteration.flavour)),
    makes: changes,
    ...(hasVolatileDefault(after, alteration.flavour) ? { saysVolatileDefault: true } : {}),
  }
}

/** A column in full, with the check in its own definition that other hands gave it and that is to stay. */
export function restatedDefinition(column: Column, alteration: Alteration): Sql {
  const { real, flavour } = alteration
  const own = real.checks.find(({ ofColumn }) => ofColumn !== undefined && fold(ofColumn) === fold(column.name))
  const goes = changesOf(alteration, 'dropCheck').some(({ check }) => realCheck(check, alteration) === own)
  const definition = columnDefinition(withOwnCollation(column, real, flavour), flavour)
  if (own === undefined || goes) return definition
  return sql`${definition} CHECK (${spellingOf(flavour).expression(own.expression)})`
}

/** DROP COLUMN, as a part of an ALTER TABLE. */
export function dropped(column: Column, { table }: Alteration): Clause {
  return {
    sql: sql`DROP COLUMN ${name(column.name)}`,
    operations: ['dropColumn'],
    makes: [{ kind: 'dropColumn', table, column }],
  }
}
