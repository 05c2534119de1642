import type { Index, Unique } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import { isOverColumns } from './alteration.ts'
import type { Clause } from './work.ts'

/** DROP INDEX, as a part of an ALTER TABLE, without what it makes. */
export function droppingIndex({ name: index, parts }: Index | Unique): Clause {
  return {
    sql: sql`DROP INDEX ${name(index)}`,
    operations: [isOverColumns(parts) ? 'dropIndex' : 'dropExpressionIndex'],
    makes: [],
  }
}
