import { all, type Part } from '../optimizer/footprint.ts'

/** A part of the project as a sentence names it: `the field note of billing.Invoice`. */
export function partInWords({ model, part }: Part): string {
  if (part === all || part === 'existence') return `the model ${model}`
  if (model === '') return `the ${part}`
  if (part === 'options') return `the options of ${model}`
  const [, kind = part, name = ''] = /^(\w+) (.*)$/s.exec(part) ?? []
  switch (kind) {
    case 'object':
      // One without a name is told by what it is, which is too long for a sentence.
      return name.startsWith('{') ? `the same index or constraint of ${model}` : `${name} of ${model}`
    case 'option':
      return `the ${name} of ${model}`
    default:
      return `the ${part} of ${model}`
  }
}
