import type {
  AliasedExpression,
  AliasNode,
  Expression,
  ExpressionBuilder,
  IdentifierNode,
  Kysely,
  OperationNode,
  RawNode,
  ReferenceNode,
  SelectQueryBuilder,
  TableNode,
  TupleNode,
} from 'kysely'
import { splitTableName } from '../state/names.ts'

/** The tables of a point of history, as the compiler knows them: not at all. */
export interface Tables {
  readonly [table: string]: { readonly [column: string]: unknown }
}

/** Kysely over the tables of a point of history. */
export type Db = Kysely<Tables>

/** What a query gives, by the names that it was given for its columns. */
export interface Given {
  readonly [alias: string]: unknown
}

export type Select = SelectQueryBuilder<Tables, string, Given>
export type Builder = ExpressionBuilder<Tables, string>

// Kysely reads a dot, an arrow or ` as ` inside a name that it is given as text. As nodes, names are nothing but names.

/** A table under another name, for a FROM, an UPDATE or a DELETE. */
export function tableAs(table: string, alias: string): AliasedExpression<unknown, string> {
  const { schema, table: name } = splitTableName(table)
  const node: TableNode = {
    kind: 'TableNode',
    table: {
      kind: 'SchemableIdentifierNode',
      identifier: identifier(name),
      ...(schema !== undefined && { schema: identifier(schema) }),
    },
  }
  const aliased: AliasNode = { kind: 'AliasNode', node, alias: identifier(alias) }
  return { expression: expression(node), alias, toOperationNode: () => aliased }
}

/** A column of the table under a name; without one, of the only table of the statement. */
export function columnOf(alias: string | undefined, column: string): Expression<unknown> {
  const node: ReferenceNode = {
    kind: 'ReferenceNode',
    column: { kind: 'ColumnNode', column: identifier(column) },
    ...(alias !== undefined && {
      table: { kind: 'TableNode', table: { kind: 'SchemableIdentifierNode', identifier: identifier(alias) } },
    }),
  }
  return expression(node)
}

/** An expression under a name, in a SELECT or a FROM. */
export function named(content: Expression<unknown>, alias: string): AliasedExpression<unknown, string> {
  const node: AliasNode = { kind: 'AliasNode', node: content.toOperationNode(), alias: identifier(alias) }
  return { expression: content, alias, toOperationNode: () => node }
}

/** Several expressions as one row, `(a, b)`; one alone as it is. */
export function rowOf(columns: readonly Expression<unknown>[]): Expression<unknown> {
  const [only, another] = columns
  if (only !== undefined && another === undefined) return only
  const node: TupleNode = { kind: 'TupleNode', values: columns.map((column) => column.toOperationNode()) }
  return expression(node)
}

function identifier(name: string): IdentifierNode {
  return { kind: 'IdentifierNode', name }
}

function expression(node: OperationNode): Expression<unknown> {
  return { expressionType: undefined, toOperationNode: () => node }
}

/** SQL that a user wrote in a template, with expressions between its pieces. */
export function rawSql(text: TemplateStringsArray, values: readonly Expression<unknown>[]): Expression<unknown> {
  const parameters = values.map((value) => value.toOperationNode())
  const node: RawNode = { kind: 'RawNode', sqlFragments: [...text], parameters }
  return expression(node)
}

/** SQL of a dialect's making. */
export function verbatimSql(text: string): Expression<unknown> {
  const node: RawNode = { kind: 'RawNode', sqlFragments: [text], parameters: [] }
  return expression(node)
}

/** A query where an expression is wanted. */
export function asExpression(query: Select): Expression<unknown> {
  return { expressionType: undefined, toOperationNode: () => query.toOperationNode() }
}

/** Kysely's maker of expressions, which it hands out only to the callbacks of a query. */
export function builderOf(db: Db): Builder {
  const known = builders.get(db)
  if (known !== undefined) return known
  let found: Builder | undefined
  db.selectFrom(tableAs('t', 't')).where((builder) => {
    found = builder
    return builder.and([])
  })
  if (found === undefined) throw new Error('Kysely calls the callback of a condition at once.')
  builders.set(db, found)
  return found
}

const builders = new WeakMap<Db, Builder>()
