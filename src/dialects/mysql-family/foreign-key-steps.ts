import type { ForeignKey, Table } from '../../schema/schema.ts'
import { name, sql } from '../../schema/sql.ts'
import type { StatementStep } from '../../schema/step.ts'
import { traitsOf } from './alteration.ts'
import { addingIndex } from './constraint-ways.ts'
import { foreignKeyDefinition } from './definition.ts'
import { droppingIndex } from './dropping-index.ts'
import type { ForeignKeyPlan, Owned } from './foreign-keys.ts'
import type { ObjectNames } from './object-names.ts'
import { indexFor } from './servers-indexes.ts'
import type { Flavour } from './variant.ts'
import { type AlteredTable, alterTable, type Clause } from './work.ts'

/** Where foreign keys come or go: what is known of the tables before, and how they are afterwards. */
export interface Places {
  readonly known: ReadonlyMap<string, Table>
  readonly after: ReadonlyMap<string, Table>
  readonly names: ObjectNames
  readonly flavour: Flavour
}

/** One ALTER TABLE for each table that loses some. */
export function dropForeignKeys(owned: readonly Owned[], places: Places): readonly StatementStep[] {
  return [...Map.groupBy(owned, ({ table }) => table)].map(([table, own]) =>
    alterTable(
      alteredTable(table, places),
      own.flatMap((key) => droppingForeignKey(key, places)),
    ),
  )
}

/** One ALTER TABLE for each table that gets some. */
export function addForeignKeys(coming: ForeignKeyPlan['coming'], places: Places): readonly StatementStep[] {
  return [...Map.groupBy(coming, ({ table }) => table)].map(([table, own]) =>
    alterTable(
      alteredTable(table, places),
      own.map(({ foreignKey }) => addingForeignKey(table, foreignKey, places.names)),
    ),
  )
}

function alteredTable(table: string, { known, after, flavour }: Places): AlteredTable {
  const [now, later] = [known.get(table), after.get(table)].map((state) => (state === undefined ? [] : [state]))
  return { table, traits: traitsOf(now ?? [], later ?? [], flavour), flavour }
}

/** DROP FOREIGN KEY, as a part of an ALTER TABLE, and what becomes of the index that the server made for it. */
export function droppingForeignKey(own: Owned, site: Pick<Places, 'names' | 'flavour'>): readonly Clause[] {
  const { table, real, declared } = own
  site.names.release(real.name)
  return [
    {
      sql: sql`DROP FOREIGN KEY ${name(real.name)}`,
      operations: ['dropForeignKey'],
      makes: [{ kind: 'dropForeignKey', table, foreignKey: declared }],
    },
    ...partingWithIndex(own, site),
  ]
}

/** The index goes, or becomes that of the foreign key which needs it. */
function partingWithIndex(
  { table, real, ownIndex, heir }: Owned,
  { names, flavour }: Pick<Places, 'names' | 'flavour'>,
): readonly Clause[] {
  if (ownIndex === undefined) return []
  names.releaseIndex(table, ownIndex)
  const dropping = droppingIndex({ name: ownIndex, parts: [] })
  if (heir === undefined) return [dropping]
  const index = names.claimIndex(table, indexFor(heir))
  if (heir.columns.length < real.columns.length) return [dropping, addingIndex(index, { flavour })]
  return [{ sql: sql`RENAME INDEX ${name(ownIndex)} TO ${name(index.name)}`, operations: ['renameIndex'], makes: [] }]
}

/** ADD of a foreign key, as a part of an ALTER TABLE. */
export function addingForeignKey(table: string, foreignKey: ForeignKey, names: ObjectNames): Clause {
  return {
    sql: sql`ADD ${foreignKeyDefinition(names.claim(foreignKey))}`,
    operations: ['addForeignKey'],
    makes: [{ kind: 'addForeignKey', table, foreignKey }],
  }
}
