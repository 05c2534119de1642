import type { BadInput } from '../bad-input.ts'
import { configOf } from '../base-project.ts'

const withDrift = (drift: string) =>
  configOf(`{ apps: ['./accounts', './billing'], databases: { default: 'sqlite:./app.db' }, drift: ${drift} }`)

/** Mistakes in what is to be compared with a database, and in what may differ. */
export const driftingCases: readonly BadInput[] = [
  {
    name: 'what is to be compared with the database is mistyped',
    first: ['migrate'],
    run: ['drift', '--only', 'billing_invoce'],
    code: 'drift.nothingMatches',
    names: 'billing_invoce',
  },
  {
    name: 'the config says what may differ as a text',
    files: withDrift("{ ignore: 'billing_*' }"),
    run: ['drift'],
    code: 'config.driftNotUsable',
    names: 'drift.ignore',
  },
  {
    name: 'the config says that something may differ, and not why',
    files: withDrift("{ ignore: [{ object: 'index billing_*' }] }"),
    run: ['drift'],
    code: 'config.driftNotUsable',
    names: 'drift.ignore[0].reason',
  },
  {
    name: 'the config has a mistyped key among those of drift',
    files: withDrift('{ ingore: [] }'),
    run: ['drift'],
    code: 'config.unknownDriftKey',
    names: '"ingore"',
  },
]
