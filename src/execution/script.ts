import type { SqlStatement } from '../operations/operation.ts'
import type { Dialect, ScriptStatement } from '../schema/dialect.ts'
import type { SqlUnit } from './unit.ts'

/** One statement of a user's SQL, with the values of its parameters. */
export type UserStatement = ScriptStatement & Pick<SqlStatement, 'parameters'>

/** The statements of a user's SQL one by one; undefined where the server commits none by itself, so that nobody need take them apart. */
export function scriptOf(
  { statements }: Pick<SqlUnit, 'statements'>,
  dialect: Dialect,
): readonly UserStatement[] | undefined {
  const { statementsOf } = dialect
  if (dialect.capabilities.transactionalDdl || statementsOf === undefined) return undefined
  return statements.flatMap(({ sql, parameters = [] }): readonly UserStatement[] => {
    const found = statementsOf(sql)
    const [first] = found
    // What has parameters is one statement.
    return parameters.length > 0 && first !== undefined ? [{ ...first, text: sql, parameters }] : found
  })
}
