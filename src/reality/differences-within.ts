import { rememberedObjects } from '../history/remembered-objects.ts'
import { type CompareOptions, compareDatabase } from './compare-database.ts'
import type { Discrepancy } from './discrepancy.ts'
import { withRemembered } from './remembered-discrepancies.ts'

/** Leaves out the discrepancies that somebody has said are none. */
export type Judge = (discrepancies: readonly Discrepancy[]) => readonly Discrepancy[]

/**
 * How some tables differ from what a State makes of them. What SQL of migrations made on these tables is no difference: the State could not know it.
 */
export async function differencesWithin({
  judge = (all) => all,
  ...options
}: CompareOptions & { readonly judge?: Judge | undefined }): Promise<readonly Discrepancy[]> {
  const { session } = options
  const comparison = await compareDatabase(options)
  const remembered = await rememberedObjects(session)
  const found = withRemembered(comparison.discrepancies, remembered, { ...comparison, dialect: session.dialect })
  return judge(found.filter((discrepancy) => discrepancy.remembered === undefined))
}
