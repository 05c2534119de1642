import type { ExtraColumn } from '../api/repair-drift.ts'
import { fail } from '../errors/error.ts'

/** What `--answer` agrees to for a repair. */
export interface RepairAnswers {
  /** `blog_post.note:extra=drop`. */
  readonly columns: readonly ExtraColumn[]
  /** `plan:1f0c2a9b=repair`. */
  readonly plans: ReadonlySet<string>
}

export function readRepairAnswers(answers: readonly string[]): RepairAnswers {
  const columns: ExtraColumn[] = []
  const plans = new Set<string>()
  for (const answer of answers) {
    const plan = /^plan:([0-9a-f]+)=repair$/.exec(answer)?.[1]
    const [, table, column] = /^(.+)\.([^.]+):extra=drop$/.exec(answer) ?? []
    if (plan !== undefined) plans.add(plan)
    else if (table !== undefined && column !== undefined) columns.push({ table, column })
    else {
      const expected =
        'a plan as it was shown, plan:1f0c2a9b=repair, or a column that may go, blog_post.note:extra=drop'
      fail('cli.invalidFlagValue', { flag: '--answer', value: answer, expected })
    }
  }
  return { columns, plans }
}
