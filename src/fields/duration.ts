import { buildField } from './build-field.ts'
import type { FieldKind } from './field-kind.ts'
import { type ColumnOptions, type DefaultOption, defaultedOptions } from './options.ts'
import type { ColumnField, NoOptions, Strict } from './typed-field.ts'

/** What a span of time can be told. */
export interface DurationOptions extends ColumnOptions, DefaultOption<string> {}

// Years and months are left out: how long they are depends on when they begin.
const form = /^P(?=.)(-?\d{1,9}D)?(T(?=.)(-?\d{1,9}H)?(-?\d{1,9}M)?(-?\d{1,9}(\.\d{1,6})?S)?)?$/

/** Spans of time. */
export const durationKind: FieldKind = {
  kind: 'duration',
  options: defaultedOptions,
  columnType: () => ({ type: 'duration' }),
  inWords: () => "duration, such as 'P1DT2H30M'",
  literal: (value) => {
    const text = typeof value === 'string' ? value.toUpperCase() : ''
    return form.test(text) ? text : undefined
  },
}

/**
 * A span of time. A default is written as ISO 8601 has it, in days, hours, minutes and seconds: `P1DT2H30M`.
 *
 * @example
 * estimate: f.duration({ default: 'PT45M' })
 */
export function duration<const Options extends DurationOptions = NoOptions>(
  options?: Strict<Options, DurationOptions>,
): ColumnField<'duration', Options> {
  return buildField(durationKind, options)
}
