import { changingCases } from './changing.ts'
import { comingCases } from './coming.ts'
import { computedCases } from './computed-columns.ts'
import { foreignKeyCases } from './foreign-keys.ts'
import { nameCases } from './names.ts'
import { productCases } from './of-one-product.ts'
import type { PlanCase } from './plan-case.ts'
import { primaryKeyCases } from './primary-keys.ts'

/** What plans are tried on. */
export const planCases: readonly PlanCase[] = [
  ...comingCases,
  ...changingCases,
  ...computedCases,
  ...nameCases,
  ...foreignKeyCases,
  ...primaryKeyCases,
  ...productCases,
]
