import { arithmeticMistakes } from './arithmetic.ts'
import { fieldOptionMistakes } from './field-options.ts'
import { memberMistakes } from './members.ts'
import type { Rule } from './mistake.ts'
import { dottedNameMistakes, duplicateColumnMistakes, duplicateNameMistakes, nameMistakes } from './names.ts'
import { nativeEnumMistakes } from './native-enums.ts'
import { primaryKeyMistakes } from './primary-keys.ts'
import { relationMistakes } from './relations.ts'

/** Everything that models are asked for, in the order in which mistakes are best mended: a field's own first, then what builds on fields. */
export const rules: readonly Rule[] = [
  fieldOptionMistakes,
  primaryKeyMistakes,
  duplicateColumnMistakes,
  relationMistakes,
  memberMistakes,
  arithmeticMistakes,
  nativeEnumMistakes,
  nameMistakes,
  dottedNameMistakes,
  duplicateNameMistakes,
]
