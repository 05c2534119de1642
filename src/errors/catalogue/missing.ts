import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about migrations that are recorded and have no file here. */
export const missingSentences = {
  'execution.missingWithoutCode': (d: {
    migrations: readonly { migration: string; operations: readonly string[] }[]
  }): Sentence => ({
    summary: `The record alone cannot take back ${d.migrations
      .map(({ migration, operations }) => `${migration} (${operations.join(', ')})`)
      .join(', ')}. Nothing was changed.`,
    why: 'The record holds what changed the tables, and no code; or the operation never had a way back.',
    fix: 'Switch to the branch that has the file and unapply it there with `godwit migrate <app> <migration before it>`. Where nothing has to be undone, `godwit migrate --unapply-missing --fake` forgets the record and leaves the tables alone.',
  }),
  'execution.missingUnreadable': (d: { migrations: readonly string[] }): Sentence => ({
    summary: `What ${d.migrations.join(', ')} did was recorded by a newer Godwit than this one.`,
    fix: 'Install that version (`npm install godwit@latest`) and run this again.',
  }),
  'execution.missingDoesNotFit': (d: { migrations: readonly string[]; reason: string }): Sentence => ({
    summary: `What is recorded of ${d.migrations.join(', ')} does not fit what the migrations here add up to: ${ended(d.reason)} Nothing was changed.`,
    why: 'It is taken back from the State that the files here give, followed by what was recorded without a file.',
    fix: 'Switch to the branch that has the file, and unapply it there.',
  }),
  'execution.missingKept': (d: {
    migrations: readonly string[]
    losses: readonly { table: string; column?: string; rows: number }[]
  }): Sentence => ({
    summary: `Unapplying ${d.migrations.join(', ')} ${d.losses.length === 0 ? 'was not agreed to' : `would lose data: ${d.losses.map(lossInWords).join('; ')}`}. Nothing was changed.`,
    why: 'The tables and columns that these migrations made go with what is in them.',
    fix: `To lose it, add to the command: ${d.migrations.map((migration) => `--answer ${migration}:missing=unapply`).join(' ')} (the consent is to each of them by name).`,
  }),
} satisfies Record<string, (details: never) => Sentence>

function lossInWords({ table, column, rows }: { table: string; column?: string; rows: number }): string {
  const count = `${rows} ${rows === 1 ? 'row' : 'rows'}`
  if (column === undefined) return `${table} holds ${count}`
  return `${count} of ${table} ${rows === 1 ? 'has' : 'have'} a value in ${column}`
}
