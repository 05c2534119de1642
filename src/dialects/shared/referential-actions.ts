import type { ReferentialAction } from '../../schema/schema.ts'

/** What a foreign key does with rows, in the words of SQL. */
export const actionInSql: Readonly<Record<ReferentialAction, string>> = {
  cascade: 'CASCADE',
  restrict: 'RESTRICT',
  setNull: 'SET NULL',
  setDefault: 'SET DEFAULT',
  noAction: 'NO ACTION',
}

const byText = new Map(
  Object.entries(actionInSql).map(([action, text]): [string, ReferentialAction] => [text, action as ReferentialAction]),
)

/** The action that a database prints; where it prints none, there is none. */
export function actionFromSql(printed: string | undefined): ReferentialAction {
  return byText.get(printed ?? '') ?? 'noAction'
}
