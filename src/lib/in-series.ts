const series = new Intl.ListFormat('en-GB')

/** Things one after the other in a sentence: `a`, `a and b`, `a, b and c`. */
export function inSeries(things: Iterable<string>): string {
  return series.format(things)
}
