import type { Dialect } from '../schema/dialect.ts'
import { scriptOf } from './script.ts'
import type { Unit } from './unit.ts'

/**
 * How many steps a unit is: its statements, where the server commits some by themselves, else one. What a schema unit comes to is known for sure when
 * its turn comes; until then it is counted as if every generated name were the real one.
 */
export function countSteps(unit: Unit, dialect: Dialect): number {
  if (dialect.capabilities.transactionalDdl) return 1
  switch (unit.kind) {
    case 'schema': {
      const { before, after, changes } = unit
      const steps = dialect.plan({ before, after, changes, foreignKeys: 'enforced' })
      return steps.filter(({ kind }) => kind === 'statement').length
    }
    case 'sql':
      return scriptOf(unit, dialect)?.length ?? 1
    case 'code':
    case 'batched':
      return 1
  }
}
