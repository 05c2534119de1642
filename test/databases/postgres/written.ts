import type { Column, Table } from '../../../src/schema/schema.ts'
import { checks, columns, defaults, generated, indexParts, predicates, type WrittenPart } from './expressions.ts'
import { table } from './two-servers.ts'

/** A table made by plain SQL, and the same as a Schema declares it. */
export interface Written {
  readonly statements: readonly string[]
  readonly declared: Table
}

const plainColumns: readonly Column[] = Object.entries(columns).map(([name, type]) => ({ name, type, nullable: true }))
const columnList = Object.entries(columns)
  .map(([name, type]) => `"${name}" ${type}`)
  .join(', ')

/** One table for each kind of declaration, with all of the kind on it. */
export const everything: readonly Written[] = [
  withChecks('all_checks', checks),
  withDefaults('all_defaults', defaults),
  withGenerated('all_generated', generated),
  withIndexes(
    'all_predicates',
    predicates.map((where) => ({ part: { sql: 'id', part: { expression: { kind: 'column', name: 'id' } } }, where })),
  ),
  withIndexes(
    'all_parts',
    indexParts.map((part) => ({ part })),
  ),
]

export function withChecks(name: string, conditions: readonly string[]): Written {
  const items = conditions.map((sql, index) => `CONSTRAINT c${index} CHECK (${sql})`)
  return {
    statements: [`CREATE TABLE ${name} (${[columnList, ...items].join(', ')})`],
    declared: table(name, {
      columns: plainColumns,
      checks: conditions.map((sql, index) => ({ name: `c${index}`, expression: { kind: 'sql', sql } })),
    }),
  }
}

type Typed = readonly (readonly [type: string, sql: string])[]

export function withDefaults(name: string, content: Typed): Written {
  const items = content.map(([type, sql], index) => `d${index} ${type} DEFAULT (${sql})`)
  return {
    statements: [`CREATE TABLE ${name} (${items.join(', ')})`],
    declared: table(name, {
      columns: content.map(([type, sql], index) => ({
        name: `d${index}`,
        type,
        nullable: true,
        default: { kind: 'sql', sql },
      })),
    }),
  }
}

export function withGenerated(name: string, content: Typed): Written {
  const items = content.map(([type, sql], index) => `g${index} ${type} GENERATED ALWAYS AS (${sql}) STORED`)
  return {
    statements: [`CREATE TABLE ${name} (${[columnList, ...items].join(', ')})`],
    declared: table(name, {
      columns: [
        ...plainColumns,
        ...content.map(
          ([type, sql], index): Column => ({
            name: `g${index}`,
            type,
            nullable: true,
            generated: { expression: { kind: 'sql', sql }, stored: true },
          }),
        ),
      ],
    }),
  }
}

interface WrittenIndex {
  readonly part: WrittenPart
  readonly where?: string
}

export function withIndexes(name: string, content: readonly WrittenIndex[]): Written {
  return {
    statements: [
      `CREATE TABLE ${name} (${columnList})`,
      ...content.map(({ part, where }, index) => {
        const condition = where === undefined ? '' : ` WHERE ${where}`
        return `CREATE INDEX ${name}_${index} ON ${name} USING ${part.method ?? 'btree'} (${part.sql})${condition}`
      }),
    ],
    declared: table(name, {
      columns: plainColumns,
      indexes: content.map(({ part: { part, method }, where }, index) => ({
        name: `${name}_${index}`,
        parts: [part],
        ...(method === undefined ? {} : { method }),
        ...(where === undefined ? {} : { where: { kind: 'sql', sql: where } }),
      })),
    }),
  }
}
