import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about histories that are begun anew. */
export const resetsSentences = {
  'resets.twice': (d: { app: string; baselines: readonly string[] }): Sentence => ({
    summary: `${d.baselines.join(' and ')} begin different histories of ${d.app} anew.`,
    why: 'An app has one baseline: two of them were made on two branches, or one was edited.',
    fix: 'Keep the one that a database has adopted (`godwit showmigrations` on its commit says so), and delete the other.',
  }),
  'resets.fileOfGone': (d: { baseline: string; files: readonly string[]; commit: string | undefined }): Sentence => ({
    summary: `${d.files.join(', ')} ${d.files.length === 1 ? 'belongs' : 'belong'} to the history that ${d.baseline} began anew, and ${d.files.length === 1 ? 'is' : 'are'} still there, or there again.`,
    why: `${d.baseline} holds what ${d.files.length === 1 ? 'it' : 'they'} did. A merge may have brought ${d.files.length === 1 ? 'it' : 'them'} back, or a reset was stopped on its way.`,
    fix: `Delete ${d.files.length === 1 ? 'it' : 'them'}${d.commit === undefined ? '' : `: commit ${d.commit} has ${d.files.length === 1 ? 'it' : 'them'}`}; a reset that was stopped is finished by \`godwit resetmigrations\` and taken back by \`godwit resetmigrations --restore\`. A new migration needs another number.`,
  }),
  'resets.goneTarget': (d: { target: string; baseline: string; commit: string | undefined }): Sentence => ({
    summary: `${d.target} is part of the history that ${d.baseline} began anew: there is no way to a point in the middle of it.`,
    fix: `Go to ${d.baseline} instead${d.commit === undefined ? '' : `, or check out commit ${d.commit}, which has the files`}.`,
  }),
  'resets.halfWay': (d: {
    baseline: string
    applied: readonly string[]
    open: readonly string[]
    commit: string | undefined
  }): Sentence => ({
    summary: `This database is half-way through the history that ${d.baseline} began anew: ${named(d.applied)} applied, ${named(d.open)} not. Nothing was changed.`,
    why: `${d.baseline} stands for all of it, so the way on from the middle needs the files that are gone.`,
    fix: `${d.commit === undefined ? 'Check out the last commit that has those files' : `Check out commit ${d.commit} (\`git checkout ${d.commit}\`)`}, run \`godwit migrate\` there, and come back.`,
  }),
  'resets.differs': (d: {
    baselines: readonly string[]
    discrepancies: readonly { object: string; text: string }[]
    commit: string | undefined
  }): Sentence => ({
    summary: `This database has applied all that ${d.baselines.join(', ')} began anew, and is not what ${d.baselines.length === 1 ? 'it says' : 'they say'}:\n${listed(d.discrepancies)}\nNothing was changed.`,
    why: 'The rows of the record are swapped only where the tables are proven to be what the new beginning makes.',
    fix: 'Make the tables what the models say (`godwit drift --repair` writes the statements), or the models what the tables are, and run this again.',
  }),
  'resets.covered': (d: { migration: string; baseline: string }): Sentence => ({
    summary: `${d.migration} cannot be unapplied: this database has adopted ${d.baseline}, a later beginning of the same history, in its place.`,
    fix: 'Switch to the commit that has the baseline, and migrate there.',
  }),
  'resets.rowsLost': (d: {
    migrations: readonly string[]
    tables: readonly string[]
    isInitial: boolean
  }): Sentence => ({
    summary: `The record of this database knows nothing of ${named(d.migrations, false)}, and the tables are there already, with their columns: ${d.tables.join(', ')}. Nothing was changed.`,
    why: 'The rows of the record were lost, or other hands made the tables.',
    fix: `\`godwit ${d.isInitial ? 'migrate --fake-initial' : `resetmigrations ${appsOf(d.migrations)} --from-files`}\` compares all of it and writes the rows where the tables are what the migrations make.`,
  }),
  'resets.modelsDiffer': (d: {
    apps: readonly string[]
    operations: readonly { app: string; description: string }[]
  }): Sentence => ({
    summary: `The models of ${d.apps.join(', ')} are not what the migrations say:\n${lines(d.operations.map(({ app, description }) => `${app}: ${description}`))}\nNothing was changed.`,
    why: 'A fresh beginning is written from the models, so they must be what every database is to have had all along.',
    fix: 'Run `godwit makemigrations` and `godwit migrate` first, or put the models back.',
  }),
  'resets.databaseDiffers': (d: {
    apps: readonly string[]
    discrepancies: readonly { object: string; text: string }[]
  }): Sentence => ({
    summary: `The database is not what the models of ${d.apps.join(', ')} say:\n${listed(d.discrepancies)}\nNothing was changed.`,
    why: 'A fresh beginning may take the place of a history only where it is proven to make what is there.',
    fix: 'Make the tables what the models say (`godwit drift --models --repair`), or the models what the tables are (`godwit drift --models --adopt`), and run this again.',
  }),
  'resets.livesElsewhere': (d: { apps: readonly string[]; database: string; tables: readonly string[] }): Sentence => ({
    summary: `The database "${d.database}" has none of the tables of ${d.apps.join(', ')} (${named(d.tables, false)}): they live in another one of the config.`,
    why: 'Only the database that has them can prove that they are what the models say.',
    fix: 'Name that one with --database.',
  }),
  'resets.notApplied': (d: { open: readonly string[] }): Sentence => ({
    summary: `${named(d.open)} not applied to this database, or only in part. Nothing was changed.`,
    why: 'Only a database that is at the end of a history can tell whether the models are what it led to.',
    fix: 'Run `godwit migrate`, and this again.',
  }),
  'resets.noFiles': (d: { missing: readonly string[] }): Sentence => ({
    summary: `${named(d.missing)} applied to this database and ${d.missing.length === 1 ? 'has no file' : 'have no files'} here. Nothing was changed.`,
    why: 'They are on another branch, or lost: a history is given up only where all of it can be kept in the backup.',
    fix: `Switch to the branch that has them, or write them again from the record: \`godwit resetmigrations ${appsOf(d.missing)} --from-record\`.`,
  }),
  'resets.nothingToReset': (d: { apps: readonly string[] }): Sentence => ({
    summary: `There is nothing to begin anew: ${d.apps.join(', ')} ${d.apps.length === 1 ? 'has' : 'have'} no migrations.`,
    fix: 'Write the first ones with `godwit makemigrations`.',
  }),
  'resets.needsApps': (_: object): Sentence => ({
    summary: 'Which apps are to begin anew was not said.',
    fix: 'Name them (`godwit resetmigrations billing`), or all: `godwit resetmigrations --all`.',
  }),
  'resets.together': (d: { apps: readonly string[]; others: readonly string[]; reason: string }): Sentence => ({
    summary: `${d.apps.join(', ')} cannot begin anew without ${d.others.join(', ')}: ${ended(d.reason)} Nothing was changed.`,
    why: 'One migration cannot come both before and after those of another app, as the ones that it replaces did.',
    fix: `Reset them together: \`godwit resetmigrations ${[...d.apps, ...d.others].join(' ')}\`.`,
  }),
  'resets.outcomeDiffers': (d: { apps: readonly string[]; differences: readonly string[] }): Sentence => ({
    summary: `The models of ${d.apps.join(', ')} alone do not make what the migrations made:\n${lines(d.differences)}\nNothing was changed.`,
    why: 'A migration may make what no model can say, and a beginning that is written from the models would lack it.',
    fix: 'Squash the history instead (`godwit squashmigrations`): it keeps every operation.',
  }),
  'resets.notAgreed': (d: { keys: readonly string[]; warnings: readonly string[] }): Sentence => ({
    summary: `Nobody has agreed to this, and there is no terminal to ask at. Nothing was changed.${d.warnings.length === 0 ? '' : `\n${lines(d.warnings)}`}`,
    why: '`godwit resetmigrations --plan` shows what would be done.',
    fix: `Where it is wanted, say so in the command: \`${d.keys.map((key) => `--answer ${key}`).join(' ')}\`.`,
  }),
  'resets.refused': (_: object): Sentence => ({
    summary: 'The reset was not agreed to. Nothing was changed.',
    fix: 'Run it again when it is wanted.',
  }),
  'resets.unknownAnswer': (d: { answer: string; known: readonly string[] }): Sentence => ({
    summary: `--answer ${d.answer} answers nothing that is asked here.`,
    fix: `The answers are ${d.known.join(' and ')}.`,
  }),
  'resets.changedMeanwhile': (d: {
    came: readonly string[]
    went: readonly string[]
    backup: string | undefined
  }): Sentence => ({
    summary: `Somebody migrated this database meanwhile: ${[...d.came.map((key) => `${key} was applied`), ...d.went.map((key) => `${key} was unapplied`)].join(', ')}. Nothing was changed.`,
    fix:
      d.backup === undefined
        ? 'Run this again: it looks at the database as it is now.'
        : `Take the files back with \`godwit resetmigrations --stamp ${d.backup}\`, and begin again.`,
  }),
  'resets.underWay': (d: { backup: string; apps: readonly string[] }): Sentence => ({
    summary: `A reset of ${d.apps.join(', ')} was stopped on its way, and another one cannot begin: ${d.backup}.`,
    fix: `Finish it with \`godwit resetmigrations ${d.apps.join(' ')}\`, or take it back with \`godwit resetmigrations --restore\`.`,
  }),
  'resets.noBackup': (d: { asked: string | undefined; known: readonly string[] }): Sentence => ({
    summary:
      d.asked === undefined
        ? 'There is no backup of a reset here that could be restored.'
        : `There is no backup called ${d.asked} in .godwit/resets.`,
    fix:
      d.known.length === 0
        ? 'Backups are kept beside the config of whoever ran the reset, and in no repository: look there, or check out the commit that the baseline names.'
        : `There are ${d.known.join(', ')}${d.asked === undefined ? ', restored already: name one with --stamp' : ''}.`,
  }),
  'resets.movedOn': (d: { applied: readonly string[]; backup: string }): Sentence => ({
    summary: `The database has moved on since ${d.backup} was kept: ${named(d.applied)} applied since. Nothing was changed.`,
    why: 'What was applied since builds on the fresh beginning, and the old files and rows do not know it.',
    fix: 'Unapply that first (`godwit migrate <app> <name before it>`), and delete its files, or stay with the baseline.',
  }),
  'resets.filesMovedOn': (d: { files: readonly string[]; backup: string; reason: string }): Sentence => ({
    summary: `The migrations have moved on since ${d.backup} was kept (${d.files.join(', ')}): ${ended(d.reason)} Nothing was changed.`,
    fix: 'Delete those files if they are not wanted, or stay with the baseline.',
  }),
  'resets.notWritable': (d: { migration: string; reason: string }): Sentence => ({
    summary: `${d.migration} cannot be written again from the record: ${ended(d.reason)} Nothing was changed.`,
    fix: 'Take the file from git (`git log --all -- <its path>` finds it), put it in its place, and run this again for the others.',
  }),
  'resets.noRows': (d: { apps: readonly string[] }): Sentence => ({
    summary: `The record knows nothing of ${d.apps.join(', ')} that has no file here.`,
    fix: '`godwit showmigrations` shows what is recorded.',
  }),
  'resets.rowsDiffer': (d: {
    apps: readonly string[]
    discrepancies: readonly { object: string; text: string }[]
  }): Sentence => ({
    summary: `The database is not what the migrations of ${d.apps.join(', ')} say, so they cannot be recorded as applied:\n${listed(d.discrepancies)}\nNothing was changed.`,
    why: 'Rows are written only for what the tables prove.',
    fix: 'Make the tables what the migrations say, or check out the commit whose migrations made them, and run this again.',
  }),
  'resets.rowsInOrder': (d: { apps: readonly string[] }): Sentence => ({
    summary: `The record of ${d.apps.join(', ')} says already that every file here is applied, and nothing else.`,
    fix: 'Nothing is left to do.',
  }),
  'resets.outOfStep': (d: { app: string; recorded: readonly string[]; files: readonly string[] }): Sentence => ({
    summary: `Database and files are out of step: of ${d.app} the record names ${named(d.recorded, false)}, of which no file is here; and the files here, ${named(d.files, false)}, are not applied. Nothing was changed.`,
    why: 'So it looks where the database was copied from another environment, or the files come from another branch or a reset that was never recorded.',
    fix: `Check out the commit that this database was migrated with; or, where the tables are what the files here say, let \`godwit resetmigrations ${d.app} --from-files\` compare them and write the rows; or write the files that are missing with \`godwit resetmigrations ${d.app} --from-record\`.`,
  }),
} satisfies Record<string, (details: never) => Sentence>

/** `a, b are` or `a is`; of many the first and the last. */
function named(keys: readonly string[], asSubject = true): string {
  const shown = keys.length > 6 ? `${keys.slice(0, 3).join(', ')} … ${keys.at(-1)} (${keys.length})` : keys.join(', ')
  return asSubject ? `${shown} ${keys.length === 1 ? 'is' : 'are'}` : shown
}

function listed(discrepancies: readonly { readonly text: string }[]): string {
  const shown = discrepancies.slice(0, 20).map(({ text }) => text)
  const rest = discrepancies.length - shown.length
  return lines([...shown, ...(rest > 0 ? [`and ${rest} more (godwit drift)`] : [])])
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${text}`).join('\n')
}

function appsOf(migrations: readonly string[]): string {
  return [...new Set(migrations.map((key) => key.slice(0, key.indexOf('.'))))].join(' ')
}
