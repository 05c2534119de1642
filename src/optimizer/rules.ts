import type { CreateModel, Operation, OperationKind } from '../operations/operation.ts'
import { afterAddField, afterAlterField, afterRenameField } from './field-rules.ts'
import { foldIntoCreateModel } from './fold-into-create-model.ts'
import {
  afterAddConstraint,
  afterAddConstraintNotValid,
  afterAddIndex,
  afterAlterConstraint,
  afterRenameIndex,
  afterValidateConstraint,
} from './part-rules.ts'
import type { RuleContext, RulesAfter } from './rule.ts'

const folded = (first: CreateModel, second: Operation, { app }: RuleContext): readonly Operation[] => [
  foldIntoCreateModel(first, second, app),
]

/** Whatever is done to a model that is then deleted with its rows. */
const untilDeleted = { deleteModel: (_first: Operation, second: Operation): readonly Operation[] => [second] }

/** What replaces all that the one before said. */
const theSecond = (_first: Operation, second: Operation): readonly Operation[] => [second]

/**
 * What an operation and a later one about the same thing come to, by kind and kind. A pair that is not here stays, and so does every operation of a kind
 * whose rules are empty: each has its reason.
 */
export const rules: { readonly [First in OperationKind]: RulesAfter<First> } = {
  createModel: {
    deleteModel: () => [],
    renameModel: folded,
    alterModelTable: folded,
    alterModelTableComment: folded,
    alterModelOptions: folded,
    addField: folded,
    removeField: folded,
    alterField: folded,
    renameField: folded,
    addIndex: folded,
    removeIndex: folded,
    renameIndex: folded,
    addConstraint: folded,
    removeConstraint: folded,
    alterConstraint: folded,
    addIndexConcurrently: folded,
    removeIndexConcurrently: folded,
    // Not `addConstraintNotValid`: a later migration validates the check, which it could not if it were valid from the start.
  },
  // A model of the same name that comes later is another one.
  deleteModel: {},
  renameModel: {
    deleteModel: (first, second) => [{ ...second, name: first.from }],
    renameModel: (first, second) => (second.to === first.from ? [] : [{ ...first, to: second.to }]),
  },
  // What it is called before and afterwards are names of different apps.
  moveModel: {},
  alterModelTable: { ...untilDeleted, alterModelTable: theSecond },
  alterModelTableComment: { ...untilDeleted, alterModelTableComment: theSecond },
  alterModelOptions: { ...untilDeleted, alterModelOptions: theSecond },
  addField: { ...untilDeleted, ...afterAddField },
  // A field of the same name that comes later is another one, without the values.
  removeField: untilDeleted,
  alterField: { ...untilDeleted, ...afterAlterField },
  renameField: { ...untilDeleted, ...afterRenameField },
  addIndex: { ...untilDeleted, ...afterAddIndex },
  // An index that comes back is built anew, which may be what is wanted.
  removeIndex: untilDeleted,
  renameIndex: { ...untilDeleted, ...afterRenameIndex },
  addConstraint: { ...untilDeleted, ...afterAddConstraint },
  // A constraint that comes back looks at the rows again.
  removeConstraint: untilDeleted,
  alterConstraint: { ...untilDeleted, ...afterAlterConstraint },
  addIndexConcurrently: { ...untilDeleted, ...afterAddIndex },
  removeIndexConcurrently: untilDeleted,
  addConstraintNotValid: { ...untilDeleted, ...afterAddConstraintNotValid },
  validateConstraint: { ...untilDeleted, ...afterValidateConstraint },
  createEnum: {
    alterEnum: (first, second) => [{ ...first, values: second.values }],
    deleteEnum: () => [],
  },
  alterEnum: { alterEnum: theSecond, deleteEnum: theSecond },
  deleteEnum: {},
  // Where an extension is there already nothing is created, and yet it is dropped.
  createExtension: {},
  deleteExtension: {},
  createCollation: { deleteCollation: () => [] },
  deleteCollation: {},
  // What code and SQL do, and count on, nobody knows.
  runSql: {},
  runCode: {},
  batched: {},
  separateDatabaseAndState: {},
  custom: {},
}
