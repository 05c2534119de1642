import type { Field } from '../fields/field.ts'
import type { Value } from '../schema/value.ts'

/**
 * What the autodetector cannot know, as data. `key` is how `--answer`, `--answers` and `--json` name it: `billing.Invoice.status:fill`.
 * Rendering and asking are the questioner's business.
 */
export type Question =
  | {
      readonly kind: 'fieldRenamed'
      /** `billing.Invoice.sum:renamedFrom` */
      readonly key: string
      readonly model: string
      readonly field: string
      /** Removed fields it may have been, most alike first, with what would change besides the name. */
      readonly candidates: readonly { readonly name: string; readonly alsoChanges: readonly string[] }[]
    }
  | {
      readonly kind: 'modelRenamed'
      /** `billing.Bill:renamedFrom`; an answer with an app (`accounts.Bill`) is a move. */
      readonly key: string
      readonly model: string
      readonly candidates: readonly { readonly name: string; readonly alsoChanges: readonly string[] }[]
    }
  | {
      readonly kind: 'notNullAddition' | 'notNullAlteration'
      /**
       * `billing.Invoice.status:fill`, or `:steps` with the answer `safe`, or `:null` with the answer `true`. Of a field that exists the fill may be
       * `none`: its NULLs are replaced by other means.
       */
      readonly key: string
      readonly model: string
      readonly field: string
      /** The type in words, for the prompt: `char, at most 20 characters`. */
      readonly type: string
      /** The safe three steps were chosen already: only their value is missing. */
      readonly steps?: 'safe'
      /** The field that says which values fit; for a relation, the key that it points at. */
      readonly holder?: Field
    }
  | {
      readonly kind: 'removalRestores'
      /** `billing.Invoice.status:fillRestored`: optional; unanswered means that unapplying needs an empty table. */
      readonly key: string
      readonly model: string
      readonly field: string
      readonly type: string
      readonly holder?: Field
    }
  | {
      readonly kind: 'relationChanged'
      /** `blog.Post.author:rows`, with the answer `keep` or `drop`, of those that there are. */
      readonly key: string
      readonly model: string
      readonly field: string
      /** What it does from now on: `points at blog.Author instead of accounts.User`. */
      readonly change: string
      readonly ways: readonly RelationWay[]
    }
  | {
      readonly kind: 'merge'
      /** `billing:merge`, with the answer `yes` or `no` */
      readonly key: string
      readonly app: string
      readonly branches: readonly BranchInQuestion[]
      /** What could not be proven of them, a clause each; empty: that they commute is proven. */
      readonly unproven: readonly string[]
    }

/** One of the lines of history that are to be merged, by the name of its last migration. */
export interface BranchInQuestion {
  readonly name: string
  /** The migrations that belong to this branch, with what each does, a line for each operation: `+ Add field note to Invoice`. */
  readonly migrations: readonly { readonly name: string; readonly operations: readonly string[] }[]
}

/** What can become of the values of a relation that changes: they stay, or it starts empty. */
export type RelationWay = 'keep' | 'drop'

export type Answer =
  | { readonly kind: 'renamedFrom'; readonly name: string }
  | { readonly kind: 'notRenamed' }
  | { readonly kind: 'fill'; readonly value: Value }
  | { readonly kind: 'makeNullable' }
  /** Without a value it is asked for in the next round. */
  | { readonly kind: 'safeSteps'; readonly value?: Value }
  | { readonly kind: 'merge' }
  | { readonly kind: 'doNotMerge' }
  | { readonly kind: 'keepRows' }
  | { readonly kind: 'dropRows' }
  | { readonly kind: 'none' }
  | { readonly kind: 'stop' }
