import type { Change } from '../../schema/change.ts'
import { mapColumns } from '../../schema/expression.ts'
import type { ForeignKey, Table, Unique } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { StatementStep } from '../../schema/step.ts'
import { pairWithReal } from '../shared/pair-with-real.ts'
import { uniqueDefinition } from './definition.ts'
import { isHashed } from './hashed.ts'
import { alikeIndexes } from './match.ts'
import type { RenamedTable } from './rename-columns.ts'
import { namesBefore } from './rename-order.ts'
import { fold } from './tokens.ts'
import { type AlteredTable, alterTable, type Clause } from './work.ts'

type ColumnRename = Change<'renameColumn'>

/** Whether a renamed column is one of a foreign key, at either end of it. */
export function renamesKeys(
  renames: readonly ColumnRename[],
  { name: table }: Table,
  tables: Iterable<Table>,
): boolean {
  const renamed = new Set(renames.map(({ to }) => fold(to)))
  const isRenamed = (columns: readonly string[]): boolean => columns.some((column) => renamed.has(fold(column)))
  const isMet = (owner: string, { columns, references }: ForeignKey): boolean =>
    (owner === table && isRenamed(columns)) || (references.table === table && isRenamed(references.columns))
  return [...tables].some((one) => one.foreignKeys.some((key) => isMet(one.name, key)))
}

/**
 * The ALTER TABLEs that rename columns of foreign keys on a table with uniques that are kept by hashes. Beside those a column is renamed in a copy only, and
 * in a copy no column of a foreign key (error 1846), so they go before and come back after.
 */
export function renameWithoutHashes(
  renames: readonly ColumnRename[],
  renaming: readonly Clause[],
  { real, declared }: RenamedTable,
  altered: AlteredTable,
): readonly StatementStep[] {
  const { flavour } = altered
  const pairs = pairWithReal(declared.uniques, real.uniques, alikeIndexes(flavour))
  const declaredAs = new Map([...pairs].map(([own, known]) => [known, own]))
  const hashed = real.uniques.filter((unique) => isHashed(unique, real))
  const nameBefore = namesBefore(renames)
  const makes = (kind: 'dropUnique' | 'addUnique', unique: Unique): readonly Change[] => {
    const own = declaredAs.get(unique)
    if (own === undefined) return []
    const parts = own.parts.map((part) => ({ ...part, expression: mapColumns(part.expression, nameBefore) }))
    return [{ kind, table: real.name, unique: kind === 'dropUnique' ? { ...own, parts } : own }]
  }
  const gone = hashed.map(
    (unique): Clause => ({
      sql: sql`DROP INDEX ${name(unique.name)}`,
      operations: ['dropHashedUnique'],
      makes: makes('dropUnique', unique),
    }),
  )
  const back = hashed.map(
    (unique): Clause => ({
      sql: sql`ADD ${uniqueDefinition(unique, flavour)}`,
      operations: ['addHashedUnique'],
      makes: makes('addUnique', unique),
    }),
  )
  const without = { ...altered, traits: { ...altered.traits, hashes: 0 } }
  return [alterTable(altered, gone), alterTable(without, renaming), alterTable(without, back)]
}
