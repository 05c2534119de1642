import type { Batched } from './batch-work.ts'
import type { OperationMistake } from './operation-mistake.ts'

/** What is wrong with a `batched` by itself: its types have not been looked at by anybody. */
export function batchedMistake({ run, backwards, size }: Batched): OperationMistake | undefined {
  const asGiven: { readonly run: unknown; readonly backwards: unknown; readonly size: unknown } = {
    run,
    backwards,
    size,
  }
  if (!isWork(asGiven.run)) {
    return {
      problem: 'a batched whose `run` is neither a function nor values to set',
      fix: "Write `run: ({ rows }) => rows.update({ … })`, or `run: { set: { status: 'draft' } }`.",
    }
  }
  if (asGiven.backwards !== undefined && asGiven.backwards !== 'nothing' && !isWork(asGiven.backwards)) {
    return {
      problem: 'a batched whose `backwards` is neither a function nor values to set',
      fix: "Write it as `run` is written, or as `backwards: 'nothing'` where there is nothing to take back.",
    }
  }
  if (asGiven.size !== undefined && !(Number.isSafeInteger(asGiven.size) && Number(asGiven.size) > 0)) {
    return { problem: 'a batched whose `size` is no number of rows', fix: 'Write a whole number, or leave it out.' }
  }
  return undefined
}

function isWork(work: unknown): boolean {
  if (typeof work === 'function') return true
  if (typeof work !== 'object' || work === null || !('set' in work)) return false
  return typeof work.set === 'object' && work.set !== null && Object.keys(work.set).length > 0
}
