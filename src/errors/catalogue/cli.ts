import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about the command line. */
export const cliSentences = {
  'cli.unknownCommand': (d: { command: string; known: readonly string[] }) => ({
    summary: `There is no command "${d.command}".${didYouMean(d.command, d.known)}`,
    fix: `The commands are ${d.known.join(', ')}; \`godwit --help\` says what each does.`,
  }),
  'cli.unknownFlag': (d: { flag: string; command: string | undefined; known: readonly string[] }) => ({
    summary: `${d.command === undefined ? 'godwit' : `\`godwit ${d.command}\``} has no flag ${d.flag}.${didYouMean(d.flag, d.known)}`,
    fix: `Run \`godwit ${d.command === undefined ? '' : `${d.command} `}--help\` for its flags.`,
  }),
  'cli.flagNeedsValue': (d: { flag: string; value: string }) => ({
    summary: `${d.flag} needs a value.`,
    fix: `Write \`${d.flag} ${d.value}\`; a value that begins with a dash is written \`${d.flag}=${d.value}\`.`,
  }),
  'cli.flagTakesNoValue': (d: { flag: string }) => ({
    summary: `${d.flag} is a switch and takes no value.`,
    fix: `Write \`${d.flag}\` alone, or leave it out.`,
  }),
  'cli.invalidFlagValue': (d: { flag: string; value: string; expected: string }) => ({
    summary: `${d.flag} cannot be "${d.value}".`,
    fix: `Give it ${d.expected}.`,
  }),
  'cli.conflictingFlags': (d: { flags: readonly [string, string]; why: string }) => ({
    summary: `${d.flags[0]} and ${d.flags[1]} cannot be given together.`,
    why: d.why,
    fix: `Leave out ${d.flags[0]} or ${d.flags[1]}.`,
  }),
  'cli.missingArgument': (d: { command: string; argument: string; usage: string }) => ({
    summary: `\`godwit ${d.command}\` needs <${d.argument}>.`,
    fix: `Write \`${d.usage}\`.`,
  }),
  'cli.tooManyArguments': (d: { command: string; argument: string; usage: string }) => ({
    summary: `\`godwit ${d.command}\` does not know what to do with "${d.argument}".`,
    fix: `Write \`${d.usage}\`.`,
  }),
  'cli.answersUnreadable': (d: { file: string; problem: string }) => ({
    summary: `The answers in ${d.file} cannot be read: ${d.problem}.`,
    fix: 'Name a JSON file of one object with a value for each key: `{ "billing.Invoice.status:fill": "draft" }`.',
  }),
  'cli.nameNotUsable': (d: { name: string; flag: string }) => ({
    summary: `A migration cannot be called "${d.name}".`,
    why: 'The name becomes part of a file name, after the number.',
    fix: `Use letters, digits and underscores, beginning with a letter: \`${d.flag} add_status\`.`,
  }),
  'cli.pruneNeedsApp': (_: object) => ({
    summary: 'Rows are pruned of one app at a time.',
    fix: 'Name it: `godwit migrate <app> --prune`; with `--plan` it only says which rows.',
  }),
  'cli.emptyNeedsApp': (_: object) => ({
    summary: 'An empty migration needs an app to stand in.',
    fix: 'Name it: `godwit makemigrations <app> --empty`.',
  }),
  'cli.unknownModels': (d: { model: string; hint: string }) => ({
    summary: `History has no model ${d.model}.${d.hint}`,
    fix: 'Name a model of the app, or one of another app as app.Model; a model that is new needs its own migration first.',
  }),
  'cli.modelsNeedOneApp': (_: object) => ({
    summary: '--models writes a data migration into one app, with --empty.',
    fix: 'Write `godwit makemigrations --empty billing --models Invoice`, with the app that the migration is for.',
  }),
  'cli.interrupted': (d: { atOnce?: true }): Sentence => ({
    summary: 'Interrupted.',
    fix: d.atOnce
      ? 'Run the command again: what was finished stays, and it finds out by itself what became of what was under way.'
      : 'Run the command again: what was finished stays, what was under way was undone.',
  }),
} satisfies Record<string, (details: never) => Sentence>
