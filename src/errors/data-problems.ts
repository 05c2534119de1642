/** What is wrong with rows of a table. */
export type ProblemKind = keyof typeof problems

/** What is wrong with the data, for one and for many. */
const problems = {
  nulls: ['row holds NULL', 'rows hold NULL'],
  duplicates: ['value is there more than once', 'values are there more than once'],
  orphans: ['row points at a row that does not exist', 'rows point at rows that do not exist'],
  tooLong: ['value is too long', 'values are too long'],
  checkViolated: ['row breaks the rule', 'rows break the rule'],
  notConvertible: ['value cannot be converted', 'values cannot be converted'],
  rowsWithoutValue: ['row would have no value', 'rows would have no value'],
  notOneValue: ['row does not come to one value', 'rows do not come to one value'],
} as const

/** What so many rows do that stand in the way of a change: `rows hold NULL`. */
export function problemInWords(problem: ProblemKind, rows: number): string {
  return problems[problem][rows === 1 ? 0 : 1]
}
