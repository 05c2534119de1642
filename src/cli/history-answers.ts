/** Answers of `migrate` about a history that is not as the files have it. */
export interface HistoryAnswers {
  /** The migrations of which somebody takes the edit of SQL or code upon themselves: `billing.0003_status:edited=accept`. */
  readonly accepted: ReadonlySet<string>
  /** What something recorded is called by now, or `none`: `billing.0003_old:renamedTo=0003_new`, `billing:renamedTo=invoices`. */
  readonly renamedTo: ReadonlyMap<string, string>
  readonly others: readonly string[]
}

export function readHistoryAnswers(answers: readonly string[]): HistoryAnswers {
  const read = answers.map((answer) => ({
    answer,
    accepted: /^(\w+\.[^:=]+):edited=accept$/.exec(answer)?.[1],
    renamed: /^(?<from>\w+(\.[^:=]+)?):renamedTo=(?<to>\S+)$/.exec(answer)?.groups,
  }))
  return {
    accepted: new Set(read.flatMap(({ accepted }) => accepted ?? [])),
    renamedTo: new Map(read.flatMap(({ renamed: { from = '', to = '' } = {} }) => (from === '' ? [] : [[from, to]]))),
    others: read.flatMap(({ answer, accepted, renamed }) =>
      accepted === undefined && renamed === undefined ? [answer] : [],
    ),
  }
}
