import type { Change } from '../../schema/change.ts'
import type { Schema } from '../../schema/schema.ts'
import * as shared from '../shared/renames.ts'
import { fold, renameColumnsIn } from './raw-sql.ts'

export type { RenamedTables, Renames } from '../shared/renames.ts'

const rules: shared.IdentifierRules = { database: 'sqlite', fold, renameColumnsIn }

/** Follows tables and columns through the renames of a list of changes, in their order. */
export function readRenames(changes: readonly Change[]): shared.Renames {
  return shared.readRenames(changes, rules)
}

/** The tables of a Schema as they are called after some renames. */
export function renamedTables(schema: Schema, renames: shared.Renames): shared.RenamedTables {
  return shared.renamedTables(schema, renames, rules)
}
