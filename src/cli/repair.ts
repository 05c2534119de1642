import type { RepairDriftResult, RepairPlan, RepairStatement } from '../api/repair-drift.ts'
import { problemInWords } from '../errors/data-problems.ts'
import type { GlobalValues, Outcome } from './command.ts'
import { confirmOn } from './confirm.ts'
import { dependentInWords } from './dependents.ts'
import { layOutSql } from './lay-out-sql.ts'
import { lossLines } from './missing.ts'
import type { PromptStreams } from './questioner.ts'
import { readRepairAnswers } from './repair-answers.ts'
import { say, type Terminal } from './terminal.ts'

export interface RepairCall {
  readonly flags: {
    readonly only: readonly string[]
    readonly answer: readonly string[]
    readonly takeAlong: boolean
    readonly allowTableCopy: boolean
  }
  readonly global: GlobalValues
}

/** `drift --repair`: shows the plan, asks, and carries it out. Where nobody can be asked, an answer must have named the very plan. */
export async function runRepair({ flags, global }: RepairCall, terminal: Terminal): Promise<Outcome> {
  const { loadProject } = await import('../project/load-project.ts')
  const { repairDrift } = await import('../api/repair-drift.ts')
  const { columns, plans } = readRepairAnswers(flags.answer)
  const project = await loadProject({ config: global.config })
  const { interactive, input, stderr } = terminal
  const streams: PromptStreams | undefined = interactive ? { input, output: stderr } : undefined
  const result = await repairDrift({
    project,
    database: global.database,
    only: flags.only,
    dropColumns: columns,
    takeAlong: flags.takeAlong,
    allowTableCopy: flags.allowTableCopy,
    signal: terminal.interrupted,
    onPlan: async (plan) => {
      if (plans.has(plan.key)) return true
      if (streams === undefined) return false
      say(terminal, `${planLines(plan, terminal).join('\n')}\n`)
      const lost = plan.losses.length > 0 ? ', and lose this data' : ''
      return confirmOn(streams, `Carry this out on ${plan.database}${lost}?`)
    },
  })
  return {
    data: result,
    lines: [
      ...(result.outcome === 'declined' && interactive ? [] : planLines(result.plan, terminal)),
      ...outcomeLines(result, commandOf(flags, global)),
    ],
    ...(result.remaining.length > 0 && { exitCode: 2 as const }),
  }
}

function planLines(plan: RepairPlan, { answerStyle }: Terminal): readonly string[] {
  const { repairs, statements, isOneTransaction, left, losses, dependents, inTheWay } = plan
  const heading = (text: string): string => answerStyle('bold', text)
  return [
    ...(statements.length === 0
      ? []
      : [
          heading(`Repairs (plan ${plan.key}):`),
          ...repairs.map((text) => `  ${text}`),
          heading(isOneTransaction ? 'In one transaction:' : 'One by one, each committed by itself:'),
          ...statements.flatMap(statementLines),
          ...lossLines(losses),
        ]),
    ...section(
      heading('Of other hands:'),
      dependents.map((dependent) => dependentInWords(dependent)),
    ),
    ...section(
      heading('The data stands in the way:'),
      inTheWay.map(({ table, columns, problem, rule, rows, example }) => {
        const which = `${columns.join(', ')}${example === undefined ? '' : `, for example ${example}`}`
        return `${table}: ${rows} ${problemInWords(problem, rows)} (${which}), where ${rule}`
      }),
    ),
    ...section(
      heading('Left as it is:'),
      left.map(({ text, why, extraColumn }) => {
        const answer = extraColumn && `; to drop it: --answer ${extraColumn.table}.${extraColumn.column}:extra=drop`
        return `${text}: ${why}${answer ?? ''}`
      }),
    ),
  ]
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)]
}

function statementLines({ sql, note, rewrites, scans }: RepairStatement): readonly string[] {
  const hazard = rewrites
    ? 'writes every row of the table again'
    : scans
      ? 'reads every row while the table is locked'
      : undefined
  return [...[note, hazard].flatMap((remark) => (remark === undefined ? [] : [`-- ${remark}`])), `${layOutSql(sql)};`]
}

/** The command as it was given. */
function commandOf({ only, answer }: RepairCall['flags'], { database }: GlobalValues): string {
  const quoted = (text: string): string => (/^[\w.:=*-]+$/.test(text) ? text : `'${text}'`)
  return [
    'godwit drift --repair',
    ...(database === undefined ? [] : [`--database ${database}`]),
    ...only.map((pattern) => `--only ${quoted(pattern)}`),
    ...answer.filter((one) => !one.startsWith('plan:')).map((one) => `--answer ${quoted(one)}`),
  ].join(' ')
}

function outcomeLines({ plan, outcome, remaining }: RepairDriftResult, command: string): readonly string[] {
  switch (outcome) {
    case 'repaired':
      return remaining.length === 0
        ? ['Repaired: the database is what was migrated.']
        : ['Repaired. What still differs:', ...remaining.map((text) => `  ${text}`)]
    case 'nothing':
      return remaining.length === 0 ? ['Nothing to repair.'] : []
    case 'blocked':
      return plan.inTheWay.length > 0
        ? ['Nothing was done: mend the rows first.']
        : plan.dependents.some(({ fate }) => fate === 'blocks')
          ? ['Nothing was done: drop what blocks it, or change it, first.']
          : ['Nothing was done: with --take-along it may go.']
    case 'declined':
      return [`Nothing was done. To carry out exactly this: ${command} --answer plan:${plan.key}=repair`]
    case 'changed':
      return ['Nothing was done: the database was changed meanwhile. Look again.']
  }
}
