import type { StatementStep } from '../../schema/step.ts'
import type { Cost, Operation } from './alter-variant.ts'
import { dearest, isDearer, rebuilds } from './costs.ts'
import { type AlteredTable, alterTable, type Clause } from './work.ts'

/**
 * The ALTER TABLEs that make some clauses, given by when they are due: as few as may be without a cheap clause becoming dear. Two instant clauses share
 * a statement; an instant one and one that builds an index do not, where the server would then write every row again; and where one clause has every row
 * written again anyway, all others go along.
 */
export function alterations(altered: AlteredTable, due: readonly (readonly Clause[])[]): readonly StatementStep[] {
  return accepted(due, altered).flatMap((some) => fewest(altered, some))
}

function fewest(altered: AlteredTable, due: readonly (readonly Clause[])[]): readonly StatementStep[] {
  const clauses = due.flat()
  if (clauses.length === 0) return []
  const groups = due.flatMap((group) => byCost(group, altered))
  const alone = dearest(groups.map((group) => costOf(group, altered)))
  const isOne = rebuilds(alone) && !isDearer(costOf(clauses, altered), alone)
  if (isOne || clauses.some(({ together }) => together)) return [alterTable(altered, clauses)]
  const merged: (readonly Clause[])[] = []
  for (const group of groups) {
    const last = merged.at(-1)
    if (last !== undefined && mayShare(last, group, altered)) merged[merged.length - 1] = [...last, ...group]
    else merged.push(group)
  }
  return merged.map((group) => alterTable(altered, group))
}

/** What is due, cut where the server would refuse one statement for it whatever it costs. Clauses that are due at once do not depend on each other. */
function accepted(
  due: readonly (readonly Clause[])[],
  { flavour }: AlteredTable,
): readonly (readonly (readonly Clause[])[])[] {
  if (flavour.variant.alter.addsVolatileDefaults) return [due]
  const parts = due.flatMap((group) =>
    isRefused(group) ? [group.filter(addsColumn), group.filter((clause) => !addsColumn(clause))] : [group],
  )
  const cut: Clause[][][] = []
  for (const part of parts) {
    const last = cut.at(-1)
    if (last === undefined || isRefused([...last.flat(), ...part])) cut.push([[...part]])
    else last.push([...part])
  }
  return cut
}

/** A column cannot come in a statement that says a default which is another one for each row, be it that of a column which is there. */
function isRefused(clauses: readonly Clause[]): boolean {
  return clauses.some(({ saysVolatileDefault }) => saysVolatileDefault) && clauses.some(addsColumn)
}

function addsColumn({ operations }: Clause): boolean {
  return operations.some((operation) => adding.has(operation))
}

const adding: ReadonlySet<Operation> = new Set([
  'addColumn',
  'addComputedDefault',
  'addVolatileDefault',
  'addNumbered',
  'addVirtual',
  'addStored',
])

/** The same clauses, the cheapest first: they do not depend on each other. */
function byCost(clauses: readonly Clause[], altered: AlteredTable): readonly (readonly Clause[])[] {
  const groups = Map.groupBy(clauses, (clause) => costOf([clause], altered))
  return [...groups].toSorted(([a], [b]) => Number(isDearer(a, b)) - Number(isDearer(b, a))).map(([, group]) => group)
}

function mayShare(a: readonly Clause[], b: readonly Clause[], altered: AlteredTable): boolean {
  return !isDearer(costOf([...a, ...b], altered), dearest([costOf(a, altered), costOf(b, altered)]))
}

function costOf(clauses: readonly Clause[], { traits, flavour }: AlteredTable): Cost {
  const operations = clauses.flatMap((clause) => clause.operations)
  return flavour.variant.alter.costOf(operations, traits, flavour.version)
}
