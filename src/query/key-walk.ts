import type { Filter } from './filter-types.ts'
import { exactKeyColumns, type KeyRange, keyColumns, type RowKey, readKey } from './key-range.ts'
import { from, newPlace, type Surroundings } from './place.ts'
import type { AnyFields } from './query-set.ts'
import { countOf, send } from './read-rows.ts'
import type { Shape } from './shape.ts'
import { allRows, belongs, type Spec } from './spec.ts'
import { named, type Select } from './tables.ts'

/** Rows in the order of the primary key: how many, and which is the last of them. */
export interface NextRows {
  readonly last: RowKey
  readonly rows: number
}

/** The rows of a model for which a filter is so, in the order of the primary key. */
export interface KeyWalk {
  /** The rows that come behind a key, at most so many; undefined where there are none. Asks for the one row where they end. */
  next(after: RowKey | undefined, size: number): Promise<NextRows | undefined>
  /** How many rows come behind a key. */
  rest(after: RowKey | undefined): Promise<number>
}

/** A walk over rows along their primary key. */
export function keyWalk(around: Surroundings, shape: Shape, where: Filter<AnyFields> = {}): KeyWalk {
  const within = (range: KeyRange): Spec => ({ ...allRows, filters: [{ filter: where, wanted: true }], range })
  const count = (range: KeyRange): Promise<number> => countOf({ around, shape, spec: within(range) })
  const keyAt = async (range: KeyRange, direction: 'asc' | 'desc', offset: number): Promise<RowKey | undefined> => {
    const place = newPlace(around, shape)
    const columns = keyColumns(place)
    const matching = from(place).where(belongs(place, within(range)))
    const ordered = columns.reduce<Select>((query, held) => query.orderBy(held, direction), matching).limit(1)
    const keys = exactKeyColumns(place, columns).map((held, index) => named(held, `k${index}`))
    const { rows } = await send(place, (offset === 0 ? ordered : ordered.offset(offset)).select(keys))
    const [row] = rows
    return (
      row &&
      readKey(
        shape,
        keys.map((_, index) => row[`k${index}`]),
      )
    )
  }
  return {
    async next(after, size) {
      const full = await keyAt({ after }, 'asc', size - 1)
      if (full !== undefined) return { last: full, rows: size }
      const last = await keyAt({ after }, 'desc', 0)
      return last && { last, rows: await count({ after, last }) }
    },
    rest: (after) => count({ after }),
  }
}
