/** A text from elsewhere as the end of a sentence: with one full stop, whether it brought its own or not. */
export function ended(text: string): string {
  const trimmed = text.trimEnd()
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}
