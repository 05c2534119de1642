import type { Expression } from '../../../../src/schema/expression.ts'
import type { Intent } from '../../../../src/schema/intent.ts'
import type { Check, Column, ForeignKey, Index, IndexPart, Table, Unique } from '../../../../src/schema/schema.ts'
import type { Value } from '../../../../src/schema/value.ts'

/** One change of a schema, with rows that have to survive it. */
export interface PlanCase {
  readonly name: string
  readonly before: readonly Table[]
  readonly after: readonly Table[]
  readonly intents?: readonly Intent[]
  /** What the way back wants beside the Schemas. */
  readonly backIntents?: readonly Intent[]
  /** What puts rows into the tables before. */
  readonly rows?: readonly string[]
  /** Queries of what is there afterwards, with their rows. */
  readonly holds?: Readonly<Record<string, readonly (readonly (string | null)[])[]>>
  /** Only on the product of this name. */
  readonly only?: 'mariadb' | 'mysql'
}

type Options = Partial<Omit<Column, 'name' | 'type'>>

export function column(name: string, type: string, options: Options = {}): Column {
  return { name, identity: name, type, nullable: true, ...options }
}

export function table(name: string, columns: readonly Column[], parts: Partial<Table> = {}): Table {
  const own = columns.map((one) => ({ ...one, identity: `${parts.identity ?? name}.${one.identity}` }))
  const none = { uniques: [], foreignKeys: [], checks: [], indexes: [] }
  return { name, identity: name, primaryKey: { columns: ['id'] }, ...none, ...parts, columns: own }
}

export const raw = (sql: string): Expression => ({ kind: 'sql', sql })
export const literal = (value: Value): Expression => ({ kind: 'value', value })
export const part = (name: string, options: Partial<IndexPart> = {}): IndexPart => ({
  expression: { kind: 'column', name },
  ...options,
})
export const index = (name: string, ...parts: readonly (string | IndexPart)[]): Index => ({
  name,
  parts: parts.map((one) => (typeof one === 'string' ? part(one) : one)),
})
export const unique: (name: string, ...parts: readonly (string | IndexPart)[]) => Unique = index
export const check = (name: string, text: string): Check => ({ name, expression: raw(text) })
export const key = (name: string, own: string, target: string, options: Partial<ForeignKey> = {}): ForeignKey => ({
  name,
  columns: [own],
  references: { table: target, columns: ['id'] },
  onDelete: 'noAction',
  onUpdate: 'noAction',
  ...options,
})
export const fill = (of: string, value: Value): Intent => ({ kind: 'fill', column: of, fill: { value } })
export const fillWith = (of: string, text: string): Intent => ({
  kind: 'fill',
  column: of,
  fill: { expression: raw(text) },
})
export const cast = (of: string, text: string): Intent => ({ kind: 'cast', column: of, expression: raw(text) })

export const id = column('id', 'bigint', { nullable: false, autoIncrement: true })
export const a = column('a', 'int')
export const b = column('b', 'varchar(20)')
export const required = { nullable: false } as const
export const plain = table('t', [id, a, b])
export const two = ["INSERT INTO t (id, a, b) VALUES (1, 1, 'x'), (2, NULL, NULL)"]
export const user = table('user', [id])
export const userId = column('user_id', 'bigint')
export const toUser = key('t_user_fk', 'user_id', 'user')
export const byUser = index('t_user_idx', 'user_id')
export const owned = table('t', [id, userId], { indexes: [byUser], foreignKeys: [toUser] })
export const ownedRows = ['INSERT INTO user (id) VALUES (7)', 'INSERT INTO t (id, user_id) VALUES (1, 7), (2, NULL)']

export const computed = (text: string, stored: boolean, name = 'g'): Column =>
  column(name, 'int', { generated: { expression: raw(text), stored } })
