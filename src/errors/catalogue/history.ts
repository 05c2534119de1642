import { inSeries } from '../../lib/in-series.ts'
import { ended } from '../ended.ts'
import type { Sentence } from '../sentence.ts'

export interface EditedFile {
  readonly migration: string
  readonly differences: readonly string[]
}

/** Every sentence about histories in which files and record do not say the same. */
export const historySentences = {
  'execution.edited': (d: {
    migrations: readonly (EditedFile & {
      /** From the working directory. */
      readonly file?: string
      /** It stands in a git work tree. */
      readonly inGit?: true
    })[]
  }): Sentence => {
    const files = d.migrations.flatMap(({ file, inGit }) => (inGit === true && file !== undefined ? [file] : []))
    const was = files.length === 0 ? '' : ` (\`git log -p -- ${files.join(' ')}\` shows how)`
    const isOne = d.migrations.length === 1
    return {
      summary: edited(d.migrations),
      why: `What is applied is what the record says, and no database is changed by an edit of ${isOne ? 'a file' : 'files'} that it has applied.`,
      fix:
        `Put the ${isOne ? 'file back as it was' : 'files back as they were'}${was} and write the change as a new migration with \`godwit makemigrations\`. ` +
        `Or, where the database is already as the ${isOne ? 'file says' : 'files say'}, run \`godwit migrate ${d.migrations.map(({ migration }) => `--accept-edited ${migration}`).join(' ')}\`, which looks and then records it. ` +
        'If another branch has a migration of the same name and that was applied, unapply it there first.',
    }
  },
  'history.editNotThere': (d: {
    migrations: readonly EditedFile[]
    discrepancies: readonly { readonly object: string; readonly text: string }[]
  }): Sentence => ({
    summary: `The edit of ${named(d.migrations)} is not in the database:${itemised(d.discrepancies.map(({ text }) => text))}\nNothing was recorded and nothing was changed.`,
    why: 'An edit is recorded only where the tables that it concerns are what the edited files add up to.',
    fix: `Put the ${d.migrations.length === 1 ? 'file back as it was' : 'files back as they were'} and write the change as a new migration with \`godwit makemigrations\`, which \`godwit migrate\` carries out everywhere.`,
  }),
  'history.editUnseen': (d: { unseen: readonly EditedFile[] }): Sentence => ({
    summary: `No inspection can show whether the database has this edit of ${named(d.unseen)}:${itemised(
      d.unseen.flatMap(({ migration, differences }) => differences.map((line) => `${migration}: ${line}`)),
      '',
    )}\nNothing was recorded and nothing was changed.`,
    why: 'SQL and code can do anything, and what rows were given leaves no trace in the schema. It is not carried out again by being accepted.',
    fix: `If you know that it is there, or need not be, add: ${d.unseen.map(({ migration }) => `--answer ${migration}:edited=accept`).join(' ')}. Otherwise put the file back as it was and write the change as a new migration.`,
  }),
  'history.editDoesNotFit': (d: { migrations: readonly string[]; reason: string }): Sentence => ({
    summary: `With ${inSeries(d.migrations)} as edited, the migrations do not fit each other any more: ${ended(d.reason)} Nothing was recorded.`,
    fix: `Put the ${d.migrations.length === 1 ? 'file back as it was' : 'files back as they were'} and write the change as a new migration; or, where several files were edited together, accept all of them at once.`,
  }),
  'history.editHalfWay': (d: { migrations: readonly string[] }): Sentence => ({
    summary: `${inSeries(d.migrations)} ${d.migrations.length === 1 ? 'is' : 'are'} half-way and edited, so there is nothing to compare the edit with.`,
    fix: 'Put the file back as it was when the run was stopped and run `godwit migrate` (or `godwit migrate --rollback`); after that it can be edited.',
  }),
  'history.renamed': (d: {
    renames: readonly { from: string; candidates: readonly string[]; behind: readonly string[] }[]
  }): Sentence => {
    const moved = d.renames.filter(({ behind }) => behind.length > 0)
    const ways = d.renames.filter(({ behind }) => behind.length === 0)
    const labels = ways.map(({ from }) => from).filter((from) => !from.includes('.'))
    const answers = ways.map(({ from, candidates }) => `--answer ${from}:renamedTo=${candidates.join('|')}`).join(' ')
    return {
      summary: d.renames.map(renamedInWords).join('\n'),
      why: 'What was applied under another name must not be applied again, and names are not guessed.',
      fix: [
        ...(ways.length === 0
          ? []
          : [
              `If ${ways.length === 1 ? 'it was' : 'they were'} renamed, rename ${ways.length === 1 ? 'it' : 'them'} in the record: \`godwit migrate ${answers}\`. What is another one gets \`renamedTo=none\`.${labels.length === 0 ? '' : ` Or keep the label: ${labels.map((label) => `\`apps: { ${label}: '…' }\``).join(', ')}; it need not be the name of the folder.`}`,
            ]),
        ...(moved.length === 0
          ? []
          : [
              `To take back ${inSeries(moved.map(({ from }) => from))} and apply all in the new order: \`godwit migrate --unapply-missing\`. If the file is another migration: ${moved.map(({ from }) => `--answer ${from}:renamedTo=none`).join(' ')}.`,
            ]),
      ].join(' '),
    }
  },
  'history.renamedAppDiffers': (d: {
    from: string
    to: string
    discrepancies: readonly { readonly object: string; readonly text: string }[]
  }): Sentence => ({
    summary: `The record of "${d.from}" cannot become that of "${d.to}", as the database does not have the tables of "${d.to}":${itemised(d.discrepancies.map(({ text }) => text))}\nNothing was recorded and nothing was changed.`,
    why: 'The label of an app is part of the names of its tables, where the models name none themselves.',
    fix: `Keep the label: \`apps: { ${d.from}: '…' }\` in the config; it need not be the name of the folder. To have the new one, first give each model the name of its table (\`table: '${d.from}_…'\`) while the app is "${d.from}", run makemigrations and migrate, and rename the app then.`,
  }),
  'history.copied': (d: { copies: readonly { original: string; copy: string }[] }): Sentence => ({
    summary: d.copies
      .map(({ original, copy }) => `${copy} is a copy of ${original}: the same operations after the same migrations.`)
      .join('\n'),
    why: 'Both cannot be carried out: the second would make what is there already.',
    fix: `Delete the file of ${inSeries(d.copies.map(({ copy }) => copy))}; or give it operations of its own, and \`dependencies\` on what comes before it.`,
  }),
} satisfies Record<string, (details: never) => Sentence>

