import type { Cost, Operation } from './alter-variant.ts'

const order: readonly Cost[] = ['instant', 'inPlace', 'inPlaceShared', 'rebuild', 'rebuildShared', 'copy']

/** Whether every row is written again. */
export function rebuilds(cost: Cost): boolean {
  return order.indexOf(cost) >= order.indexOf('rebuild')
}

/** The dearest of some costs. */
export function dearest(costs: readonly Cost[]): Cost {
  return costs.reduce<Cost>((most, cost) => (isDearer(cost, most) ? cost : most), 'instant')
}

/** Whether one cost is higher than another. */
export function isDearer(cost: Cost, other: Cost): boolean {
  return order.indexOf(cost) > order.indexOf(other)
}

/** Whether more than one index for full-text search comes at once, which InnoDB never does in place. */
export function addsSeveralFulltext(operations: readonly Operation[]): boolean {
  return operations.filter((operation) => operation === 'addFulltext').length > 1
}
