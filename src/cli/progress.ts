import type { MigrateEvent } from '../api/migrate.ts'
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
export function createProgress(terminal: Terminal, heading: string): Progress {
  let line: 'closed' | 'open' = 'closed'
  let started = false
  const closeLine = (ending: string): void => {
    say(terminal, ending)
    line = 'closed'
  }
  const pause = (): void => {
    if (line === 'open') closeLine('\n')
  }
  const onEvent = (event: MigrateEvent): void => {
    switch (event.kind) {
      case 'ready':
        say(terminal, heading)
        break
      case 'lockWait':
        say(
          terminal,
          `Waiting for another migrate to finish${event.holder === undefined ? '' : ` (${event.holder})`}…\n`,
        )
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
      case 'lockRetry':
        pause()
        say(terminal, `    ${terminal.progressStyle('yellow', retryInWords(event))}\n`)
        break
      case 'done':
        closeLine(`${line === 'open' ? '' : '  … '}${endOf(event, terminal)}\n`)
        break
    }
  }
  return {
    onEvent,
    pause,
    failed: () => {
      if (line === 'open') closeLine(`${terminal.progressStyle('red', 'failed')}\n`)
    },
  }
}

function startOf({ direction, migration: { app, name } }: Extract<MigrateEvent, { kind: 'start' }>): string {
  return `  ${direction === 'forwards' ? 'Applying' : 'Unapplying'} ${app}.${name}… `
}

function endOf({ fake, milliseconds }: Extract<MigrateEvent, { kind: 'done' }>, terminal: Terminal): string {
  if (fake) return terminal.progressStyle('yellow', 'faked')
  return `${terminal.progressStyle('green', 'done')} (${duration(milliseconds)})`
}

function retryInWords({ attempt, of, waitMs, holder }: Extract<MigrateEvent, { kind: 'lockRetry' }>): string {
  const blocked = `could not get a lock${holder === undefined ? '' : `, held by ${holder}`}`
  return `${blocked}; rolled back, again in ${duration(waitMs)} (${attempt} of ${of})`
}

/** `12 ms`, `3.4 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