function edited(migrations: readonly EditedFile[]): string {
  return migrations
    .map(({ migration, differences }) => {
      const [only = '', another] = differences
      const list = another === undefined ? ` ${only}.` : itemised(differences, '')
      return `Migration ${migration} was edited after it was applied:${list}`
    })
    .join('\n')
}

function renamedInWords({
  from,
  candidates,
  behind,
}: {
  from: string
  candidates: readonly string[]
  behind: readonly string[]
}): string {
  if (!from.includes('.'))
    return `The app "${from}" is recorded and not in the config, and "${candidates.join('" or "')}" has the same migrations and is not recorded.`
  const moved = behind.length === 0 ? '' : ` It comes after ${inSeries(behind)} now, not applied either.`
  return `${from} is applied and has no file here, and ${candidates.join(' or ')}, which is not applied, does the same.${moved}`
}

function named(migrations: readonly EditedFile[]): string {
  return inSeries(migrations.map(({ migration }) => migration))
}

/** A line each; so many of them at most that the rest stays in sight. `where`: what shows all. */
function itemised(texts: readonly string[], where = ' (godwit drift)'): string {
  const shown = texts.slice(0, 20).map((text) => `\n  ${text}`)
  const rest = texts.length - shown.length
  return [...shown, ...(rest > 0 ? [`\n  and ${rest} more${where}`] : [])].join('')
}
