import { snakeCase } from '../lib/snake-case.ts'
import { modelKey } from '../state/project-state.ts'
import { withOptions } from '../state/with-model.ts'
import { requireModel } from './checks.ts'
import type { AlterModelTableComment } from './operation.ts'
import type { OperationDefinition } from './operation-definition.ts'
import { touchesModel } from './touching.ts'

/**
 * Sets the comment on a model's table, or removes it when none is given. Databases without comments have nothing to do.
 *
 * @example
 * alterModelTableComment({ name: 'Invoice', comment: 'One row for each invoice sent' })
 */
export function alterModelTableComment(options: Omit<AlterModelTableComment, 'kind'>): AlterModelTableComment {
  return { kind: 'alterModelTableComment', ...options }
}

export const alterModelTableCommentDefinition: OperationDefinition<AlterModelTableComment> = {
  symbol: '~',
  describe: ({ name }) => `Alter table comment of ${name}`,
  nameFragment: ({ name }) => `alter_${snakeCase(name)}_table_comment`,
  check({ name }, state, context) {
    requireModel(state, name, context)
  },
  apply: ({ name, comment }, state, { app }) => withOptions(state, modelKey(app, name), { comment }),
  touches: ({ name }, context) => touchesModel(context, name),
}
