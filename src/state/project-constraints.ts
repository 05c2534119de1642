import { relationOf } from '../fields/database-options.ts'
import { kindOf } from '../fields/kinds.ts'
import { canonicalJson } from '../lib/canonical-json.ts'
import { snakeCase } from '../lib/snake-case.ts'
import type { IndexDeclaration, UniqueDeclaration } from '../models/declarations.ts'
import type { Dialect } from '../schema/dialect.ts'
import { columnsOf, type Expression } from '../schema/expression.ts'
import type { Check, ForeignKey, Index, IndexPart, PrimaryKey, Unique } from '../schema/schema.ts'
import { columnExpression, columnNames } from './column-expressions.ts'
import { type NameGiver, nameGiver } from './name-giver.ts'
import { generatedName } from './names.ts'
import type { ColumnSource } from './project-columns.ts'
import { keyOf, type ModelState } from './project-state.ts'

/** Everything in a table but its columns. */
export interface TableObjects {
  readonly primaryKey?: PrimaryKey
  readonly uniques: readonly Unique[]
  readonly foreignKeys: readonly ForeignKey[]
  readonly checks: readonly Check[]
  readonly indexes: readonly Index[]
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
  const scope: Scope = { model, table, key, sources, dialect, nameFor: nameGiver(table, givenNames) }
  const uniques = uniquesOf(scope)
  return {
    ...(key.length > 0 && { primaryKey: { columns: key } }),
    uniques,
    foreignKeys: sources.flatMap((source) => foreignKeyOf(table, source)),
    checks: [...checksOf(scope), ...sources.flatMap((source) => columnChecks(source, scope))],
    indexes: indexesOf(scope, uniques),
  }
}

/** The foreign key of one column, with a generated name. Absent actions are `noAction`, as the factories of fields leave that one out. */
export function foreignKeyOf(table: string, { entry, column, target }: ColumnSource): readonly ForeignKey[] {
  if (target === undefined) return []
  return [
    {
      name: generatedName('fk', table, [column]),
      generatedName: true,
      columns: [column],
      references: { table: target.facets.table, columns: [target.column] },
      onDelete: entry.field.onDelete ?? 'noAction',
      onUpdate: entry.field.onUpdate ?? 'noAction',
    },
  ]
}

/** An index part that is a column. */
export function columnPart(column: string): IndexPart {
  return { expression: { kind: 'column', name: column } }
}

interface Scope {
  readonly model: ModelState
  readonly table: string
  readonly key: readonly string[]
  readonly sources: readonly ColumnSource[]
  readonly dialect: Dialect
  readonly nameFor: NameGiver
}

interface Definition {
  readonly parts: readonly IndexPart[]
  readonly where?: Expression
}

function uniquesOf(scope: Scope): readonly Unique[] {
  const declared = (scope.model.options.constraints ?? []).filter((constraint) => constraint.kind === 'unique')
  const ofFields = scope.sources
    .filter(({ entry }) => entry.field.unique === true || relationOf(entry.field) === 'oneToOne')
    .filter(({ column }) => !isSoleKey(column, scope))
    .map(({ column }): Definition => ({ parts: [columnPart(column)] }))
  return named('uniq', declared, ofFields, scope)
}

function indexesOf(scope: Scope, uniques: readonly Unique[]): readonly Index[] {
  const declared = scope.model.options.indexes ?? []
  const isUnique = (column: string): boolean =>
    isSoleKey(column, scope) || uniques.some((unique) => unique.parts.length === 1 && leads(unique, column))
  const ofFields = scope.sources
    .filter(({ entry, column }) => entry.field.index === true && !isUnique(column))
    .map(({ column }): Definition => ({ parts: [columnPart(column)] }))
  const asked = named('idx', declared, ofFields, scope)
  const ofKeys = scope.sources
    .filter(({ target, column }) => target !== undefined && scope.key[0] !== column)
    .filter(({ column }) => ![...uniques, ...asked].some((other) => leads(other, column)))
    .map(({ column }): Definition => ({ parts: [columnPart(column)] }))
  return [...asked, ...named('idx', [], ofKeys, scope)]
}

/** What was declared first, under its own names; then what has no name, unless an object with the same definition is there already. */
function named(
  kind: 'idx' | 'uniq',
  declared: readonly (IndexDeclaration | UniqueDeclaration)[],
  ofFields: readonly Definition[],
  scope: Scope,
): readonly Index[] {
  const definitions = declared.map((declaration) => ({ name: declaration.name, ...definitionOf(declaration, scope) }))
  const given = definitions.flatMap(({ name, ...definition }) => (name === undefined ? [] : [{ name, ...definition }]))
  const known = new Set(given.map(({ name: _, ...definition }) => canonicalJson(definition)))
  const unnamed = definitions.flatMap(({ name, ...definition }) => (name === undefined ? [definition] : []))
  const generated = [...unnamed, ...ofFields].flatMap((definition): readonly Index[] => {
    const content = canonicalJson(definition)
    if (known.has(content)) return []
    known.add(content)
    return [{ name: scope.nameFor(kind, wordsOf(definition), definition), generatedName: true, ...definition }]
  })
  return [...given, ...generated]
}

function definitionOf({ name, parts, where }: IndexDeclaration | UniqueDeclaration, scope: Scope): Definition {
  const toColumns = (expression: Expression): Expression =>
    columnExpression(expression, columnNames(scope.model), scope.dialect.name, subjectOf(name, scope))
  return {
    parts: parts.map((part) => ({
      expression: toColumns('field' in part ? { kind: 'column', name: part.field } : part.expression),
      ...(part.descending && { descending: true as const }),
    })),
    ...(where !== undefined && { where: toColumns(where) }),
  }
}

function checksOf(scope: Scope): readonly Check[] {
  const { model, dialect } = scope
  return (model.options.constraints ?? [])
    .filter((constraint) => constraint.kind === 'check')
    .map(({ name, condition }) => ({
      name,
      expression: columnExpression(condition, columnNames(model), dialect.name, subjectOf(name, scope)),
    }))
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
      : [check(['choices'], { kind: 'in', operand: { kind: 'column', name: column }, values: field.choices })]),
    ...(kindOf(field).checks?.(field, column) ?? []).map((expression) => check([], expression)),
    ...(ofType === undefined ? [] : [check([snakeCase(type.type)], ofType)]),
  ]
}

function isSoleKey(column: string, { key }: Scope): boolean {
  return key.length === 1 && key[0] === column
}

/** Whether a column is the first of an index over all rows, so that looking the column up needs no index of its own. */
function leads(definition: Definition, column: string): boolean {
  const first = definition.parts[0]?.expression
  return definition.where === undefined && first?.kind === 'column' && first.name === column
}

function wordsOf(definition: Definition): readonly string[] {
  return definition.parts.flatMap(({ expression }) => [...columnsOf(expression)])
}

function subjectOf(name: string | undefined, { model }: Scope): string {
  return name === undefined ? `An index or constraint of ${keyOf(model)}` : `${name} of ${keyOf(model)}`
}
