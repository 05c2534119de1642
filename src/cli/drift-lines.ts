import type { DriftResult, ShownDrift } from '../api/drift.ts'
import { counted } from '../lib/counted.ts'
import { objectInWords } from '../schema/object-in-words.ts'
import { discrepancyLines } from './discrepancies.ts'
import type { Terminal } from './terminal.ts'

/** What `drift` answers: what differs, by table, then what was not judged, then what is in other hands, and a last line with all of it in one. */
export function driftLines(result: DriftResult, terminal: Terminal, named: string | undefined): readonly string[] {
  const { models, halfWay, unread, unmanaged, neverMigrated } = result
  const on = named === undefined ? '' : ` --database ${named}`
  const bold = (text: string): string => terminal.answerStyle('bold', text)
  return [
    ...section(bold('Other than what was migrated'), sideLines(result, terminal)),
    ...(models === undefined ? [] : section(bold('Other than the models'), sideLines(models, terminal))),
    ...section(
      bold('Not judged'),
      [
        ...halfWay.map(
          ({ migration, direction, tables }) =>
            `${migration} is half-way${direction === 'backwards' ? ' on its way back' : ''}${tables.length === 0 ? '' : `, and ${tables.join(', ')} with it`}: the next migrate finishes it`,
        ),
        ...unread.map(
          (migration) => `${migration} was recorded by a newer Godwit and has no file here: what it made is not known`,
        ),
      ].map(indented),
    ),
    ...section(
      bold('Not compared, as your user may not let the server spell what is declared'),
      unique([...result.notCompared, ...(models?.notCompared ?? [])].map(({ text }) => text)).map(indented),
    ),
    ...section(bold('In other hands, and left alone'), unmanaged.map(objectInWords).map(indented)),
    ...(neverMigrated === undefined
      ? lastLines(result, on)
      : neverMigratedLines(result.database, neverMigrated.tables, on)),
  ]
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines, '']
}

function sideLines({ discrepancies, ignored }: ShownDrift, terminal: Terminal): readonly string[] {
  const shown = terminal.verbosity < 2 ? [] : ignored.map(({ text, reason }) => `ignored: ${text} (${reason})`)
  return [...discrepancyLines(discrepancies, terminal), ...shown].map(indented)
}

function lastLines({ database, applied, discrepancies, ignored, models }: DriftResult, on: string): readonly string[] {
  const left = ignored.length === 0 ? '' : ` ${counted(ignored.length, 'difference')} ignored, as the config says.`
  const migrated = `${database} is what ${applied === 1 ? 'its 1 applied migration' : `its ${applied} applied migrations`} made of it`
  const more = models?.discrepancies.length ?? 0
  const byModels =
    models === undefined
      ? ''
      : more === 0
        ? ', and what the models say'
        : `, but for ${counted(more, 'difference')} from the models`
  if (discrepancies.length === 0) return [`${migrated}${byModels}.${left}`]
  return [
    `${counted(discrepancies.length, 'difference')} between ${database} and the migrations that were applied to it.${left}`,
    `  godwit drift --repair${on}   plans what makes the database what was migrated, and asks`,
    `  godwit drift --adopt${on}    writes a migration that says what the database is`,
  ]
}

function neverMigratedLines(database: string, tables: readonly string[], on: string): readonly string[] {
  if (tables.length === 0) {
    return [
      `No migration was ever applied to ${database}, and it has no table of the models: \`godwit migrate${on}\` makes them.`,
    ]
  }
  const listed =
    tables.length > 5 ? `${tables.slice(0, 5).join(', ')} and ${tables.length - 5} more` : tables.join(', ')
  return [
    `No migration was ever applied to ${database}, and ${counted(tables.length, 'table')} of the models ${tables.length === 1 ? 'is' : 'are'} there already: ${listed}.`,
    `  godwit adopt${on}                               takes the database over as it is`,
    `  godwit migrate --fake-initial${on}              records the first migrations, once they are seen to hold`,
    `  godwit resetmigrations --all --from-files${on}  records all of them again, where the rows were lost`,
  ]
}

function indented(line: string): string {
  return `  ${line}`
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)]
}
