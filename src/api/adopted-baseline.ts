import type { Adoption } from '../history/as-files-have-it.ts'

/** A fresh beginning of an app's history, as a database has come to have it, or will. */
export interface AdoptedBaseline {
  /** `app.name`, as are those that it stands for. */
  readonly baselines: readonly string[]
  readonly replaced: readonly string[]
}

/** An adoption as commands answer it. */
export function showAdoption({ baseline, rows }: Adoption): AdoptedBaseline {
  return { baselines: baseline.members, replaced: rows }
}
