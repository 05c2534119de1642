import type { Change } from '../../schema/change.ts'
import type { Schema } from '../../schema/schema.ts'
import * as shared from '../shared/renames.ts'
import { renameColumnsIn } from './raw-sql.ts'
import { fold } from './tokens.ts'
import type { Flavour } from './variant.ts'

export type { RenamedTables, Renames } from '../shared/renames.ts'

/** Follows tables and columns through the renames of a list of changes, in their order. */
export function readRenames(changes: readonly Change[], flavour: Flavour): shared.Renames {
  return shared.readRenames(changes, rulesOf(flavour))
}

/** The tables of a Schema as they are called after some renames. */
export function renamedTables(schema: Schema, renames: shared.Renames, flavour: Flavour): shared.RenamedTables {
  return shared.renamedTables(schema, renames, rulesOf(flavour))
}

/** Names of columns are the same whatever their case. */
function rulesOf({ variant }: Flavour): shared.IdentifierRules {
  return { database: variant.name, fold, renameColumnsIn, defaultsRead: true }
}
