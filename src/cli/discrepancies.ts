import type { Terminal } from './terminal.ts'

/** Discrepancies as a person reads them: what is about no table, and then the name of each table with a line below it for each. */
export function discrepancyLines(
  discrepancies: readonly { readonly table?: string; readonly text: string }[],
  terminal: Pick<Terminal, 'answerStyle'>,
): readonly string[] {
  const byTable = Map.groupBy(discrepancies, ({ table }) => table ?? '')
  const tables = [...byTable.keys()].toSorted()
  return tables.flatMap((table) => [
    ...(table === '' ? [] : [terminal.answerStyle('bold', table)]),
    ...(byTable.get(table) ?? []).map(({ text }) => (table === '' ? text : `  ${text}`)),
  ])
}
