import { all, type Footprint, type Part } from './parts.ts'

/** Where in a list of operations each part is written or read: answers without a walk over the list whether something stands in the way. */
export interface Occupancy {
  /** Notes the footprint of the operation at a position. What was noted there before stays, which can only make it more careful. */
  note(position: number, footprint: Footprint): void
  /** Whether an operation with this footprint can come from the end to right behind a position (`left`), or go from there to the end (`right`). */
  canPass(footprint: Footprint, position: number, way: 'left' | 'right'): boolean
}

/** An empty record; `isGone` tells the positions that no longer hold an operation. */
export function occupancy(isGone: (position: number) => boolean): Occupancy {
  const positions = new Map<string, number[]>()
  const add = (key: string, position: number): void => {
    const known = positions.get(key)
    if (known === undefined) positions.set(key, [position])
    else insertSorted(known, position)
  }
  const isBusy = (key: string, after: number): boolean => {
    const known = positions.get(key)
    while (known !== undefined) {
      const last = known.at(-1)
      if (last === undefined || last <= after) return false
      if (!isGone(last)) return true
      known.pop()
    }
    return false
  }
  return {
    note(position, footprint) {
      if (footprint === 'barrier') return
      for (const part of footprint.writes) add(written(part), position)
      for (const part of footprint.reads) add(read(part), position)
      for (const part of footprint.frees) add(freed(part), position)
      for (const part of footprint.takes) add(taken(part), position)
      for (const { model } of [...footprint.writes, ...footprint.reads]) add(touched(model), position)
    },
    canPass(footprint, position, way) {
      if (footprint === 'barrier') return false
      const busy = (key: string): boolean => isBusy(key, position)
      const isMet =
        way === 'left'
          ? footprint.takes.some((part) => busy(freed(part)))
          : footprint.frees.some((part) => busy(taken(part)))
      return !(
        isMet ||
        footprint.writes.some((part) =>
          part.part === all
            ? busy(touched(part.model))
            : busy(written(part)) || busy(read(part)) || busy(written({ ...part, part: all })),
        ) ||
        footprint.reads.some((part) => busy(written(part)) || busy(written({ ...part, part: all })))
      )
    },
  }
}

/** Puts a position in its place in a list of positions, from the end, where it nearly always belongs. */
export function insertSorted(list: number[], position: number): void {
  let index = list.length
  while (index > 0 && (list[index - 1] ?? -1) > position) index -= 1
  if (list[index - 1] !== position) list.splice(index, 0, position)
}

function written({ model, part }: Part): string {
  return `written ${model} ${part}`
}

function read({ model, part }: Part): string {
  return `read ${model} ${part}`
}

function freed({ model, part }: Part): string {
  return `freed ${model} ${part}`
}

function taken({ model, part }: Part): string {
  return `taken ${model} ${part}`
}

function touched(model: string): string {
  return `touched ${model}`
}
