import type { MigrateEvent } from '../api/migrate.ts'
import { batchInWords, pacedBatches } from './batch-progress.ts'
import { duration } from './duration.ts'
import { say, type Terminal } from './terminal.ts'

/** Tells of each migration as it starts and ends. */
export interface Progress {
  readonly onEvent: (event: MigrateEvent) => void
  /** Ends a line that a migration left open, for something else to be said. */
  readonly pause: () => void
  /** Ends a line that the failure of a migration left open. */
  readonly failed: () => void
}

/** The heading once it is known that there is something to head, then `  Applying billing.0002_invoice_status… done (12 ms)`, on stderr. */
export function createProgress(terminal: Terminal, title: string): Progress {
  let heading = title
  // A passing line is written over by the next.
  let line: 'closed' | 'open' | 'passing' = 'closed'
  const isBatchDue = pacedBatches()
  let started = false
  const closeLine = (ending: string): void => {
    say(terminal, ending)
    line = 'closed'
  }
  const pause = (): void => {
    if (line !== 'closed') closeLine(line === 'open' ? '\n' : erased)
  }
  const onEvent = (event: MigrateEvent): void => {
    switch (event.kind) {
      case 'missing':
        if (event.unapply)
          heading = `${heading}  Unapply what has no file here: ${event.missing.map(({ key }) => key).join(', ')}\n`
        break
      case 'ready':
        say(terminal, heading)
        break
      case 'lockWait':
        say(
          terminal,
          `Waiting for another migrate to finish${event.holder === undefined ? '' : ` (${event.holder})`}…\n`,
        )
        break
      case 'adopted':
        say(terminal, adoptedInWords(event.adoption))
        break
      case 'start':
        if (!started) say(terminal, `${terminal.progressStyle('bold', 'Running migrations:')}\n`)
        started = true
        say(terminal, startOf(event))
        line = 'open'
        break
      case 'log':
        pause()
        say(terminal, `    ${event.message}\n`)
        break
      case 'batch':
        if (terminal.stderr.isTTY) {
          pause()
          say(terminal, `    ${batchInWords(event)}`)
          line = 'passing'
        } else if (isBatchDue(performance.now())) {
          pause()
          say(terminal, `    ${batchInWords(event)}\n`)
        }
        break
      case 'lockRetry':
        pause()
        say(terminal, `    ${terminal.progressStyle('yellow', retryInWords(event))}\n`)
        break
      case 'done':
        if (line === 'passing') pause()
        closeLine(`${line === 'open' ? '' : '  … '}${endOf(event, terminal)}\n`)
        break
    }
  }
  return {
    onEvent,
    pause,
    failed: () => {
      if (line === 'passing') pause()
      if (line === 'open') closeLine(`${terminal.progressStyle('red', 'failed')}\n`)
    },
  }
}

/** `  Adopted billing.0001_initial in the place of 7 rows: the tables are what it makes.` */
function adoptedInWords({ baseline, rows }: Extract<MigrateEvent, { kind: 'adopted' }>['adoption']): string {
  const count = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`
  return `  Adopted ${baseline.members.join(', ')} in the place of ${count} of its old history: the tables are what it makes.\n`
}

/** Back to the begin of the line, which is emptied. */
const erased = '\r\x1b[2K'

function startOf({ direction, migration: { app, name } }: Extract<MigrateEvent, { kind: 'start' }>): string {
  return `  ${direction === 'forwards' ? 'Applying' : 'Unapplying'} ${app}.${name}… `
}

function endOf({ fake, verified, milliseconds }: Extract<MigrateEvent, { kind: 'done' }>, terminal: Terminal): string {
  if (verified) return terminal.progressStyle('green', 'recorded: the database holds all that it makes')
  if (fake) return terminal.progressStyle('yellow', 'faked')
  return `${terminal.progressStyle('green', 'done')} (${duration(milliseconds)})`
}

function retryInWords({ attempt, of, waitMs, holder }: Extract<MigrateEvent, { kind: 'lockRetry' }>): string {
  const blocked = `could not get a lock${holder === undefined ? '' : `, held by ${holder}`}`
  return `${blocked}; rolled back, again in ${duration(waitMs)} (${attempt} of ${of})`
}
