/** How often a property is tried: `npm run test:deep` tries ten times as many. */
export function runs(ordinary: number): number {
  return process.env['GODWIT_DEEP'] === '1' ? ordinary * 10 : ordinary
}

/** The seed of this run's properties, printed so that a failure can be seen again with GODWIT_SEED. */
export const seed = Number(process.env['GODWIT_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
console.log(`seed ${seed} (repeat with GODWIT_SEED=${seed})`)
