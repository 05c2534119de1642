/** How often a property is tried: `npm run test:deep` tries ten times as many. */
export function runs(ordinary: number): number {
  return process.env['GODWIT_DEEP'] === '1' ? ordinary * 10 : ordinary
}

/** How often a property is tried on each kind of database: a server costs round trips, and one that commits statement by statement a flush for each. */
export interface Tries {
  readonly sqlite: number
  readonly postgres: number
  /** On MariaDB and on MySQL. */
  readonly others: number
}

/** How often a property is tried on a kind of database. */
export function runsOn(kind: string, { sqlite, postgres, others }: Tries): number {
  return runs(kind === 'sqlite' ? sqlite : kind === 'postgres' ? postgres : others)
}

/** The seed of this run's properties, printed so that a failure can be seen again with GODWIT_SEED. */
export const seed = Number(process.env['GODWIT_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
console.log(`seed ${seed} (repeat with GODWIT_SEED=${seed})`)
