import type { Value } from '../schema/value.ts'
import type { ModelState } from '../state/project-state.ts'
import type { Draft } from './draft.ts'
import type { EnumChanges } from './enum-changes.ts'
import type { ModelChanges } from './model-changes.ts'
import type { FillDecision } from './resolve-fills.ts'

/** What the steps of detection work on: the draft that each of them extends, what is to change, and what was decided. */
export interface Work {
  readonly draft: Draft
  /** Models that stay, with their changes. */
  readonly kept: readonly ModelChanges[]
  /** Models to be created, as they are wanted. */
  readonly created: readonly ModelState[]
  /** Models to be deleted, as they are. */
  readonly deleted: readonly ModelState[]
  readonly enums: EnumChanges
  /** Relations that get what another one holds, which is removed after that: its name, by `app.Model.field`. */
  readonly copies: ReadonlyMap<string, string>
  /** What existing rows get, by `app.Model.field`. */
  readonly fills: ReadonlyMap<string, FillDecision>
  /** What rows get when the change is unapplied, by `app.Model.field`. */
  readonly restores: ReadonlyMap<string, Value>
}
