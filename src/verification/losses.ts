import type { Migration } from '../history/migration.ts'
import { keyOfMigration } from '../history/migration.ts'
import { describe } from '../operations/definitions.ts'
import type { Operation } from '../operations/operation.ts'
import type { Column, Schema, Table } from '../schema/schema.ts'
import type { ChangedColumn, RowDifference } from './compare-rows.ts'
import type { Finding } from './finding.ts'

/** A migration between the Schemas that its operations declare. */
export interface Between {
  readonly migration: Migration
  readonly before: Schema
  readonly after: Schema
}

/** What there is to say of rows that are not what they were before a migration was applied and unapplied: what its operations declared, told apart. */
export function lossesThereAndBack(differences: readonly RowDifference[], between: Between): readonly Finding[] {
  return differences.flatMap((difference) => lossesIn(difference, between))
}

function lossesIn({ table, lost, added, changed }: RowDifference, between: Between): readonly Finding[] {
  const { migration, before, after } = between
  const site = { migration: keyOfMigration(migration), table }
  const known = before.tables.get(table)
  const then = known === undefined ? undefined : sameTable(known, after)
  if (known !== undefined && then === undefined) {
    return [declared(site, migration, `the ${rowsInWords(lost)} of ${table} go with the table`, isDeletion)]
  }
  return [
    ...(lost === 0
      ? []
      : [
          {
            kind: 'losesRows' as const,
            severity: 'error' as const,
            ...site,
            direction: 'backwards' as const,
            text: `${rowsInWords(lost)} of ${table} ${lost === 1 ? 'is' : 'are'} gone once it is applied and unapplied, and no operation says so`,
          },
        ]),
    ...(added === 0
      ? []
      : [
          {
            kind: 'leavesRows' as const,
            severity: 'warning' as const,
            ...site,
            direction: 'backwards' as const,
            text: `${rowsInWords(added)} that it added to ${table} ${added === 1 ? 'is' : 'are'} still there once it is unapplied`,
          },
        ]),
    ...changed.map((column) => valuesLost(column, site, { ...between, known, then })),
  ]
}

function valuesLost(
  { column, rows, nulls, example }: ChangedColumn,
  site: Pick<Finding, 'migration' | 'table'>,
  { migration, known, then }: Between & { readonly known: Table | undefined; readonly then: Table | undefined },
): Finding {
  const place = `${site.table}.${column}`
  const was = known?.columns.find(({ name }) => name === column)
  const is = was === undefined ? undefined : sameColumn(was, then)
  if (was !== undefined && then !== undefined && is === undefined) {
    const text = `the values of ${place} go with the column`
    return { ...declared(site, migration, text, isRemoval), column }
  }
  if (was?.nullable === true && is?.nullable === false && nulls === rows) {
    const text = `${place} was NULL in ${rowsInWords(rows)}, and keeps what they were filled with`
    return { ...declared(site, migration, text, ({ kind }) => kind === 'alterField'), column }
  }
  return {
    kind: 'losesValues',
    severity: 'warning',
    ...site,
    column,
    direction: 'backwards',
    text: `${place} holds something else in ${rowsInWords(rows)} once it is applied and unapplied: ${shown(example.from)} became ${shown(example.to)}`,
  }
}

/** What rows a migration without a way back takes away from tables that stay. */
export function lossesForwards(
  differences: readonly RowDifference[],
  { migration, before, after }: Between,
): readonly Finding[] {
  return differences.flatMap(({ table, lost }): readonly Finding[] => {
    const known = before.tables.get(table)
    if (lost === 0 || (known !== undefined && sameTable(known, after) === undefined)) return []
    const text = `${rowsInWords(lost)} of ${table} ${lost === 1 ? 'is' : 'are'} gone once it is applied, and nothing brings them back`
    return [
      {
        kind: 'losesRows',
        severity: 'warning',
        migration: keyOfMigration(migration),
        table,
        direction: 'forwards',
        text,
      },
    ]
  })
}

function declared(
  site: Pick<Finding, 'migration' | 'table'>,
  { definition }: Migration,
  text: string,
  fits: (operation: Operation) => boolean,
): Finding {
  const candidates = definition.operations.filter(fits)
  const [only, another] = candidates
  const operation = only !== undefined && another === undefined ? { operation: describe(only) } : {}
  return { kind: 'declaredLoss', severity: 'note', ...site, ...operation, text }
}

function isDeletion({ kind }: Operation): boolean {
  return kind === 'deleteModel' || kind === 'removeField' || kind === 'alterField'
}

function isRemoval({ kind }: Operation): boolean {
  return kind === 'removeField' || kind === 'alterField'
}

/** The same table under whatever name. */
function sameTable({ identity, name }: Table, { tables }: Schema): Table | undefined {
  return [...tables.values()].find((table) =>
    identity === undefined ? table.name === name : table.identity === identity,
  )
}

function sameColumn({ identity, name }: Column, table: Table | undefined): Column | undefined {
  return table?.columns.find((column) => (identity === undefined ? column.name === name : column.identity === identity))
}

/** A value as a sentence shows it, cut where it is long. */
export function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

/** `1 row`, `5 rows`. */
export function rowsInWords(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
