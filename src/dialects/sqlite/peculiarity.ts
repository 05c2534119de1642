/** Begins an attribute that says what a rebuild could not write again. */
export const peculiarity = 'peculiar: '

/** What of a table a rebuild could not write again, in words. */
export function peculiaritiesOf(attributes: readonly string[] = []): readonly string[] {
  return attributes.flatMap((attribute) =>
    attribute.startsWith(peculiarity) ? [attribute.slice(peculiarity.length)] : [],
  )
}
