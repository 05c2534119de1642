import type { ObjectKind } from './objects-in.ts'

/** Something of a database, and the table that it stands on. */
export interface NamedObject {
  readonly kind: ObjectKind
  readonly name: string
  readonly table?: string
}

/** `trigger audit on shop_item`, `column shop_item.note`, `enum type mood`: as `drift` calls it. */
export function objectInWords({ kind, name, table }: NamedObject): string {
  if (kind === 'column') return `column ${table}.${name}`
  return `${kindInWords(kind)} ${name}${table === undefined ? '' : ` on ${table}`}`
}

/** `foreign key`, `materialized view`. */
export function kindInWords(kind: ObjectKind): string {
  return kind === 'enum' ? 'enum type' : kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
