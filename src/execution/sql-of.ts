import { describe } from '../operations/definitions.ts'
import type { Dialect } from '../schema/dialect.ts'
import { unitInWords } from './execute-unit.ts'
import type { PlannedMigration } from './plan-migration.ts'
import type { Unit } from './unit.ts'

/** One unit of a migration as SQL to read. */
export interface SqlSection {
  readonly title: string
  readonly statements: readonly string[]
  /** Why there is no SQL, where there is none. */
  readonly note?: string
}

/** The SQL of a planned migration, as `sqlmigrate` prints it. Needs no database: generated names are taken to be the real ones. */
export function sqlOf(planned: PlannedMigration, dialect: Dialect): readonly SqlSection[] {
  if (planned.units.length === 0) {
    return planned.migration.definition.operations.map((operation) => ({
      title: describe(operation),
      statements: [],
      note: 'no change in the database',
    }))
  }
  const foreignKeys = planned.units.every((unit) => unit.kind === 'schema') ? 'suspended' : 'enforced'
  return planned.units.map((unit) => sectionOf(unit, dialect, foreignKeys))
}

function sectionOf(unit: Unit, dialect: Dialect, foreignKeys: 'suspended' | 'enforced'): SqlSection {
  const title = unitInWords(unit)
  switch (unit.kind) {
    case 'code':
      return { title, statements: [], note: 'runs code, which cannot be written as SQL' }
    case 'sql':
      return { title, statements: unit.statements.map(({ sql }) => sql.trim().replace(/;$/, '')) }
    case 'schema': {
      const { before, after, changes } = unit
      const steps = dialect.plan({ before, after, changes, foreignKeys })
      return {
        title,
        statements: steps.flatMap((step) => (step.kind === 'statement' ? [dialect.toText(step.sql)] : [])),
      }
    }
  }
}
