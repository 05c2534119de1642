import type { Wire } from '../shared/wire.ts'

/** The settings of a connection by their names; what this server does not have is left out. */
export async function readSettings(send: Wire['send'], names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const list = names.map((name) => `'${name}'`).join(', ')
  const { rows } = await send(`SHOW SESSION VARIABLES WHERE Variable_name IN (${list})`, [])
  const text = (row: unknown, key: string): string => String(Reflect.get(Object(row), key))
  return new Map(rows.map((row) => [text(row, 'Variable_name'), text(row, 'Value')]))
}
