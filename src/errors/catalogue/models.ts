import { didYouMean } from '../../lib/did-you-mean.ts'
import type { Sentence } from '../sentence.ts'

/** Every sentence about models and fields. */
export const modelsSentences = {
  'models.several': (d: { mistakes: readonly string[] }) => ({
    summary: `The models have ${d.mistakes.length} mistakes:\n${d.mistakes.map((mistake) => `- ${mistake}`).join('\n')}`,
    fix: 'Mend them one by one; nothing was changed.',
  }),
  'models.unknownFieldKind': (d: { kind: string; known: readonly string[] }) => ({
    summary: `There is no kind of field called "${d.kind}".${didYouMean(d.kind, d.known)}`,
    fix: 'Make fields with the factories of f, such as f.char({ maxLength: 50 }).',
  }),
  'models.unusableLiteral': (d: { literal: string }) => ({
    summary: `An expression built with q holds ${d.literal}, which no column can hold.`,
    fix: 'Use a finite number, a bigint, a string, a boolean, a valid Date or a Uint8Array.',
  }),
  'models.comparedWithNull': (d: { operator: string; subject: string }) => ({
    summary: `A condition built with q compares ${d.subject} with NULL by ${d.operator}.`,
    why: 'In SQL such a comparison is never true, whatever the column holds.',
    fix: 'Use q.isNull or q.isNotNull.',
  }),

  // Models and their names
  'models.invalidModelName': (d: { app: string; model: string }) => ({
    summary: `The app "${d.app}" has a model called "${d.model}", which is no name for a model.`,
    fix: 'Start it with a capital letter, then letters and digits: BlogPost. A single underscore may stand between them.',
  }),
  'models.duplicateModel': (d: { app: string; model: string }) => ({
    summary: `The app "${d.app}" has two models called "${d.model}".`,
    fix: 'Rename one of them.',
  }),
  'models.sharedModel': (d: { model: string; apps: readonly [string, string] }) => ({
    summary: `The model ${d.model} is exported by two apps, "${d.apps[0]}" and "${d.apps[1]}".`,
    why: 'A model belongs to one app; its migrations live there.',
    fix: `Import it in one of them without exporting it from that app's models.ts again.`,
  }),
  'models.unknownMetaOption': (d: { model: string; option: string; known: readonly string[] }) => ({
    summary: `${d.model} has the option "${d.option}", which models do not have.${didYouMean(d.option, d.known)}`,
    fix: `Remove it, or use one of ${d.known.join(', ')}.`,
  }),
  'models.misplacedPart': (d: { model: string; list: 'indexes' | 'constraints' }) => ({
    summary: `${d.model} has something in ${d.list} that does not belong there.`,
    fix: 'Put index(…) into indexes, and unique(…), check(…) and exclusion(…) into constraints.',
  }),
  'models.duplicateTable': (d: { table: string; owners: readonly [string, string] }) => ({
    summary: `${d.owners[0]} and ${d.owners[1]} have the same table, "${d.table}".`,
    why: 'Capital and small letters make no difference to some databases.',
    fix: 'Give one of them another table with the option table.',
  }),
  'models.nameTooLong': (d: { owner: string; what: string; name: string; bytes: number; limit: number }) => ({
    summary: `The ${d.what} "${d.name}" of ${d.owner} has a name of ${d.bytes} bytes; ${d.limit} is the most.`,
    why: 'It is the shortest limit of the databases, some of which would cut the name without a word.',
    fix: 'Choose a shorter name.',
  }),
  'models.reservedName': (d: { owner: string; what: string; name: string; prefix: string }) => ({
    summary: `The ${d.what} "${d.name}" of ${d.owner} has a name that begins with the reserved "${d.prefix}".`,
    fix: 'Choose a name that begins otherwise.',
  }),
  'models.dottedName': (d: { owner: string; what: string; name: string; fix: string }) => ({
    summary: `The ${d.what} "${d.name}" of ${d.owner} has a dot in its name.`,
    why: 'A dot stands between a schema and a table, so it can be part of neither.',
    fix: d.fix,
  }),
  'models.unusableName': (d: { owner: string; what: string; name: string }) => ({
    summary: `The ${d.what} ${JSON.stringify(d.name)} of ${d.owner} has a name that no database takes.`,
    fix: 'Choose a name of letters, digits and underscores.',
  }),
  'models.duplicateName': (d: { name: string; owners: readonly [string, string] }) => ({
    summary: `Two things in the database would be called "${d.name}": ${d.owners[0]} and ${d.owners[1]}.`,
    why: 'Some databases keep the names of tables, indexes and constraints in one list.',
    fix: 'Rename one of them.',
  }),

  'models.enumValuesDiffer': (d: { native: string; fields: readonly [string, string] }) => ({
    summary: `${d.fields[0]} and ${d.fields[1]} have the native type "${d.native}" with different values.`,
    why: 'It is one type in the database, with one list of values in one order.',
    fix: 'Give both the same values in the same order, or one of them another native type.',
  }),
  'models.enumInTwoApps': (d: { native: string; fields: readonly [string, string] }) => ({
    summary: `${d.fields[0]} and ${d.fields[1]}, of two apps, have the same native type, "${d.native}".`,
    why: 'A type belongs to one app, whose migrations make and change it.',
    fix: 'Give one of them a native type of another name.',
  }),

  // What one database has and another has not
  'models.notSupported': (d: { place: string; feature: string; database: string; reason: string; fix: string }) => ({
    summary: `${d.place} asks for ${d.feature}, and ${d.reason}.`,
    fix: d.fix,
  }),

  // Fields
  'models.invalidFieldName': (d: { model: string; field: string }) => ({
    summary: `${d.model} has a field called "${d.field}", which is no name for a field.`,
    fix: 'Start it with a letter, then letters and digits: issuedAt. A single underscore may stand between them.',
  }),
  'models.notAField': (d: { model: string; field: string }) => ({
    summary: `${d.model}.${d.field} is not a field.`,
    fix: 'Make it with the factories of f, such as f.char({ maxLength: 50 }).',
  }),
  'models.invalidField': (d: { model: string; field: string; problem: string; fix: string }) => ({
    summary: `${d.model}.${d.field} ${d.problem}.`,
    fix: d.fix,
  }),
  'models.duplicateColumn': (d: { model: string; fields: readonly [string, string]; column: string }) => ({
    summary: `The fields "${d.fields[0]}" and "${d.fields[1]}" of ${d.model} have the same column, "${d.column}".`,
    fix: 'Rename one of them, or give it another column with the option column.',
  }),

  // Primary keys
  'models.twoPrimaryKeys': (d: { model: string; keys: readonly string[] }) => ({
    summary: `${d.model} has more than one primary key: ${d.keys.join(' and ')}.`,
    fix: "Keep one; for a key of several fields, name them in the model's option primaryKey and nowhere else.",
  }),
  'models.idTaken': (d: { model: string }) => ({
    summary: `${d.model} has no primary key, and its field "id" is in the place of the implicit one.`,
    fix: 'Add primaryKey: true to "id", or rename it.',
  }),
  'models.shortPrimaryKey': (d: { model: string; fields: readonly string[] }) => ({
    summary: `The option primaryKey of ${d.model} names ${d.fields.length === 0 ? 'no field' : `one field, "${d.fields[0]}"`}.`,
    fix: 'It is for keys of several fields; for a single one add primaryKey: true to the field.',
  }),
  'models.unusableKeyField': (d: { model: string; field: string; problem: string; fix: string }) => ({
    summary: `The primary key of ${d.model} names "${d.field}", which ${d.problem}.`,
    fix: d.fix,
  }),
  'models.keyCycle': (d: { model: string; field: string }) => ({
    summary: `The primary key of ${d.model} is "${d.field}", which leads back to itself through other models' primary keys.`,
    why: 'Such a key has no type, and no first row could ever be written.',
    fix: 'Give one of the models a primary key of its own.',
  }),

  // What indexes, constraints and expressions name
  'models.unknownMember': (d: { model: string; place: string; field: string; known: readonly string[] }) => ({
    summary: `${d.place} of ${d.model} names the field "${d.field}", which it does not have.${didYouMean(d.field, d.known)}`,
    fix: `Use one of its fields: ${d.known.join(', ')}.`,
  }),
  'models.memberWithoutColumn': (d: { model: string; place: string; field: string }) => ({
    summary: `${d.place} of ${d.model} names "${d.field}", a many-to-many, which has no column.`,
    fix: 'Remove it there.',
  }),
  'models.checkWithoutCondition': (d: { name: string }) => ({
    summary: `The check constraint "${d.name}" has no condition.`,
    fix: `Say what must hold: check({ name: '${d.name}', condition: q.gt('total', 0) }).`,
  }),
  'models.repeatedMember': (d: { model: string; place: string; field: string }) => ({
    summary: `${d.place} of ${d.model} names the field "${d.field}" twice.`,
    fix: 'Remove one of the two.',
  }),
  'models.emptyPart': (d: { model: string; place: string }) => ({
    summary: `${d.place} of ${d.model} covers nothing.`,
    fix: "Name at least one field: fields: ['status'].",
  }),
  'models.invalidPart': (d: { model: string; place: string; problem: string; fix: string }) => ({
    summary: `${d.place} of ${d.model} ${d.problem}.`,
    fix: d.fix,
  }),
  'models.fieldAsLiteral': (d: { model: string; place: string; field: string }) => ({
    summary: `${d.place} of ${d.model} computes with the text '${d.field}', and the model has a field of that name.`,
    why: 'In q, a bare text is a field where it stands first, and a literal after that.',
    fix: `Write q.field('${d.field}').`,
  }),
  'models.orderOfNoPart': (d: {
    name: string | undefined
    option: string
    field: string
    known: readonly string[]
  }) => ({
    summary: `${d.name === undefined ? 'An index or unique constraint without a name' : `The index or constraint "${d.name}"`} names "${d.field}" in ${d.option}, which is not among its fields.${didYouMean(d.field, d.known)}`,
    fix: 'Name one of its fields, without a minus; an expression says it by itself: { expression: …, nulls: … }.',
  }),
  'models.generatedReadsGenerated': (d: { model: string; field: string; reads: string }) => ({
    summary:
      d.field === d.reads
        ? `The expression of ${d.model}.${d.field} reads the field itself.`
        : `The expression of ${d.model}.${d.field} reads "${d.reads}", which is computed too.`,
    why: 'Not every database computes one generated column from another.',
    fix: 'Use fields that are stored, and repeat what the other one computes.',
  }),

  // Relations
  'models.targetNotThunk': (d: { model: string; field: string }) => ({
    summary: `${d.model}.${d.field} was handed its target itself, not a function that returns it.`,
    why: 'Models can refer to each other only if the target is looked up later.',
    fix: "Write () => Target, or a string: 'app.Target', 'Target', 'self'.",
  }),
  'models.targetUndefined': (d: { model: string; field: string }) => ({
    summary: `The target of ${d.model}.${d.field} is undefined when the models have been loaded.`,
    why: 'The module that the thunk imports from does not export it, or a circular import was read too early.',
    fix: "Import the target directly from the file that declares it, or name it by a string: 'app.Target'.",
  }),
  'models.targetNotModel': (d: { model: string; field: string }) => ({
    summary: `The target of ${d.model}.${d.field} is not a model.`,
    fix: 'Let the thunk return what model(…) returned.',
  }),
  'models.targetInNoApp': (d: { model: string; field: string; target: string }) => ({
    summary: `${d.model}.${d.field} points at the model "${d.target}", which belongs to no app.`,
    fix: `Export "${d.target}" from the models.ts of an app that the config names.`,
  }),
  'models.targetUnknown': (d: { model: string; field: string; target: string; known: readonly string[] }) => ({
    summary: `${d.model}.${d.field} points at "${d.target}", which is no model of this project.${didYouMean(d.target, d.known)}`,
    fix: "Name a model that an app exports, as 'app.Model', or 'Model' within its own app.",
  }),
  'models.targetCompositeKey': (d: { model: string; field: string; target: string }) => ({
    summary: `${d.model}.${d.field} needs the key of ${d.target}, which has a composite primary key.`,
    why: 'A relation is one column, so it can hold a key of one column only.',
    fix: `Give ${d.target} a primary key of one field, and put a unique constraint on the others.`,
  }),
  'models.relatedNameTaken': (d: { target: string; name: string; owners: readonly [string, string] }) => ({
    summary: `On ${d.target}, "${d.name}" would be both ${d.owners[0]} and ${d.owners[1]}.`,
    fix: 'Give one of them another relatedName.',
  }),
  'models.throughAmbiguous': (d: {
    model: string
    field: string
    through: string
    side: string
    found: readonly string[]
  }) => ({
    summary: `${d.model}.${d.field} goes through ${d.through}, which has ${
      d.found.length === 0 ? 'no foreign key' : `several foreign keys (${d.found.join(', ')})`
    } to ${d.side}.`,
    fix:
      d.found.length === 0
        ? `Give ${d.through} a foreign key to ${d.side}.`
        : "Say which two are meant: throughFields: ['toThisModel', 'toTheOther'].",
  }),
  'models.throughFieldsWrong': (d: { model: string; field: string; through: string; named: string; side: string }) => ({
    summary: `${d.model}.${d.field} names "${d.named}" in throughFields, which is no foreign key of ${d.through} to ${d.side}.`,
    fix: "Name two foreign keys of the join model: ['toThisModel', 'toTheOther'].",
  }),
} satisfies Record<string, (details: never) => Sentence>
