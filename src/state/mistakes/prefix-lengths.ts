import type { GodwitError } from '../../errors/error.ts'
import { kindOf } from '../../fields/kinds.ts'
import type { PartDeclaration } from '../../models/declarations.ts'
import type { ColumnType } from '../../schema/column-type.ts'
import { type FieldState, keyOf, type ModelState } from '../project-state.ts'
import { mistake } from './mistake.ts'

/** Prefix lengths that are none, or of what has none: only the values of texts, documents and bytes have a beginning that an index can be over. */
export function* prefixMistakes(
  model: ModelState,
  fields: ReadonlyMap<string, FieldState>,
  place: string,
  { parts, isUnique }: { readonly parts: readonly PartDeclaration[]; readonly isUnique: boolean },
): Generator<GodwitError> {
  const wrong = (problem: string, fix: string): GodwitError =>
    mistake('models.invalidPart', { model: keyOf(model), place, problem, fix })
  for (const part of parts) {
    if (!('field' in part) || part.prefixLength === undefined) continue
    const { field: name, prefixLength } = part
    if (isUnique) {
      yield wrong('is unique and has prefixLengths', 'Leave prefixLengths out: whole values are compared.')
    } else if (!Number.isSafeInteger(prefixLength) || prefixLength < 1) {
      yield wrong(`has the prefix length ${prefixLength} for ${name}`, 'Give a whole number above 0, such as 100.')
    } else if (!hasBeginning(fields.get(name))) {
      yield wrong(`has a prefix length for ${name}`, 'Leave it out: only texts, documents and bytes have a beginning.')
    }
  }
}

const cuttable: readonly (ColumnType['type'] | undefined)[] = [
  'varchar',
  'text',
  'json',
  'binary',
  'ipAddress',
  'custom',
]

/** A field that is not there is another mistake. */
function hasBeginning(entry: FieldState | undefined): boolean {
  return entry === undefined || cuttable.includes(kindOf(entry.field).columnType(entry.field)?.type)
}
