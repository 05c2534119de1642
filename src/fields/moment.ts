import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What a day or a moment can be told. */
export interface DateOptions extends ColumnOptions, DefaultOption<string | Date> {}

/** What a time of day can be told. */
export interface TimeOptions extends ColumnOptions, DefaultOption<string> {}

/** Days. */
export const dateKind: FieldKind = {
  kind: 'date',
  options: defaultedOptions,
  columnType: () => ({ type: 'date' }),
  inWords: () => "date, such as '2026-11-21'",
  literal: (value) => {
    const day = value instanceof Date ? isoText(value)?.slice(0, 10) : value
    return typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) && isoText(new Date(day))?.startsWith(day)
      ? day
      : undefined
  },
}

/** Times of day. */
export const timeKind: FieldKind = {
  kind: 'time',
  options: defaultedOptions,
  columnType: () => ({ type: 'time' }),
  inWords: () => "time, such as '07:54:48'",
  literal: (value) => {
    const match = typeof value === 'string' ? /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.exec(value) : null
    if (match === null) return undefined
    return match[2] === undefined ? `${match[0]}:00` : match[0]
  },
}

/** Moments. */
export const dateTimeKind: FieldKind = {
  kind: 'dateTime',
  options: defaultedOptions,
  columnType: () => ({ type: 'timestamp' }),
  defaultFunctions: ['now'],
  inWords: () => "dateTime, such as '2026-11-21T07:54:48Z'",
  literal: (value) => {
    if (value instanceof Date) return isoText(value)
    // Without a zone the text would mean another moment on every machine.
    const zoned = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/
    return typeof value === 'string' && zoned.test(value) ? isoText(new Date(value.replace(' ', 'T'))) : undefined
  },
}

function isoText(moment: Date): string | undefined {
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString()
}

/**
 * A day, without a time: `2026-11-21`.
 *
 * @example
 * dueOn: f.date({ null: true })
 */
export function date<const Options extends DateOptions = NoOptions>(
  options?: Strict<Options, DateOptions>,
): ColumnField<'date', Options> {
  return buildField(dateKind, options)
}

/**
 * A time of day, without a day or a zone: `07:54:48`.
 *
 * @example
 * opensAt: f.time({ default: '09:00' })
 */
export function time<const Options extends TimeOptions = NoOptions>(
  options?: Strict<Options, TimeOptions>,
): ColumnField<'time', Options> {
  return buildField(timeKind, options)
}

/**
 * A moment, kept in UTC. A default written as text must name its zone: `2026-11-21T07:54:48Z`.
 *
 * @example
 * createdAt: f.dateTime({ default: now() })
 */
export function dateTime<const Options extends DateOptions = NoOptions>(
  options?: Strict<Options, DateOptions>,
): ColumnField<'timestamp', Options> {
  return buildField(dateTimeKind, options)
}
