import { relationOf } from '../fields/database-options.ts'
import { kindOf } from '../fields/kinds.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { snakeCase } from '../lib/snake-case.ts'
import type { ColumnType } from '../schema/column-type.ts'
import type { Dialect } from '../schema/dialect.ts'
import { columnsOf, type Expression } from '../schema/expression.ts'
import type { Check, Exclusion, ForeignKey, Index, Named, PrimaryKey, Unique } from '../schema/schema.ts'
import { type NameGiver, nameGiver } from './name-giver.ts'
import { generatedName } from './names.ts'
import { areHeld, inFittingParts, inWholeParts, requireWholeKey } from './part-lengths.ts'
import type { ColumnSource } from './project-columns.ts'
import {
  columnPart,
  constraintsOf,
  type Definition,
  inColumns,
  indexDefinition,
  placeOf,
  projectExclusion,
  type Site,
  uniqueDefinition,
} from './project-parts.ts'
import { type FieldState, keyOf, type ModelState } from './project-state.ts'
import { supports } from './require-support.ts'
import { wordsForConstraint } from './uses-of-field.ts'
import { valueInWords } from './values-in-words.ts'

/** Everything in a table but its columns. */
export interface TableObjects {
  readonly primaryKey?: PrimaryKey
  readonly uniques: readonly Unique[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
  readonly indexes: readonly Index[]
  readonly exclusions?: readonly Exclusion[]
}

/** The keys, indexes and constraints that a model's fields and options ask for. */
export function projectObjects(
  model: ModelState,
  table: string,
  key: readonly string[],
  sources: readonly ColumnSource[],
  dialect: Dialect,
): TableObjects {
  const { indexes = [], constraints = [] } = model.options
  const givenNames = [...indexes, ...constraints].flatMap(({ name }) => name ?? [])
  const types = new Map(sources.map(({ column, type }) => [column, type]))
  const scope: Scope = { model, table, key, sources, types, dialect, nameFor: nameGiver(table, givenNames) }
  requireWholeKey(key, `The primary key of ${keyOf(model)}`, scope)
  const uniques = uniquesOf(scope)
  const exclusions = constraintsOf(model, 'exclusion').flatMap((exclusion) => projectExclusion(exclusion, scope))
  return {
    ...(key.length > 0 && { primaryKey: { columns: key } }),
    uniques,
    foreignKeys: sources.flatMap((source) => foreignKeyOf(table, source, scope)),
    checks: [...checksOf(scope), ...sources.flatMap((source) => columnChecks(source, scope))],
    indexes: indexesOf(scope, uniques),
    ...(exclusions.length > 0 && { exclusions }),
  }
}

/** The foreign key of one column, with a generated name. Absent actions are `noAction`, as the factories of fields leave that one out. */
function foreignKeyOf(table: string, { entry, column, target }: ColumnSource, site: Site): readonly ForeignKey[] {
  if (target === undefined || target.facets.elsewhere) return []
  const { dialect } = site
  const { onDelete, onUpdate, deferrable } = entry.field
  const place = placeOfField(entry, site)
  if (onDelete === 'setDefault' || onUpdate === 'setDefault') supports(dialect, 'setDefaultAction', place)
  return [
    {
      name: generatedName('fk', table, [column]),
      generatedName: true,
      columns: [column],
      references: { table: target.facets.table, columns: [target.column] },
      onDelete: onDelete ?? 'noAction',
      onUpdate: onUpdate ?? 'noAction',
      ...(deferrable !== undefined && supports(dialect, 'deferrableForeignKey', place) && { deferrable }),
    },
  ]
}

interface Scope extends Site {
  readonly table: string
  readonly key: readonly string[]
  readonly sources: readonly ColumnSource[]
  readonly nameFor: NameGiver
}

function uniquesOf(scope: Scope): readonly Unique[] {
  const declared = constraintsOf(scope.model, 'unique').map((unique) => ({
    name: unique.name,
    definition: uniqueDefinition(unique, scope),
  }))
  const ofFields = scope.sources
    .filter(({ entry }) => entry.field.unique === true || relationOf(entry.field) === 'oneToOne')
    .filter(({ column }) => !isSoleKey(column, scope))
    .map(({ entry, column }) => inWholeParts({ parts: [columnPart(column)] }, placeOfField(entry, scope), scope))
  return named('uniq', declared, ofFields, scope)
}

function indexesOf(scope: Scope, uniques: readonly Unique[]): readonly Index[] {
  const declared = (scope.model.options.indexes ?? []).map((index) => ({
    name: index.name,
    definition: indexDefinition(index, scope),
  }))
  const isUnique = (column: string): boolean =>
    isSoleKey(column, scope) || uniques.some((unique) => unique.parts.length === 1 && leads(unique, column))
  const ofFields = scope.sources
    .filter(({ entry, column }) => entry.field.index === true && !isUnique(column))
    .map(({ entry, column }) => inFittingParts({ parts: [columnPart(column)] }, placeOfField(entry, scope), scope))
  const asked = named('idx', declared, ofFields, scope)
  const leading = [
    ...uniques.filter((unique) => areHeld(unique, scope)),
    ...asked.filter(({ method }) => method === undefined),
  ]
  const ofKeys = scope.sources
    .filter(
      ({ entry, target, column }) => target !== undefined && entry.field.index !== false && scope.key[0] !== column,
    )
    .filter(({ column }) => !leading.some((other) => leads(other, column)))
    .map(({ column }) => ({ parts: [columnPart(column)] }))
  return [...asked, ...named('idx', [], ofKeys, scope)]
}

/** What was declared first, under its own names; then what has no name, unless an object with the same definition is there already. */
function named<D extends Definition>(
  kind: 'idx' | 'uniq',
  declared: readonly { readonly name: string | undefined; readonly definition: D }[],
  ofFields: readonly D[],
  scope: Scope,
): readonly (Named & D)[] {
  const given = declared.flatMap(({ name, definition }) => (name === undefined ? [] : [{ name, ...definition }]))
  const unnamed = declared.flatMap(({ name, definition }) => (name === undefined ? [definition] : []))
  const known = new Set(
    declared.flatMap(({ name, definition }) => (name === undefined ? [] : canonicalJson(definition))),
  )
  const generated = [...unnamed, ...ofFields].flatMap((definition) => {
    const content = canonicalJson(definition)
    if (known.has(content)) return []
    known.add(content)
    return [{ name: scope.nameFor(kind, wordsOf(definition), definition), generatedName: true as const, ...definition }]
  })
  return [...given, ...generated]
}

function checksOf(scope: Scope): readonly Check[] {
  return constraintsOf(scope.model, 'check').map((check) => {
    const { name, condition, notValid } = check
    const isLeft = notValid && supports(scope.dialect, 'notValid', placeOf(wordsForConstraint(check), scope))
    return { name, expression: inColumns(condition, name, scope), ...(isLeft && { notValid }) }
  })
}

/** What a column itself asks for: its choices, the conditions of its kind, and what its type needs in this database. */
function columnChecks({ entry, column, type }: ColumnSource, { dialect, nameFor }: Scope): readonly Check[] {
  const { field } = entry
  const check = (words: readonly string[], expression: Expression): Check => ({
    name: nameFor('check', [column, ...words], expression),
    generatedName: true,
    expression,
  })
  const ofType = dialect.spelling.typeCheck(type, column)
  return [
    ...(field.choices === undefined || field.enforce === false
      ? []
      : [
          check(['choices'], {
            kind: 'in',
            operand: { kind: 'column', name: column },
            values: field.choices.map((choice) => valueInWords(choice, type, dialect)),
          }),
        ]),
    ...(isUnsigned(type) ? [] : (kindOf(field).checks?.(field, column) ?? [])).map((expression) =>
      check([], expression),
    ),
    ...(ofType === undefined ? [] : [check([snakeCase(type.type)], ofType)]),
  ]
}

/** Whether the type itself keeps to what the field's kind would hold by a check. */
function isUnsigned(type: ColumnType): boolean {
  return 'unsigned' in type && type.unsigned === true
}

function placeOfField({ name }: FieldState, { model }: Site): string {
  return `${keyOf(model)}.${name}`
}

function isSoleKey(column: string, { key }: Scope): boolean {
  return key.length === 1 && key[0] === column
}

/** Whether a column is the first of an index over all rows, so that looking the column up needs no index of its own. */
function leads(definition: Definition, column: string): boolean {
  const [first] = definition.parts
  const isWhole = definition.where === undefined && first?.prefix === undefined
  return isWhole && first?.expression.kind === 'column' && first.expression.name === column
}

function wordsOf(definition: Definition): readonly string[] {
  return definition.parts.flatMap(({ expression }) => [...columnsOf(expression)])
}
