import type { Dialect } from '../schema/dialect.ts'
import type { Step } from '../schema/step.ts'
import { foreignKeysDuring } from './foreign-keys.ts'
import { operationsInWords } from './operations-in-words.ts'
import type { Direction, PlannedMigration } from './plan-migration.ts'
import { runsOutsideTransaction, type Unit } from './unit.ts'

/** What is sent between a BEGIN and a COMMIT, or by itself, as SQL to read. */
export interface SqlBlock {
  /** Sent before the sections: what switches foreign keys off, and `BEGIN`. Empty outside a transaction. */
  readonly begin: readonly string[]
  readonly sections: readonly SqlSection[]
  /** Sent after the sections. */
  readonly end: readonly string[]
}

/** The SQL of operations that are planned as one. */
export interface SqlSection {
  /** The operations in words, in the order in which they are carried out. */
  readonly operations: readonly string[]
  readonly steps: readonly SqlStep[]
  /** Why there is no SQL where there is none, or what it leaves out. */
  readonly note?: string
}

/** A statement, or what is made sure of at this place. `asWritten`: the text is the user's own, without the last semicolon. */
export type SqlStep =
  | { readonly sql: string; readonly note?: string; readonly asWritten?: true }
  | { readonly unchanged: string }

/** The SQL of a planned migration, as `sqlmigrate` prints it. Needs no database: generated names are taken to be the real ones. */
export function sqlOf(planned: PlannedMigration, dialect: Dialect): readonly SqlBlock[] {
  const { units, direction, migration } = planned
  const { atomic, operations } = migration.definition
  const toDo: readonly (readonly Unit[])[] = atomic === false ? units.map((unit) => [unit]) : [units]
  if (units.length === 0) {
    const sections = operationsInWords(operations, direction).map((words) => ({
      operations: [words],
      steps: [],
      note: nothing,
    }))
    return [{ begin: [], sections, end: [] }]
  }
  return toDo.map((block) => blockOf(block, direction, dialect, atomic !== false))
}

const nothing = 'no change in the database'

function blockOf(units: readonly Unit[], direction: Direction, dialect: Dialect, atomic: boolean): SqlBlock {
  const foreignKeys = foreignKeysDuring(units, { dialect, canSuspendForeignKeys: true })
  const sections = units.map((unit) => sectionOf(unit, direction, dialect, foreignKeys))
  if (!dialect.capabilities.transactionalDdl || (!atomic && units.some(hasNoTransactionAround))) {
    return { begin: [], sections, end: [] }
  }
  const around = foreignKeys === 'suspended' ? dialect.aroundSuspended : undefined
  return {
    begin: [...(around?.before ?? []).map(dialect.toText), 'BEGIN'],
    sections,
    end: ['COMMIT', ...(around?.after ?? []).map(dialect.toText)],
  }
}

function hasNoTransactionAround(unit: Unit): boolean {
  return unit.kind === 'batched' || runsOutsideTransaction(unit)
}

function sectionOf(
  unit: Unit,
  direction: Direction,
  dialect: Dialect,
  foreignKeys: 'suspended' | 'enforced',
): SqlSection {
  switch (unit.kind) {
    case 'code':
      return {
        operations: operationsInWords([unit.operation], direction),
        steps: [],
        note: 'runs code, which cannot be written as SQL',
      }
    case 'batched':
      return {
        operations: operationsInWords([unit.operation], direction),
        steps: [],
        note: 'batches along the primary key, each in a transaction of its own: migrate alone can do that',
      }
    case 'sql':
      return {
        operations: operationsInWords([unit.operation], direction),
        steps: unit.statements.flatMap(({ sql }) => asWritten(sql, dialect)).map((sql) => ({ sql, asWritten: true })),
      }
    case 'schema': {
      const { before, after, changes } = unit
      // Which tables refer to a table that is replaced is looked up in the database, and there is none.
      const incomplete = foreignKeys === 'enforced' && dialect.aroundSuspended?.isWantedFor(changes) === true
      return {
        operations: operationsInWords(unit.operations, direction),
        steps: dialect.plan({ before, after, changes, foreignKeys }).flatMap((step) => stepToRead(step, dialect)),
        ...(incomplete && {
          note: 'beside code, foreign keys stay on: migrate rebuilds the tables that refer to these as well; do not paste this',
        }),
      }
    }
  }
}

/** The statements of a user's text, each with the comments before it; the text as one where nobody need take it apart. */
function asWritten(sql: string, { statementsOf }: Dialect): readonly string[] {
  if (statementsOf === undefined) return [sql.trim().replace(/;$/, '')]
  let end = 0
  return statementsOf(sql).map(({ text }) => {
    const start = sql.indexOf(text, end)
    const before = sql.slice(end, start).replace(/^[\s;]+/, '')
    end = start + text.length
    return before + text
  })
}

function stepToRead(step: Step, dialect: Dialect): readonly SqlStep[] {
  switch (step.kind) {
    case 'statement':
      return [{ sql: dialect.toText(step.sql), ...(step.note === undefined ? {} : { note: step.note }) }]
    case 'compare':
      return [{ unchanged: step.subject }]
    case 'remember':
      return []
  }
}
