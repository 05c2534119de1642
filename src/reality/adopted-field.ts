import type { Field } from '../fields/field.ts'
import { kindOf } from '../fields/kinds.ts'
import { structuralEqual } from '../lib/structural-equal.ts'

type Options = { readonly [option: string]: unknown }

/**
 * A field as it is to be where its column is another than it should be: of the two readings, of the column as declared and as found, only what differs is
 * taken over, so that all that the column says in another way stays as it was written.
 */
export function adoptedField(own: Field, declared: Field, found: Field): Field {
  if (structuralEqual(declared, found)) return own
  const changed = new Set(
    [...new Set([...Object.keys(declared), ...Object.keys(found)])].filter(
      (option) => !structuralEqual(optionsOf(declared)[option], optionsOf(found)[option]),
    ),
  )
  const isOfItsKind = !changed.has('kind') && [...changed].every((option) => isOptionOf(option, own))
  if (isOfItsKind) return edited(own, found, changed)
  // Of another kind: what both readings have in common stays as it was.
  const kept = Object.entries(own).filter(
    ([option]) => option !== 'kind' && option !== 'to' && !changed.has(option) && isOptionOf(option, found),
  )
  return { ...found, ...Object.fromEntries(kept) }
}

/** A relation and a plain column have names of their own by different rules, and what a field says to code is its own. */
function isOptionOf(option: string, field: Field): boolean {
  return option in kindOf(field).options || option === 'to' || option === 'values' || option === 'of'
}

function optionsOf(field: Field): Options {
  return { ...field }
}

function edited(own: Field, found: Field, changed: ReadonlySet<string>): Field {
  const options: { [option: string]: unknown } = { ...own }
  for (const option of changed) {
    const value = optionsOf(found)[option]
    if (option === 'choices') {
      // Choices without a check of the database's are the application's still.
      if (value === undefined) options['enforce'] = false
      else {
        options['choices'] = value
        delete options['enforce']
      }
    } else if (value === undefined) delete options[option]
    else options[option] = value
  }
  // Every option is one of a field; which of them its kind has was asked above.
  return options as unknown as Field
}
