import type { Sentence } from '../sentence.ts'

/** Where an operation stands, for the beginning of each sentence. */
export interface Site {
  /** `billing.0002_invoice_status` */
  readonly migration: string
  /** The operation in words: `Add field status to Invoice`. */
  readonly operation: string
}

type ObjectKind = 'enum' | 'extension' | 'collation'

const cannot = ({ migration, operation }: Site): string => `${migration} cannot "${operation}"`
const list = (words: readonly string[]): string => words.join(', ')

/** Every sentence about operations that do not fit the models as they are at that point of history. */
export const operationsSentences = {
  'migrations.operationUnknownModel': (d: Site & { model: string; hint: string }) => ({
    summary: `${cannot(d)}: there is no model ${d.model} at this point of history.${d.hint}`,
    fix: 'Correct the name, or add a dependency on the migration that creates the model.',
  }),
  'migrations.operationModelExists': (d: Site & { model: string }) => ({
    summary: `${cannot(d)}: a model ${d.model} exists already at this point of history.`,
    fix: 'Choose another name, or delete or rename the other model first.',
  }),
  'migrations.operationModelInUse': (d: Site & { model: string; relations: readonly string[] }) => ({
    summary: `${cannot(d)}: ${list(d.relations)} still refer${d.relations.length === 1 ? 's' : ''} to ${d.model}.`,
    fix: 'Put a removeField for each of them before this operation.',
  }),
  'migrations.operationModelMovesNowhere': (d: Site & { model: string; app: string }) => ({
    summary: `${cannot(d)}: ${d.model} is in the app ${d.app} already.`,
    fix: 'Put moveModel in a migration of the app that the model moves to.',
  }),
  'migrations.operationUnknownField': (d: Site & { model: string; field: string; hint: string }) => ({
    summary: `${cannot(d)}: ${d.model} has no field ${d.field} at this point of history.${d.hint}`,
    fix: 'Correct the name, or add a dependency on the migration that adds the field.',
  }),
  'migrations.operationFieldExists': (d: Site & { model: string; field: string }) => ({
    summary: `${cannot(d)}: ${d.model} has a field ${d.field} already.`,
    fix: 'Use alterField to change it, or choose another name.',
  }),
  'migrations.operationFieldInUse': (d: Site & { model: string; field: string; uses: readonly string[] }) => ({
    summary: `${cannot(d)}: ${list(d.uses)} of ${d.model} still name${d.uses.length === 1 ? 's' : ''} the field ${d.field}.`,
    fix: 'Remove or alter what names the field first: put removeIndex, removeConstraint, removeField or alterModelOptions before this operation.',
  }),
  'migrations.operationColumnTaken': (d: Site & { model: string; field: string; other: string; column: string }) => ({
    summary: `${cannot(d)}: the fields ${d.other} and ${d.field} of ${d.model} would share the column ${d.column}.`,
    fix: `Give one of them a column of its own: column: '…'.`,
  }),
  'migrations.operationUnknownTarget': (d: Site & { model: string; field: string; target: string; hint: string }) => ({
    summary: `${cannot(d)}: ${d.model}.${d.field} refers to ${d.target}, which does not exist at this point of history.${d.hint}`,
    fix: 'Correct the target, or add a dependency on the migration that creates it.',
  }),
  'migrations.batchedWithoutKey': (d: Site & { model: string }) => ({
    summary: `${cannot(d)}: ${d.model} has no primary key, along which its rows could be divided into batches.`,
    fix: 'Use runCode, which changes all rows at once, or give the model a primary key first.',
  }),
  'migrations.operationTargetNotText': (d: Site & { model: string; field: string }) => ({
    summary: `${cannot(d)}: ${d.model}.${d.field} must name its target as text.`,
    why: 'A migration is history: the models of today are not those of its time.',
    fix: `Write the target as 'app.Model'.`,
  }),
  'migrations.operationTargetKey': (
    d: Site & { model: string; field: string; target: string; key: readonly string[] },
  ) => ({
    summary: `${cannot(d)}: ${d.model}.${d.field} refers to ${d.target}, which has ${
      d.key.length === 0 ? 'no primary key' : `a primary key of ${d.key.length} fields (${list(d.key)})`
    }.`,
    why: 'A relation is one column, which holds the one key of its target.',
    fix: `Give ${d.target} a primary key of one field, or keep its key fields as fields of ${d.model}.`,
  }),
  'migrations.operationManyToManyAltered': (d: Site & { model: string; field: string }) => ({
    summary: `${cannot(d)}: ${d.model}.${d.field} would change between a column, an automatic join table and a join model.`,
    why: 'These are different objects of the database; turning one into the other would lose its rows in silence.',
    fix: 'Write renameField, addField with copyFrom and removeField with restoreFrom, which carry the pairs over; or removeField and addField, which lose them.',
  }),
  'migrations.operationPairsNotCopied': (
    d: Site & { model: string; field: string; from: string; problem: string },
  ) => ({
    summary: `${cannot(d)}: ${d.model}.${d.field} cannot get what ${d.from} pairs: ${d.problem}.`,
    why: 'Pairs are copied within one model, between relations to one target.',
    fix: 'Leave copyFrom or restoreFrom out, and copy what is to be kept in a runSql or runCode.',
  }),
  'migrations.operationUnknownPart': (d: Site & { model: string; subject: string; field: string; hint: string }) => ({
    summary: `${cannot(d)}: ${d.subject} names ${d.field}, which is no field with a column of ${d.model}.${d.hint}`,
    fix: 'Correct the name, or add the field first.',
  }),
  'migrations.operationUnknownIndex': (d: Site & { model: string; subject: string; known: readonly string[] }) => ({
    summary: `${cannot(d)}: ${d.model} has no such index as it is written here (${d.subject}).`,
    why: d.known.length === 0 ? `${d.model} has no indexes at this point of history.` : `It has ${list(d.known)}.`,
    fix: 'Write the index exactly as the migration that added it does.',
  }),
  'migrations.operationIndexExists': (d: Site & { model: string; subject: string }) => ({
    summary: `${cannot(d)}: ${d.model} has ${d.subject} already.`,
    fix: 'Choose another name, or remove the other one first.',
  }),
  'migrations.operationUnknownConstraint': (
    d: Site & { model: string; subject: string; known: readonly string[] },
  ) => ({
    summary: `${cannot(d)}: ${d.model} has no such constraint as it is written here (${d.subject}).`,
    why: d.known.length === 0 ? `${d.model} has no constraints at this point of history.` : `It has ${list(d.known)}.`,
    fix: 'Write the constraint exactly as the migration that added it does.',
  }),
  'migrations.operationConstraintExists': (d: Site & { model: string; subject: string }) => ({
    summary: `${cannot(d)}: ${d.model} has ${d.subject} already.`,
    fix: 'Choose another name, or remove the other one first.',
  }),
  'migrations.operationConstraintValid': (d: Site & { model: string; constraint: string }) => ({
    summary: `${cannot(d)}: ${d.constraint} of ${d.model} was not added as one that is not valid yet.`,
    fix: 'Remove the validateConstraint, or add the check with addConstraintNotValid.',
  }),
  'migrations.operationUnknownObject': (d: Site & { kind: ObjectKind; name: string; hint: string }) => ({
    summary: `${cannot(d)}: there is no ${d.kind} ${d.name} at this point of history.${d.hint}`,
    fix: `Correct the name, or add a dependency on the migration that creates the ${d.kind}.`,
  }),
  'migrations.operationObjectExists': (d: Site & { kind: ObjectKind; name: string }) => ({
    summary: `${cannot(d)}: ${d.kind === 'collation' ? 'a' : 'an'} ${d.kind} ${d.name} exists already at this point of history.`,
    fix: 'Remove this operation, or choose another name: all apps of a project share one database.',
  }),
  'migrations.operationObjectInUse': (d: Site & { kind: ObjectKind; name: string; fields: readonly string[] }) => ({
    summary: `${cannot(d)}: ${list(d.fields)} still use${d.fields.length === 1 ? 's' : ''} the ${d.kind} ${d.name}.`,
    fix: 'Put a removeField or alterField for each of them before this operation.',
  }),
  'migrations.operationUnknownEnum': (d: Site & { model: string; field: string; name: string; hint: string }) => ({
    summary: `${cannot(d)}: ${d.model}.${d.field} is of the enum ${d.name}, which does not exist at this point of history.${d.hint}`,
    fix: `Put a createEnum before this operation, or add a dependency on the migration that has it.`,
  }),
  'migrations.operationWithoutCode': (d: { operation: string }) => ({
    summary: `The code of "${d.operation}" is not known: the migration was read from the record of a database, which holds no functions.`,
    fix: 'Restore the migration file, for example by checking out the branch that has it.',
  }),
  'migrations.operationDanglingRelation': (d: { model: string; field: string; target: string }) => ({
    summary: `${d.model}.${d.field} refers to ${d.target}, which does not exist.`,
    fix: 'Remove the field before the model that it refers to, or create that model first.',
  }),
  'migrations.operationKeylessTarget': (d: { model: string; field: string; target: string }) => ({
    summary: `${d.model}.${d.field} refers to ${d.target}, which has no primary key of one field.`,
    fix: `Give ${d.target} a primary key of one field before anything refers to it.`,
  }),
  'migrations.operationTableTwice': (d: { table: string; models: readonly string[] }) => ({
    summary: `The table ${d.table} is claimed twice, by ${d.models.join(' and by ')}.`,
    fix: `Give one of them a table of its own with the option table.`,
  }),
  'migrations.operationSqlMissingForDatabase': (d: {
    subject: string
    database: string
    known: readonly string[]
  }) => ({
    summary: `${d.subject} is written in SQL for ${list(d.known)}, and not for ${d.database}.`,
    fix: `Add a text under the key ${d.database}.`,
  }),
} satisfies Record<string, (details: never) => Sentence>
